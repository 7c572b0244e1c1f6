// Generated from schemas/ by `npm run generate`. Do not edit.

/**
 * governance/policy/<name>.yaml: what requests of a tier need. Every policy that applies counts: limits take the minimum, requirements and approval steps the union.
 */
export interface AccessPolicy {
  /**
   * Version of the format. Always `countersign/v1`.
   */
  apiVersion: "countersign/v1";
  /**
   * Kind of the document. Always `AccessPolicy`.
   */
  kind: "AccessPolicy";
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
   * What the policy applies to and what it demands.
   */
  spec: {
    /**
     * Which requests the policy applies to. Everything given here must match.
     */
    appliesTo: {
      /**
       * Tiers of the entitlement that is asked for (or the stricter tier that the request names).
       *
       * @minItems 1
       * @maxItems 3
       *
       * Items: A tier.
       */
      tiers: ("low-risk" | "standard" | "privileged")[];
      /**
       * Only requests for these targets. Without it: every target.
       *
       * @minItems 1
       * @maxItems 1000
       *
       * Items: Name of a target in the catalogue.
       */
      targets?: string[];
      /**
       * Only these kinds of request. Without it: every kind.
       *
       * @minItems 1
       * @maxItems 3
       *
       * Items: A kind of request.
       */
      kinds?: ("AccessRequest" | "BreakGlassRequest" | "AccessExtension")[];
    };
    /**
     * Upper bounds, in time as ISO 8601 durations. Of several policies the smallest counts, of `window` the longest.
     */
    limits: {
      /**
       * The longest `duration` a request may ask for, such as `PT8H`.
       */
      maxDuration: string;
      /**
       * The longest that all requests of one person for the same access may last together within `window`: what is split or extended is added up.
       */
      maxTotalDuration: string;
      /**
       * How many grants one person may hold or have approved at the same time, this one included, at any target.
       */
      maxConcurrent: number;
      /**
       * How far back earlier requests of the same person for the same or overlapping access count: their open denials, who may approve, their summed durations, and mutual approvals.
       */
      window: string;
      /**
       * How long an approval counts: after it, the decision lapses.
       */
      approvalTtl: string;
      /**
       * How long a request may wait for its approvals before it expires unapproved.
       */
      pendingTimeout: string;
      /**
       * How long a request may wait for its approvals before it is said to be stalled, so that it can be rerouted. Without it: it is stalled only when too few people are left who could approve.
       */
      stalledAfter?: string;
    };
    /**
     * What the request itself must contain.
     */
    requires: {
      /**
       * Types of reference that must each be there at least once.
       *
       * @minItems 0
       * @maxItems 3
       *
       * Items: A type of reference.
       */
      references: ("change" | "incident" | "ticket")[];
      /**
       * How many compensating controls the request must name at least.
       */
      compensatingControls: number;
      /**
       * How many characters the reason must have at least.
       */
      reasonLength: number;
    };
    /**
     * Allows whoever has the role `rescue` to let somebody else of the same role approve a stalled request. Without it: nothing under this policy is rerouted.
     */
    reroute?: {
      /**
       * Reason codes that a reroute may give. Every policy that applies must allow it.
       *
       * @minItems 1
       * @maxItems 20
       *
       * Items: A reason code.
       */
      reasons: string[];
      /**
       * How long a reroute lasts at most. After it, the original route holds again.
       */
      maxDuration: string;
    };
    /**
     * Makes this the policy for emergencies: it applies to BreakGlassRequest alone, has a `break-glass` step and a `reviewWithin`. Without a policy that has it, nothing is granted in an emergency.
     */
    breakGlass?: {
      /**
       * Repositories whose issues are incidents. The reference of a request names one of them, as `owner/repository#7`, or as `#7` when there is only one.
       *
       * @minItems 1
       * @maxItems 20
       *
       * Items: A repository.
       */
      incidents: string[];
      /**
       * How long after the one before it each step of the fallback chain opens: the owners of the `[break-glass]` line in ROLES, in their order. The first is open at once.
       */
      chainStep: string;
      /**
       * How often one person may ask for or receive access in an emergency, at any target.
       */
      budget: {
        /**
         * How many emergencies within the window, this one included.
         */
        count: number;
        /**
         * How far back emergencies count.
         */
        window: string;
      };
    };
    /**
     * How soon after the access has ended a `post-reviewer` must have said whether it was justified, where a review is due: after an emergency, an exception from a conflict, or a privileged reroute. Of several policies the smallest counts; without any it is `P7D`.
     */
    reviewWithin?: string;
    /**
     * Further conditions under which a request is denied. One that cannot be evaluated denies as well.
     *
     * @minItems 1
     * @maxItems 50
     *
     * Items: One condition.
     */
    deny?: {
      /**
       * A condition in CEL over `request`, `requester`, `beneficiary`, `target`, `entitlement` and `now`, such as `now.getDayOfWeek() == 0 && entitlement.tier == "privileged"`. When it holds, the request is denied.
       */
      when: string;
      /**
       * Stable code of the denial, for machines.
       */
      code: string;
      /**
       * What the requester reads: why, and what to do instead.
       */
      message: string;
    }[];
    /**
     * Who must approve. A policy for a tier other than low-risk has a `control` or `break-glass` step.
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
         * The role in ROLES that can fill the step.
         */
        role: "approver" | "control" | "break-glass";
        /**
         * How many different people must fill the step.
         */
        count: number;
        /**
         * Teams whose members cannot fill the step, beyond what the rules exclude anyway: `requesting-team` is every team of the requester set, `granting-team` the target's owning team.
         *
         * @minItems 1
         * @maxItems 2
         *
         * Items: A team by its part in the request.
         */
        notFrom?: ("requesting-team" | "granting-team")[];
      }[];
    };
  };
}
