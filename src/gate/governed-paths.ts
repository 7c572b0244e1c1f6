import { isGoverned } from "../core/decide/decision-digests.ts";
import type { CommitNode, Mirror } from "../ports/mirror.ts";

/** Lists the governed paths that a commit of the governed branch changes, against its first parent. */
export async function governedPaths(
  mirror: Mirror,
  { oid, parents: [parent] }: CommitNode,
): Promise<readonly string[]> {
  if (parent === undefined) return [];
  const changes = await mirror.changes(parent, oid);
  return changes.map(({ path }) => path).filter(isGoverned);
}
