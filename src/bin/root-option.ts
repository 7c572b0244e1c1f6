import { StartRefused } from "./start-refused.ts";

/** Says how to come by a root hash: there is no trust on first use. */
export const rootMissing =
  "--root must be the hash of the first trust root, `sha256:` and 64 hex digits. Get it from the\n" +
  "people who ran `countersign keygen`, by another way than this repository: whoever could\n" +
  "forge the ledger could forge a hash that is kept beside it.";

/** Says whether a text has the form of a root hash. */
export function isRootHash(text: string | undefined): text is string {
  return text !== undefined && /^sha256:[0-9a-f]{64}$/u.test(text);
}

/** Requires a root hash. Throws StartRefused without one. */
export function requireRoot(text: string | undefined): string {
  if (isRootHash(text)) return text;
  throw new StartRefused(rootMissing);
}
