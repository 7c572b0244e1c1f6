import type { Anchor, AnchorSignature } from "./audit-case.ts";
import { readAnchorTrailers } from "../core/attest/anchor-trailers.ts";
import { verifyDetached } from "../core/attest/openpgp/verify-detached.ts";
import type { ForgeKey } from "../core/attest/openpgp/verify-detached.ts";
import type { CommitNode, Mirror } from "../ports/mirror.ts";

/** How many commits are asked for at once. */
const atOnce = 256;

/**
 * Reads the merge commits after `from` up to `to`, on the first-parent line and oldest first, that anchor the ledger. Signatures
 * are looked at only when keys are given: nobody can be believed without.
 */
export async function walkAnchors(
  mirror: Mirror,
  { from, to }: { readonly from: string; readonly to: string },
  keys: readonly ForgeKey[],
): Promise<readonly Anchor[]> {
  const merges = (await mirror.firstParents(from, to)).filter(({ parents }) => parents.length > 1);
  const anchors: Anchor[] = [];
  for (let at = 0; at < merges.length; at += atOnce) {
    const some = merges.slice(at, at + atOnce).map((node) => readAnchor(mirror, node, keys));
    anchors.push(...(await Promise.all(some)).filter((anchor) => anchor !== null));
  }
  return anchors;
}

async function readAnchor(
  mirror: Mirror,
  { oid, parents }: CommitNode,
  keys: readonly ForgeKey[],
): Promise<Anchor | null> {
  const trailers = readAnchorTrailers(await mirror.message(oid));
  if (trailers === null) return null;
  return { oid, parents, ...trailers, signature: await readSignature(mirror, oid, keys) };
}

async function readSignature(
  mirror: Mirror,
  oid: string,
  keys: readonly ForgeKey[],
): Promise<AnchorSignature> {
  if (keys.length === 0) return { outcome: "not-looked-at", reason: "give --forge-keys" };
  const found = await mirror.commitSignature(oid);
  if (found === null) return { outcome: "not-signed", reason: "the commit is not signed" };
  return verifyDetached(found.signedBytes, found.signature, keys);
}
