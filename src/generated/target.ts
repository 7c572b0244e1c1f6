// Generated from schemas/ by `npm run generate`. Do not edit.

/**
 * governance/targets/<target>.yaml: a system that holds access, and the entitlements that can be asked for. Contains no secrets.
 */
export interface Target {
  /**
   * Version of the format. Always `countersign/v1`.
   */
  apiVersion: "countersign/v1";
  /**
   * Kind of the document. Always `Target`.
   */
  kind: "Target";
  /**
   * Names the target.
   */
  metadata: {
    /**
     * Name of the target: the name of the file without `.yaml`.
     */
    name: string;
  };
  /**
   * What the system is and what it offers.
   */
  spec: {
    /**
     * Which kind of system it is; the executor reaches each kind in a way of its own.
     */
    provider:
      | "postgres"
      | "ldap-group"
      | "ssh-certificate"
      | "sudoers"
      | "github-team"
      | "github-repository"
      | "okta-group"
      | "scim-group"
      | "kubernetes-role-binding"
      | "aws-identity-center"
      | "webhook";
    /**
     * The team in people.yaml that grants access to this target. Its members are no independent control.
     */
    owningTeam: string;
    /**
     * What the system is, for people who ask for access.
     */
    description: string;
    /**
     * Whether the executor looks for access at this target that no grant explains: permissions of the catalogue, held by identities of people.yaml. Without it nobody looks. What is found at the first look is recorded and always left alone.
     */
    drift?: {
      /**
       * What is done about what comes after the first look. `observe` records it, `warn` also logs it loudly, `enforce` takes it out.
       */
      mode: "observe" | "warn" | "enforce";
      /**
       * With `enforce`: how much may be taken out after one look. When more is found, nothing is taken out and that is logged loudly. Without it: 10.
       */
      mostPerPass?: number;
      /**
       * Hours between two looks. Without it: 24.
       */
      everyHours?: number;
      /**
       * Identities that are not looked at, such as an owner of the system. Without it: none.
       *
       * @minItems 0
       * @maxItems 1000
       *
       * Items: Name at the target, as people.yaml has it.
       */
      exempt?: string[];
    };
    /**
     * The catalogue: everything that can be asked for at this target.
     *
     * @minItems 1
     * @maxItems 1000
     *
     * Items: One entitlement.
     */
    entitlements: {
      /**
       * Name of the entitlement, as requests write it.
       */
      name: string;
      /**
       * What the entitlement allows, for people who ask for it and who approve it.
       */
      description: string;
      /**
       * How sensitive the entitlement is.
       */
      tier: "low-risk" | "standard" | "privileged";
      /**
       * Name of the permission at the target; for PostgreSQL the database role.
       */
      permission: string;
      /**
       * Entitlements of the same target that this one contains.
       *
       * @minItems 0
       * @maxItems 100
       *
       * Items: Name of an entitlement of this target.
       */
      includes: string[];
    }[];
  };
}
