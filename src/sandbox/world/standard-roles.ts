/** The roles that every repository has, from the smallest to the largest. */
export const standardRoles: readonly string[] = ["pull", "triage", "push", "maintain", "admin"];
