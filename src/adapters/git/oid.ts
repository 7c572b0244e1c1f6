import { createHash } from "node:crypto";

/** Tells whether a text is a full object id, 40 or 64 lower-case hex digits: nothing else reaches a command line. */
export function isOid(text: string): boolean {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text);
}

/** Computes the id that git gives to contents of a type; SHA-1 or SHA-256 as `like` is long. */
export function objectId(type: string, contents: Uint8Array, like: string): string {
  return createHash(like.length === 64 ? "sha256" : "sha1")
    .update(`${type} ${contents.length}\0`)
    .update(contents)
    .digest("hex");
}
