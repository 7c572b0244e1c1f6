// Generated from schemas/ by `npm run generate`. Do not edit.

/**
 * access-requests/<target>/<name>.yaml: asks for more time for access that is in effect. It is a new request with full approval, never an edit of the old file.
 */
export interface AccessExtension {
  /**
   * Version of the format. Always `countersign/v1`.
   */
  apiVersion: "countersign/v1";
  /**
   * Kind of the document. Always `AccessExtension`.
   */
  kind: "AccessExtension";
  /**
   * Names the request.
   */
  metadata: {
    /**
     * Name of the request: the name of the file without `.yaml`. A name is used once, for ever.
     */
    name: string;
  };
  /**
   * What is asked for. It carries no approver, approval rule or status: those come from governance.
   */
  spec: {
    /**
     * Name of the request whose access is extended. Its beneficiary, target and entitlement stay the same.
     */
    extends: string;
    /**
     * Who asks: the name of a person or machine in people.yaml. Never approves this request.
     */
    requester: string;
    /**
     * Who would receive the access.
     */
    beneficiary: {
      /**
       * What the beneficiary is. A service account or agent has an accountable human owner in people.yaml.
       */
      kind: "human" | "service-account" | "agent";
      /**
       * Name of the beneficiary in people.yaml.
       */
      name: string;
    };
    /**
     * Name of the target in the catalogue, exactly. Also the name of the folder the file lies in.
     */
    target: string;
    /**
     * Name of the entitlement in the target's catalogue entry, exactly. No lists and no wildcards.
     */
    entitlement: string;
    /**
     * Asks for a stricter tier than the catalogue says. A softer one is refused.
     */
    tier?: "low-risk" | "standard" | "privileged";
    /**
     * How long the access lasts from its activation: an ISO 8601 duration in days, hours, minutes and seconds, such as `PT4H` or `P1DT12H`.
     */
    duration: string;
    /**
     * The access is not activated at or after this instant, in UTC, such as `2026-11-22T00:00:00Z`.
     */
    activateBy?: string;
    /**
     * Why the access is needed, for the people who approve. The policy may ask for a minimum length.
     */
    reason: string;
    /**
     * Where the work is tracked. The policy may ask for a type.
     *
     * @minItems 0
     * @maxItems 20
     *
     * Items: One place where the work is tracked.
     */
    references?: {
      /**
       * What kind of record it is.
       */
      type: "change" | "incident" | "ticket";
      /**
       * Id of the record in its own system, such as `CHG-1042`.
       */
      id: string;
    }[];
    /**
     * What limits the risk while the access lasts, such as `statement logging on`. The policy may ask for a number of them.
     *
     * @minItems 0
     * @maxItems 20
     *
     * Items: One control, in words.
     */
    compensatingControls?: string[];
    /**
     * Asks to hold, for once, what governance/conflicts.yaml says nobody may hold together. Needs compensating controls; the strictest tier applies, and a review follows.
     *
     * @minItems 1
     * @maxItems 20
     *
     * Items: One exception.
     */
    exceptions?: {
      /**
       * Name of the conflict in governance/conflicts.yaml.
       */
      conflict: string;
      /**
       * Why the conflict must be accepted this time.
       */
      reason: string;
    }[];
  };
}
