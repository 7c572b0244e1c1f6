import { contentDigest } from "../core/decide/content-digest.ts";
import { isGoverned } from "../core/decide/decision-digests.ts";
import type { CommitNode, Mirror } from "../ports/mirror.ts";
import { readChanges } from "./read-changes.ts";

/**
 * Computes the digest of everything governed that a commit of the governed branch really changes, against its first
 * parent; `null` when nothing. A merge made by hand can contain what neither side had, so the head that was approved does not
 * say what was merged.
 */
export async function mergedContent(
  mirror: Mirror,
  { oid, parents: [parent] }: CommitNode,
): Promise<string | null> {
  if (parent === undefined) return null;
  const { changes } = await readChanges(mirror, parent, oid);
  return contentDigest(changes, isGoverned);
}
