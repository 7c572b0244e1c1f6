import { hash } from "node:crypto";

/** Computes the SHA-256 of a text's UTF-8 bytes, or of bytes, written `sha256:<64 hex>`. */
export function sha256(content: string | Uint8Array): string {
  return `sha256:${hash("sha256", content, "hex")}`;
}
