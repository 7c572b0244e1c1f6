import type { Route, RouteStep } from "../model/fingerprint.ts";
import type { Governance } from "../model/governance.ts";
import type { ApprovingRole, RoleName } from "../model/names.ts";
import type { Case } from "./case.ts";
import { withDelegates } from "./delegations.ts";
import { openingOf } from "./linked-pulls.ts";
import { rosterMemory } from "./memberships.ts";
import { accountIdsOf } from "./people.ts";
import { roleHolders } from "./role-holders.ts";

/** Roles that a request's steps can have. */
const stepRoles: readonly ApprovingRole[] = ["approver", "control", "break-glass"];

/**
 * Computes whose approval can count (design.md §4 rules 0 and 7): whoever held the role when the fingerprint was first
 * opened, as recorded then, or the holders of now when this is the first time. A change of governance has no fingerprint:
 * there it is whoever held the role by the people.yaml of its first decision. Only they count, and only while they still
 * hold it, which the eligibility asks besides.
 */
export function routeOf(given: Case, governance: Governance): Route {
  const { fingerprint, change, pull, opening, snapshot } = given;
  if (pull.kind === "policy") {
    const then = opening?.ok === true ? opening.value : governance;
    const paths = snapshot.pull.changes.map(({ path }) => path);
    return [step(then, "policy-admin", holdersOfAll(given, then, "policy-admin", paths))];
  }
  if (fingerprint === null || change === null) return [];
  const recorded = openingOf(given)?.route;
  if (recorded !== undefined) return recorded;
  const { owner } = snapshot.repository;
  const first = (): Route =>
    stepRoles.map((role) => {
      const holders = holdersOfAll(given, governance, role, [change.path]);
      return step(governance, role, withDelegates(given, governance, { role, holders }));
    });
  // Who acts for somebody depends on the time, which no memory of governance knows.
  if (governance.delegations.length > 0) return first();
  return firstRoutes(governance, snapshot.teams, `${owner} ${change.path}`, first);
}

const firstRoutes = rosterMemory<Route>();

/** Says whether somebody is on the route for a role, by an account they have. */
export function isOnRoute(
  { accounts }: RouteStep,
  governance: Governance,
  person: string,
): boolean {
  return accountIdsOf(governance, person).some((id) => accounts.includes(id));
}

function step(governance: Governance, role: ApprovingRole, people: readonly string[]): RouteStep {
  const accounts = people.flatMap((person) => accountIdsOf(governance, person));
  return { role, people, accounts: accounts.sort((a, b) => a - b) };
}

/** Names who holds a role for every one of the paths, sorted; nobody for no path. */
export function holdersOfAll(
  { snapshot }: Case,
  governance: Governance,
  role: RoleName,
  paths: readonly string[],
): readonly string[] {
  const [first = [], ...others] = [...new Set(paths)].map((path) =>
    roleHolders(governance, snapshot, role, path),
  );
  if (others.length === 0) return first;
  return first.filter((person) => others.every((holders) => holders.includes(person)));
}
