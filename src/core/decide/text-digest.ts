import { sha256 } from "../attest/digest.ts";

/** How many texts are remembered, as many as parsed requests. */
const mostRemembered = 64;

const remembered = new Map<string, string>();

/** Computes the SHA-256 of a request's text, or remembers it: every decision needs it more than once. */
export function textDigest(text: string): string {
  const known = remembered.get(text);
  if (known !== undefined) return known;
  const digest = sha256(text);
  remembered.set(text, digest);
  for (const oldest of remembered.keys()) {
    if (remembered.size <= mostRemembered) break;
    remembered.delete(oldest);
  }
  return digest;
}
