import { canonicalJson } from "../attest/canonical-json.ts";
import { sha256 } from "../attest/digest.ts";
import { textMemory } from "../parse/text-memory.ts";
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
  const governed = changes.filter(({ path }) => isGoverned(path));
  const [only] = governed;
  if (only === undefined) return null;
  if (governed.length > 1 || only.text === null) return digest(governed);
  const { path, status, modeAfter, text } = only;
  // A request is one file, and is decided on every event: what its path, mode and bytes lead to is remembered.
  return remembered(JSON.stringify([path, status, modeAfter]), text, () => digest(governed));
}

const remembered = textMemory<string>();

function digest(governed: readonly Change[]): string {
  const parts = governed
    .map(({ path, status, modeAfter, text }) => ({
      path: path.toWellFormed(),
      status,
      mode: modeAfter.toWellFormed(),
      content: text === null ? null : textDigest(text),
    }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  return sha256(canonicalJson(parts));
}
