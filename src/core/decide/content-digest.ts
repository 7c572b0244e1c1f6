import { canonicalJson } from "../attest/canonical-json.ts";
import { sha256 } from "../attest/digest.ts";
import { textDigest } from "./text-digest.ts";
import type { Change } from "../model/snapshot.ts";

/**
 * Computes the digest of everything governed that a change set does: each path with what happens to
 * it, its mode and its bytes. An approval is bound to this value (P10): what the reviewer saw and what is
 * merged must have the same one. A governed file whose bytes are not UTF-8 is bound by its absence of text
 * and refused elsewhere. Returns `null` when nothing governed is changed.
 */
export function contentDigest(
  changes: readonly Change[],
  isGoverned: (path: string) => boolean,
): string | null {
  const governed = changes
    .filter(({ path }) => isGoverned(path))
    .map(({ path, status, modeAfter, text }) => ({
      path: path.toWellFormed(),
      status,
      mode: modeAfter.toWellFormed(),
      content: text === null ? null : textDigest(text),
    }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  if (governed.length === 0) return null;
  return sha256(canonicalJson(governed));
}
