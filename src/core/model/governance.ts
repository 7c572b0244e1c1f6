import type { AccessPolicy as AccessPolicyDocument } from "../../generated/access-policy.ts";
import type { Conflicts } from "../../generated/conflicts.ts";
import type { GovernancePolicy as GovernancePolicyDocument } from "../../generated/governance-policy.ts";
import type { People } from "../../generated/people.ts";
import type { Target as TargetDocument } from "../../generated/target.ts";
import type { TrustRoot as TrustRootDocument } from "../../generated/trust-root.ts";
import type { TrustRootSignatures } from "../../generated/trust-root-signatures.ts";
import type { RoleName } from "./names.ts";

/** Everything under `governance/` as one value that is consistent in itself. */
export interface Governance {
  readonly roles: Roles;
  readonly people: readonly Person[];
  readonly teams: readonly Team[];
  readonly machines: readonly Machine[];
  readonly delegations: readonly Delegation[];
  readonly targets: readonly CatalogueTarget[];
  readonly policies: readonly AccessPolicy[];
  readonly governancePolicy: GovernancePolicy;
  readonly conflicts: readonly Conflict[];
  readonly trustRoot: TrustRoot;
  /** Who signed that trust root, so that it may follow the one before; empty beside the first. */
  readonly trustRootSignatures: readonly TrustRootSignature[];
}

/** A human being with all their accounts. Machines are never in this list. */
export type Person = DeepReadonly<People["spec"]["people"][number]>;
export type Team = DeepReadonly<People["spec"]["teams"][number]>;
/** A service account, agent or App with its accountable human owner. */
export type Machine = DeepReadonly<People["spec"]["machines"][number]>;
/** A dated hand-over of a role. */
export type Delegation = DeepReadonly<NonNullable<People["spec"]["delegations"]>[number]>;
/** A system in the catalogue; its name is `metadata.name`. */
export type CatalogueTarget = DeepReadonly<TargetDocument>;
export type Entitlement = CatalogueTarget["spec"]["entitlements"][number];
export type AccessPolicy = DeepReadonly<AccessPolicyDocument>;
export type GovernancePolicy = DeepReadonly<GovernancePolicyDocument>;
export type Conflict = DeepReadonly<Conflicts["spec"]["conflicts"][number]>;
export type TrustRoot = DeepReadonly<TrustRootDocument>;
/** One signature over a trust root's document. */
export type TrustRootSignature = DeepReadonly<TrustRootSignatures["signatures"][number]>;

/** `governance/ROLES`: the lines of each section, in the order of the file. */
export interface Roles {
  readonly sections: readonly RoleSection[];
}

/** At most one a role. A role without a section is held by nobody. */
export interface RoleSection {
  readonly role: RoleName;
  readonly rules: readonly RoleRule[];
}

/** One line: whoever is named here holds the role for the paths that the pattern matches. */
export interface RoleRule {
  readonly pattern: string;
  /** The pattern ready for matching. */
  readonly segments: readonly PatternSegment[];
  /** In the order of the line; empty: nobody. */
  readonly owners: readonly Owner[];
  readonly line: number;
  readonly column: number;
}

/**
 * One part of a pattern between slashes. `any-depth` (`**`) is any number of folders, also none; `one`
 * is a single name.
 */
export type PatternSegment =
  | { readonly kind: "any-depth" }
  | { readonly kind: "one"; readonly glyphs: readonly PatternGlyph[] };

/** `run` (`*`) is any number of characters, `any` (`?`) is one. */
export type PatternGlyph =
  | { readonly kind: "run" }
  | { readonly kind: "any" }
  | { readonly kind: "character"; readonly character: string };

/** Whom a line of ROLES names. Logins are compared without regard to case, as the forge does. */
export type Owner =
  | { readonly kind: "team"; readonly org: string; readonly slug: string }
  | { readonly kind: "account"; readonly login: string };

/** The same shape, with nothing in it that can be assigned to. */
export type DeepReadonly<T> = T extends readonly (infer Item)[]
  ? readonly DeepReadonly<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> }
    : T;
