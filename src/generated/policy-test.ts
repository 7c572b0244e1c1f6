// Generated from schemas/ by `npm run generate`. Do not edit.

/**
 * governance/policy/<name>.test.yaml: what the policies must say about requests that could be made. `countersign policy test` runs it; it has no effect on any decision.
 */
export interface PolicyTest {
  /**
   * Version of the format. Always `countersign/v1`.
   */
  apiVersion: "countersign/v1";
  /**
   * Kind of the document. Always `PolicyTest`.
   */
  kind: "PolicyTest";
  /**
   * A decision table.
   */
  spec: {
    /**
     * The `spec` of the request that most cases start from. Without it, every case gives the whole of its own. Its values are judged with the request, so that a case can show what is refused.
     */
    request?: {
      /**
       * Who asks: the name of a person or machine in people.yaml.
       */
      requester?: {
        [k: string]: unknown;
      };
      /**
       * Who would receive the access, such as `{ kind: human, name: alice }`.
       */
      beneficiary?: {
        [k: string]: unknown;
      };
      /**
       * Name of a target in the catalogue.
       */
      target?: {
        [k: string]: unknown;
      };
      /**
       * Name of one of its entitlements.
       */
      entitlement?: {
        [k: string]: unknown;
      };
      /**
       * A stricter tier than the catalogue's.
       */
      tier?: {
        [k: string]: unknown;
      };
      /**
       * How long the access lasts, such as `PT4H`.
       */
      duration?: {
        [k: string]: unknown;
      };
      /**
       * The access is not activated at or after this instant.
       */
      activateBy?: {
        [k: string]: unknown;
      };
      /**
       * Why the access is needed.
       */
      reason?: {
        [k: string]: unknown;
      };
      /**
       * Where the work is tracked, such as `[{ type: change, id: CHG-1042 }]`.
       */
      references?: {
        [k: string]: unknown;
      };
      /**
       * What limits the risk while the access lasts, such as `[statement logging on]`.
       */
      compensatingControls?: {
        [k: string]: unknown;
      };
      /**
       * Conflicts that are to be accepted, such as `[{ conflict: settle-and-report, reason: Year end }]`.
       */
      exceptions?: {
        [k: string]: unknown;
      };
    };
    /**
     * The cases, refusals beside approvals.
     *
     * @minItems 1
     * @maxItems 500
     *
     * Items: One hypothetical pull request, and what must be decided about it.
     */
    cases: {
      /**
       * What the case shows, in one line. No other case of the table has the same.
       */
      note: string;
      /**
       * What is different from a pull request that its requester opened and pushed alone, that nobody reviewed, and of which every fact could be read.
       */
      given: {
        /**
         * Who opened the pull request and wrote its commit. Without it: the requester, or the owner of a requester that has no account.
         */
        author?: string;
        /**
         * Who is named as co-author of its commit.
         *
         * @minItems 1
         * @maxItems 50
         *
         * Items: A name in people.yaml, or a login.
         */
        coauthors?: string[];
        /**
         * What is different in the request: each key replaces the one of `spec.request`; `null` removes it.
         */
        request?: {
          /**
           * Who asks: the name of a person or machine in people.yaml.
           */
          requester?: {
            [k: string]: unknown;
          };
          /**
           * Who would receive the access, such as `{ kind: human, name: alice }`.
           */
          beneficiary?: {
            [k: string]: unknown;
          };
          /**
           * Name of a target in the catalogue.
           */
          target?: {
            [k: string]: unknown;
          };
          /**
           * Name of one of its entitlements.
           */
          entitlement?: {
            [k: string]: unknown;
          };
          /**
           * A stricter tier than the catalogue's.
           */
          tier?: {
            [k: string]: unknown;
          };
          /**
           * How long the access lasts, such as `PT4H`.
           */
          duration?: {
            [k: string]: unknown;
          };
          /**
           * The access is not activated at or after this instant.
           */
          activateBy?: {
            [k: string]: unknown;
          };
          /**
           * Why the access is needed.
           */
          reason?: {
            [k: string]: unknown;
          };
          /**
           * Where the work is tracked, such as `[{ type: change, id: CHG-1042 }]`.
           */
          references?: {
            [k: string]: unknown;
          };
          /**
           * What limits the risk while the access lasts, such as `[statement logging on]`.
           */
          compensatingControls?: {
            [k: string]: unknown;
          };
          /**
           * Conflicts that are to be accepted, such as `[{ conflict: settle-and-report, reason: Year end }]`.
           */
          exceptions?: {
            [k: string]: unknown;
          };
        };
        /**
         * Who approves, in this order: the short form of `reviews`.
         *
         * @minItems 1
         * @maxItems 50
         *
         * Items: A name in people.yaml, or a login.
         */
        approvals?: string[];
        /**
         * The reviews in order, after those of `approvals`; each saw the present content.
         *
         * @minItems 1
         * @maxItems 50
         *
         * Items: One review.
         */
        reviews?: {
          /**
           * A name in people.yaml (then it is given with their first account), or a login.
           */
          by: string;
          /**
           * What the review says. Without it: `APPROVED`. `DISMISSED` is an approval that was dismissed.
           */
          state?: "APPROVED" | "CHANGES_REQUESTED" | "COMMENTED" | "DISMISSED";
          /**
           * When it was given. Without it: three hours before `now`, each a second after the last.
           */
          at?: string;
        }[];
        /**
         * Access that is in effect already.
         *
         * @minItems 1
         * @maxItems 50
         *
         * Items: One grant.
         */
        holds?: {
          /**
           * Who holds it: the name of a person or machine in people.yaml.
           */
          person: string;
          /**
           * Name of a target in the catalogue.
           */
          target: string;
          /**
           * Name of one of its entitlements.
           */
          entitlement: string;
        }[];
        /**
         * Earlier requests of the same person for the same access that were granted: their durations are summed.
         *
         * @minItems 1
         * @maxItems 50
         *
         * Items: One earlier request.
         */
        earlier?: {
          /**
           * How long it lasted.
           */
          duration: string;
          /**
           * When it was asked for. Without it: a day before this pull request was opened.
           */
          at?: string;
        }[];
        /**
         * The instant at which is decided. Without it: `2026-06-01T12:00:00Z`, a Monday. The pull request was opened four hours before.
         */
        now?: string;
      };
      /**
       * What the decision must say. What is not given here may be anything.
       */
      want: {
        /**
         * The verdict.
         */
        verdict: "approved" | "pending" | "denied";
        /**
         * Outcomes of findings by their code, such as `SOD-STEP-CONTROL: pending`, or by the code of a deny condition.
         */
        findings?: {
          /**
           * Outcome of the finding.
           */
          [k: string]: "satisfied" | "pending" | "violated" | "indeterminate";
        };
        /**
         * A part of the reason of one of the findings.
         */
        says?: string;
        /**
         * Codes of what became of reviews, by who gave them as written under `approvals` or `reviews`; of several, the last.
         */
        reviews?: {
          /**
           * Code of the judgement.
           */
          [k: string]: string;
        };
      };
    }[];
  };
}
