import { sha256 } from "../attest/digest.ts";
import { textMemory } from "../parse/text-memory.ts";

const remembered = textMemory<string>();

/** Computes the SHA-256 of a request's text, or remembers it: every decision needs it more than once. */
export function textDigest(text: string): string {
  return remembered("", text, () => sha256(text));
}
