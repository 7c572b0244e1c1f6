import { commitLinks, gitObjectId, treeLink } from "./git-objects.ts";
import type { MergeObjects } from "./request-proof.ts";
import { sha256 } from "../core/attest/digest.ts";
import { decodeBase64 } from "../core/attest/verify-signature.ts";
import type { DecidedRequest, Decision } from "../core/model/decision.ts";
import type { EntryOf } from "../core/model/entry.ts";

/**
 * Follows the ids from the merge commit that a signed entry names down to the bytes of the request, and holds these against the
 * digest that was decided on. Returns a sentence for the first thing that does not hold; `null` when all does (P10).
 */
export function mergeObjectsDefect(
  { commit: commitText, trees, file: fileText }: MergeObjects,
  { inputs }: EntryOf<"merge">,
  { head }: Decision,
  { path, digest }: DecidedRequest,
): string | null {
  const { mergeCommit } = inputs;
  const commit = decodeBase64(commitText);
  if (commit === null || gitObjectId("commit", commit, mergeCommit) !== mergeCommit) {
    return `The commit is not ${mergeCommit}.`;
  }
  const links = commitLinks(commit);
  if (links?.parents.length !== 2 || links.parents[1] !== head || inputs.head !== head) {
    return `The commit does not merge the head ${head} that was decided on.`;
  }
  const names = path.split("/");
  if (trees.length !== names.length) return `There is not one tree for each part of ${path}.`;
  let next = { mode: "40000", oid: links.tree };
  for (const [depth, name] of names.entries()) {
    const tree = decodeBase64(trees[depth] ?? "");
    const isNext =
      next.mode === "40000" && tree !== null && gitObjectId("tree", tree, next.oid) === next.oid;
    const link = isNext ? treeLink(tree, name, next.oid.length / 2) : null;
    if (link === null) return `The trees do not lead from the commit to ${path}.`;
    next = link;
  }
  const file = decodeBase64(fileText);
  const isFile =
    next.mode === "100644" && file !== null && gitObjectId("blob", file, next.oid) === next.oid;
  if (!isFile) return `The trees do not lead to these bytes as an ordinary file.`;
  if (sha256(file) === digest) return null;
  return `The merged bytes are not those that were decided on, ${digest}.`;
}
