// Generated from schemas/ by `npm run generate`. Do not edit.

/**
 * governance/trust-root.signatures.json, not beside the first trust root: who signed the trust root beside it, so that it may follow the one before.
 */
export interface TrustRootSignatures {
  /**
   * Version of the format. Always `countersign/v1`.
   */
  apiVersion: "countersign/v1";
  /**
   * Kind of the document. Always `TrustRootSignatures`.
   */
  kind: "TrustRootSignatures";
  /**
   * DSSE's name for what is signed: the canonical JSON of `governance/trust-root.json`. Always `application/vnd.countersign.trust-root+json`.
   */
  payloadType: "application/vnd.countersign.trust-root+json";
  /**
   * The signatures, each by another key. `countersign trust-root sign` adds them.
   *
   * @minItems 1
   * @maxItems 100
   *
   * Items: One signature.
   */
  signatures: {
    /**
     * `keyid` of the key that signed.
     */
    keyid: string;
    /**
     * The Ed25519 signature over DSSE's pre-authentication encoding, in base64.
     */
    sig: string;
  }[];
}
