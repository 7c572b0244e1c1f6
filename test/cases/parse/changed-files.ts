import type { GovernanceFile } from "../../../src/core/model/snapshot.ts";
import { exampleFiles, replaceOnce } from "./example.ts";

/** By path under governance/; `null` removes the file. */
export type FileChanges = Readonly<
  Record<
    string,
    { readonly text?: string; readonly replace?: readonly (readonly [string, string])[] } | null
  >
>;

/** The example governance with some files changed, added or removed. */
export function changedFiles(changes: FileChanges): readonly GovernanceFile[] {
  const changed = new Map(exampleFiles.map((file) => [file.path, file]));
  for (const [name, change] of Object.entries(changes)) {
    const path = `governance/${name}`;
    const text = change?.text ?? changed.get(path)?.text ?? "";
    if (change === null) changed.delete(path);
    else
      changed.set(path, {
        path,
        mode: "100644",
        text: (change.replace ?? []).reduce(replaceOnce, text),
      });
  }
  return [...changed.values()];
}
