/** Sections of `governance/ROLES`: the powers of docs/design.md §1. */
export const roleNames = [
  "approver",
  "approver.substitute",
  "control",
  "control.substitute",
  "break-glass",
  "rescue",
  "cancel",
  "post-reviewer",
  "policy-admin",
] as const;

export type RoleName = (typeof roleNames)[number];

/** Roles that can fill an approval step. A CHANGES_REQUESTED review by a holder is a denial. */
export const approvingRoles = ["approver", "control", "break-glass", "policy-admin"] as const;

export type ApprovingRole = (typeof approvingRoles)[number];

/** Tiers from the softest to the strictest. A request may ask for a stricter one, never a softer one. */
export const tiers = ["low-risk", "standard", "privileged"] as const;

export type Tier = (typeof tiers)[number];

/** What a pull request is, by its diff from the merge base; anything else is refused as `mixed`. */
export type PullKind = "request" | "removal" | "policy" | "ungoverned";
