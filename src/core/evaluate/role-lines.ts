import type { Governance, Owner, RoleRule } from "../model/governance.ts";
import type { RoleName } from "../model/names.ts";
import { ownsAccount } from "./people.ts";

/** A line of one section of ROLES, as far as one person is concerned. */
export interface RoleLine {
  readonly pattern: string;
  readonly names: boolean;
}

/** Lists the lines of a role and which of them name a person: by an account of theirs or by a team of people.yaml. */
export function roleLines(
  governance: Governance,
  person: string,
  role: RoleName,
): readonly RoleLine[] {
  const known = governance.people.find(({ name }) => name === person);
  const isTheirs = (owner: Owner): boolean => {
    if (known === undefined) return false;
    return owner.kind === "team"
      ? known.teams.includes(owner.slug)
      : ownsAccount(known, owner.login);
  };
  const lines: readonly RoleRule[] =
    governance.roles.sections.find((section) => section.role === role)?.rules ?? [];
  return lines.map(({ pattern, owners }) => ({ pattern, names: owners.some(isTheirs) }));
}
