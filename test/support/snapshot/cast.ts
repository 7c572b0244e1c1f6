import type { Account } from "../../../src/core/model/account.ts";
import { parseGovernance } from "../../../src/core/parse/parse-governance.ts";
import { exampleFiles } from "./example-files.ts";

const parsed = parseGovernance(exampleFiles);
if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems, null, 2));

/** The example governance, parsed. */
export const exampleGovernance = parsed.value;

const people: readonly Account[] = exampleGovernance.people.flatMap(({ accounts }) =>
  accounts.map(({ login, id }) => ({ login, id, type: "User" as const })),
);
const machines: readonly Account[] = exampleGovernance.machines.flatMap(({ accounts }) =>
  accounts.map(({ login, id }) => ({ login, id, type: "Bot" as const })),
);
const strangers: readonly Account[] = [
  { login: "mallory", id: 6666, type: "User" },
  { login: "dependabot[bot]", id: 49699333, type: "Bot" },
  { login: "web-flow", id: 19864447, type: "User" },
];

/** Finds an account of the cast by login; `ghost` is a deleted one. */
export function account(login: string): Account | null {
  if (login === "ghost") return null;
  const found = [...people, ...machines, ...strangers].find((known) => known.login === login);
  if (found === undefined) throw new Error(`Nobody of the cast is called ${login}.`);
  return found;
}

/** Membership on the forge: every person of a team with their first account. */
export const forgeTeams = exampleGovernance.teams.map(({ name }) => ({
  slug: name,
  members: exampleGovernance.people
    .filter(({ teams }) => teams.includes(name))
    .flatMap(({ accounts }) =>
      accounts.slice(0, 1).map(({ login, id }) => ({ login, id, type: "User" as const })),
    ),
}));
