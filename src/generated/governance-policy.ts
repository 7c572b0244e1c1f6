// Generated from schemas/ by `npm run generate`. Do not edit.

/**
 * governance/policy/<name>.yaml, exactly one of this kind: what a change under governance/ needs.
 */
export interface GovernancePolicy {
  /**
   * Version of the format. Always `countersign/v1`.
   */
  apiVersion: "countersign/v1";
  /**
   * Kind of the document. Always `GovernancePolicy`.
   */
  kind: "GovernancePolicy";
  /**
   * Names the policy.
   */
  metadata: {
    /**
     * Name of the policy: the name of the file without `.yaml`.
     */
    name: string;
  };
  /**
   * What the policy demands.
   */
  spec: {
    /**
     * Who must approve a change of governance.
     */
    approvals: {
      /**
       * The steps. All of them must be filled, each by other people.
       *
       * @minItems 1
       * @maxItems 10
       *
       * Items: One step: so many different people of one role.
       */
      all: {
        /**
         * The role in ROLES that can fill the step. Always `policy-admin`.
         */
        role: "policy-admin";
        /**
         * How many different people must fill the step.
         */
        count: number;
      }[];
    };
    /**
     * Upper bounds in time, as ISO 8601 durations.
     */
    limits: {
      /**
       * How long an approval counts: after it, the decision lapses.
       */
      approvalTtl: string;
    };
  };
}
