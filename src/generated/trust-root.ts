// Generated from schemas/ by `npm run generate`. Do not edit.

/**
 * governance/trust-root.json: the public keys that may sign the ledgers, by key role, and the repository and branch they are valid for. An auditor pins its hash from outside.
 */
export interface TrustRoot {
  /**
   * Version of the format. Always `countersign/v1`.
   */
  apiVersion: "countersign/v1";
  /**
   * Kind of the document. Always `TrustRoot`.
   */
  kind: "TrustRoot";
  /**
   * A sentence for people about these keys. It decides nothing, but it is part of the hash that an auditor pins.
   */
  description?: string;
  /**
   * Number of this trust root: 1 for the first, one more for every one that follows it.
   */
  version: number;
  /**
   * Hash of the trust root that this one follows. Not in the first; `countersign trust-root rotate` writes it.
   */
  previous?: string;
  /**
   * The repository the keys are valid for, so that a copy of the ledgers in another repository proves nothing.
   */
  repository: {
    /**
     * Numeric id of the access repository on the forge. A name can be registered again, an id cannot.
     */
    id: number;
    /**
     * Name of the branch that is the truth about desired access, without `refs/heads/`.
     */
    governedBranch: string;
  };
  /**
   * The public keys. Each is named by at most one key role.
   *
   * @minItems 1
   * @maxItems 50
   *
   * Items: One public key.
   */
  keys: {
    /**
     * Name of the key: `sha256:` and the SHA-256 of its DER-encoded SubjectPublicKeyInfo in lower-case hex.
     */
    keyid: string;
    /**
     * Signature algorithm. Always `ed25519`.
     */
    algorithm: "ed25519";
    /**
     * The DER-encoded SubjectPublicKeyInfo of an Ed25519 key in base64, as `countersign keygen` prints it.
     */
    publicKey: string;
  }[];
  /**
   * What each key may sign. A key is in one key role only, so that no key can both decide and carry out.
   *
   * @minItems 1
   * @maxItems 3
   *
   * Items: One key role: who may sign and how many must.
   */
  keyRoles: {
    /**
     * `root` signs the next trust root, `decision` the entries of the gate, `execution` the entries of the executor.
     */
    name: "root" | "decision" | "execution";
    /**
     * How many different keys of the key role must sign. Never more than it has keys.
     */
    threshold: number;
    /**
     * The keys of the key role by their `keyid`.
     *
     * @minItems 1
     * @maxItems 50
     *
     * Items: `keyid` of one of `keys`.
     */
    keyids: string[];
  }[];
}
