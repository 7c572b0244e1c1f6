import type { GovernedCommit } from "./audit-case.ts";
import { contentDigest } from "../core/decide/content-digest.ts";
import { isGoverned } from "../core/decide/decision-digests.ts";
import type { Change } from "../core/model/snapshot.ts";
import type { CommitNode, Mirror, TreeChange } from "../ports/mirror.ts";

/**
 * Walks the first-parent commits after `from` up to `to` and reads those that change a governed path. What
 * a merge did is its difference from its first parent: also what crept in while merging.
 */
export async function walkGoverned(
  mirror: Mirror,
  from: string,
  to: string,
): Promise<readonly GovernedCommit[]> {
  const governed: GovernedCommit[] = [];
  for (const node of await mirror.firstParents(from, to)) {
    const commit = await readGoverned(mirror, node);
    if (commit !== null) governed.push(commit);
  }
  return governed;
}

async function readGoverned(
  mirror: Mirror,
  { oid, parents }: CommitNode,
): Promise<GovernedCommit | null> {
  const [first] = parents;
  // A root commit after the trust root would be another history: `firstParents` then starts at it.
  if (first === undefined) return { oid, parents, paths: [], contentDigest: null };
  const changes = (await mirror.changes(first, oid)).filter(({ path }) => isGoverned(path));
  if (changes.length === 0) return null;
  const read = await Promise.all(changes.map((change) => withText(mirror, change)));
  return {
    oid,
    parents,
    paths: changes.map(({ path }) => path),
    contentDigest: contentDigest(read, isGoverned),
  };
}

async function withText(mirror: Mirror, change: TreeChange): Promise<Change> {
  const { path, status, modeBefore, modeAfter, oidAfter } = change;
  const isFile = oidAfter !== null && modeAfter !== "160000";
  const text = isFile ? decode(await mirror.blob(oidAfter)) : null;
  return { path, status, modeBefore, modeAfter, text, size: null };
}

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
