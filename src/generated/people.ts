// Generated from schemas/ by `npm run generate`. Do not edit.

/**
 * governance/people.yaml: who is who. One person may have many accounts; a machine has an accountable human owner. An account that is not named here approves nothing.
 */
export interface People {
  /**
   * Version of the format. Always `countersign/v1`.
   */
  apiVersion: "countersign/v1";
  /**
   * Kind of the document. Always `People`.
   */
  kind: "People";
  /**
   * The people, teams and machines of the organisation.
   */
  spec: {
    /**
     * The people.
     *
     * @minItems 1
     * @maxItems 10000
     *
     * Items: One person.
     */
    people: {
      /**
       * Name of the person, as requests write it.
       */
      name: string;
      /**
       * `suspended`: approves nothing for now. Denials and exclusions stay. Without it: `active`.
       */
      status?: "active" | "suspended";
      /**
       * All accounts of the person: they count as one.
       *
       * @minItems 1
       * @maxItems 20
       *
       * Items: One account at the forge.
       */
      accounts: {
        /**
         * Login, for people. It must be the login of `id`, or the account counts for nothing.
         */
        login: string;
        /**
         * Numeric id at the forge: what the account is compared by. Shown by `https://api.github.com/users/<login>`.
         */
        id: number;
      }[];
      /**
       * Teams the person is in, by name.
       *
       * @minItems 0
       * @maxItems 100
       *
       * Items: Name of a team of this file.
       */
      teams: string[];
      /**
       * Names under which they are known at targets.
       *
       * @minItems 0
       * @maxItems 1000
       *
       * Items: The name at one target.
       */
      identities: {
        /**
         * Name of a target in the catalogue.
         */
        target: string;
        /**
         * Name at the target; for PostgreSQL the login role.
         */
        name: string;
      }[];
    }[];
    /**
     * The teams. A team in ROLES is a team of this list.
     *
     * @minItems 1
     * @maxItems 1000
     *
     * Items: One team.
     */
    teams: {
      /**
       * Name of the team; its slug at the forge, if the forge has it.
       */
      name: string;
      /**
       * What the team is there for.
       */
      description: string;
    }[];
    /**
     * Service accounts, agents and Apps. None of them ever approves.
     *
     * @minItems 0
     * @maxItems 10000
     *
     * Items: One machine.
     */
    machines: {
      /**
       * Name of the machine, as requests write it.
       */
      name: string;
      /**
       * What the machine is. `gate` and `executor` are the two identities of Countersign itself.
       */
      kind: "service-account" | "agent" | "gate" | "executor" | "bot";
      /**
       * The accountable human: a name in `people`.
       */
      owner: string;
      /**
       * Accounts of the machine at the forge; may be empty.
       *
       * @minItems 0
       * @maxItems 20
       *
       * Items: One account at the forge.
       */
      accounts: {
        /**
         * Login, for people. It must be the login of `id`, or the account counts for nothing.
         */
        login: string;
        /**
         * Numeric id at the forge: what the account is compared by. Shown by `https://api.github.com/users/<login>`.
         */
        id: number;
      }[];
      /**
       * Names under which they are known at targets.
       *
       * @minItems 0
       * @maxItems 1000
       *
       * Items: The name at one target.
       */
      identities: {
        /**
         * Name of a target in the catalogue.
         */
        target: string;
        /**
         * Name at the target; for PostgreSQL the login role.
         */
        name: string;
      }[];
    }[];
    /**
     * Dated hand-overs of a role, so that somebody who is away has a human in their place (P8). Like every change of this file they are approved by people who gain nothing by them.
     *
     * @minItems 0
     * @maxItems 1000
     *
     * Items: One hand-over. It counts where `from` could approve by themselves, never for longer than they hold the role, and is handed on to nobody else.
     */
    delegations?: {
      /**
       * Who hands over: a name in `people`.
       */
      from: string;
      /**
       * Who acts in their place: another name in `people`.
       */
      to: string;
      /**
       * The role that is handed over, for every path that `from` holds it for.
       */
      role: "approver" | "control" | "break-glass";
      /**
       * From when on, in UTC, such as `2026-11-22T00:00:00Z`. A request that was first asked for earlier does not count it.
       */
      since: string;
      /**
       * Until when, in UTC; half-open.
       */
      until: string;
      /**
       * Why, such as `annual leave`.
       */
      reason: string;
    }[];
  };
}
