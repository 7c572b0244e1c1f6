/** One role on one repository, as the catalogue writes it: `payments:triage`. */
export interface RepositoryRole {
  readonly repository: string;
  readonly role: string;
}

/** The roles that every repository has, from the smallest to the largest: each contains those before it. */
export const standardRoles = ["pull", "triage", "push", "maintain", "admin"] as const;

/** Reads `<repository>:<role>`; `null` for what is not of that form. A role is a standard one or a custom one of the organisation. */
export function parseRepositoryRole(permission: string): RepositoryRole | null {
  const found = /^(?<repository>[A-Za-z0-9_.-]{1,100}):(?<role>[A-Za-z0-9_.-]{1,100})$/u.exec(
    permission,
  )?.groups;
  const { repository, role } = found ?? {};
  // Two ways for GitHub to write the same role: only one is what the read-back shows.
  if (repository === undefined || role === undefined) return null;
  return role === "read" || role === "write" ? null : { repository, role };
}

/** Lists the standard roles that a role contains, itself included; none for a custom role. */
export function containedRoles(role: string): readonly string[] {
  const standard = standardRoles.findIndex((one) => one === role);
  return standardRoles.slice(0, standard + 1);
}
