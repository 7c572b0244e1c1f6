import type { GovernanceFile, MissingFact } from "../core/model/snapshot.ts";
import type { PullRead } from "../ports/forge-reader.ts";
import type { Mirror } from "../ports/mirror.ts";
import { decodeText } from "./decode-text.ts";

/** Reads governance at one commit from git: exact bytes, exact modes. Bytes that are no UTF-8 become U+FFFD, which parsing refuses. */
export async function governanceFiles(
  mirror: Mirror,
  commit: string,
): Promise<readonly GovernanceFile[]> {
  if (!(await mirror.has(commit))) return [];
  const entries = await mirror.list(commit, "governance");
  return Promise.all(
    entries.map(async ({ path, mode, oid }) => ({
      path: path.toWellFormed(),
      mode,
      text: decodeText(await mirror.blob(oid)) ?? "\uFFFD",
    })),
  );
}

/** Names every governance file about which the forge and git disagree at the same commit. */
export async function governanceMismatch(
  mirror: Mirror,
  { governance }: PullRead,
): Promise<readonly MissingFact[]> {
  const inGit = await mirror.list(governance.tip, "governance");
  const same =
    inGit.length === governance.files.length &&
    inGit.every(({ path, mode, oid }) =>
      governance.files.some(
        (file) =>
          file.path === path && file.mode === mode && file.oid === oid && file.text !== null,
      ),
    );
  if (same) return [];
  return [
    {
      fact: `commit:${governance.tip}`,
      reason: "The forge and git show different governance files at the same commit.",
    },
  ];
}
