// Generated from schemas/ by `npm run generate`. Do not edit.

/**
 * governance/conflicts.yaml: pairs of entitlements nobody may hold together (static separation of duties).
 */
export interface Conflicts {
  /**
   * Version of the format. Always `countersign/v1`.
   */
  apiVersion: "countersign/v1";
  /**
   * Kind of the document. Always `Conflicts`.
   */
  kind: "Conflicts";
  /**
   * The conflicts.
   */
  spec: {
    /**
     * The conflicts; may be empty.
     *
     * @minItems 0
     * @maxItems 1000
     *
     * Items: One conflict.
     */
    conflicts: {
      /**
       * Name of the conflict, as a request that asks for an exception writes it.
       */
      name: string;
      /**
       * Why nobody may hold both.
       */
      reason: string;
      /**
       * The two entitlements.
       *
       * @minItems 2
       * @maxItems 2
       *
       * Items: An entitlement in the catalogue.
       */
      between: {
        /**
         * Name of a target in the catalogue.
         */
        target: string;
        /**
         * Name of an entitlement of that target.
         */
        entitlement: string;
      }[];
      /**
       * Allows an exception, with the strictest tier, an independent control person and a review afterwards. Without it there is none.
       */
      exception?: {
        /**
         * The longest an exception may last.
         */
        maxDuration: string;
      };
    }[];
  };
}
