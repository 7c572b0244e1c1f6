import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { GovernanceFile } from "../../core/model/snapshot.ts";

/** The folder of the project itself: its governance/ is the working example. */
export const projectFolder = fileURLToPath(new URL("../../../", import.meta.url));

/** Reads the project's example governance, with another trust root in the place of the example's. */
export async function exampleGovernance(trustRoot: string): Promise<readonly GovernanceFile[]> {
  const entries = await readdir(join(projectFolder, "governance"), {
    recursive: true,
    withFileTypes: true,
  });
  const files = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async (entry) => {
        const path = join(entry.parentPath, entry.name);
        return {
          path: relative(projectFolder, path).replaceAll("\\", "/"),
          mode: "100644",
          text: await readFile(path, "utf8"),
        };
      }),
  );
  return files
    .map((file) =>
      file.path === "governance/trust-root.json" ? { ...file, text: trustRoot } : file,
    )
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}
