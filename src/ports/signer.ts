/** Signs with one Ed25519 key of one key role. The private half never leaves the adapter. */
export interface Signer {
  /** `sha256:` of the public key's SPKI DER. A hint for readers: validity comes from the trust root. */
  readonly keyid: string;
  /** The public key as base64 SPKI DER. */
  readonly publicKey: string;
  /** Returns the base64 signature over exactly `bytes`. Deterministic; does no I/O. */
  sign(bytes: Uint8Array): string;
}
