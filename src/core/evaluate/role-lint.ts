import type { CatalogueTarget, Governance, Person } from "../model/governance.ts";
import type { ApprovingRole, RoleName, Tier } from "../model/names.ts";
import { tiers } from "../model/names.ts";
import type { Problem } from "../model/problem.ts";
import { policiesFor } from "../parse/applicable-policies.ts";
import { accessSteps } from "./approval-steps.ts";
import type { Step } from "./approval-steps.ts";
import { matchSteps } from "./match-steps.ts";
import { operatorsOf } from "./people.ts";
import { roleHolders } from "./role-holders.ts";

/**
 * Lints the roles: what is no error but leaves somebody without a voice or a request without approvers. Whoever may reroute
 * or cancel on a path loses their vote there (P2), so that both together are said; and every step of every policy must be
 * fillable by different people after every exclusion, for everybody who could ask. By people.yaml alone: the forge can only
 * take people away. A change that brings a new one about is refused, an old one blocks nothing.
 */
export function roleLint(governance: Governance): readonly Problem[] {
  const lint = { governance, membership: membershipOf(governance) };
  return [
    ...governance.targets.flatMap((target) => [
      ...lostVotes(lint, target),
      ...unfillable(lint, target),
    ]),
    ...tooFewAdministrators(lint),
  ];
}

interface Lint {
  readonly governance: Governance;
  readonly membership: Parameters<typeof roleHolders>[1];
}

/** As on a forge that has none of the teams, in the organisation that ROLES names. */
function membershipOf({ teams, roles }: Governance): Lint["membership"] {
  const owners = roles.sections.flatMap(({ rules }) => rules.flatMap((rule) => rule.owners));
  const [owner = ""] = owners.flatMap((one) => (one.kind === "team" ? [one.org] : []));
  return {
    teams: teams.map(({ name }) => ({ slug: name, members: null })),
    repository: { id: 0, owner, name: "", governedBranch: "" },
  };
}

function lostVotes(lint: Lint, { metadata: { name } }: CatalogueTarget): readonly Problem[] {
  const votes = (["approver", "control", "break-glass"] as const).flatMap((role) =>
    holdersAt(lint, role, name).map((person) => ({ person, role })),
  );
  return (["rescue", "cancel"] as const).flatMap((power) => {
    const holders = new Set(holdersAt(lint, power, name));
    return votes
      .filter(({ person }) => holders.has(person))
      .map(({ person, role }) =>
        inRoles(
          "lost-vote",
          `${person} holds ${power} and ${role} for ${name}, so has no vote there.`,
          `Take one of the two from ${person}.`,
        ),
      );
  });
}

function unfillable(lint: Lint, target: CatalogueTarget): readonly Problem[] {
  const { name } = target.metadata;
  const used = new Set(target.spec.entitlements.map(({ tier }) => tier));
  return tiers
    .filter((tier) => used.has(tier))
    .flatMap((tier) => {
      const steps = stepsOf(lint, name, tier);
      const stuck = requesters(lint, name).filter(
        (person) => !isFillable(lint, target, steps, person),
      );
      if (steps.size === 0 || stuck.length === 0) return [];
      const needed = [...steps].map(([role, { count }]) => `${count} ${role}`).join(", ");
      const names = stuck.map((person) => person.name).join(", ");
      return inRoles(
        "unfillable-step",
        `Nobody could approve ${tier} access to ${name} for ${names}: it needs ${needed}, all of them different and independent.`,
        "Name more people in ROLES, or ask for fewer in the policy.",
      );
    });
}

function stepsOf({ governance }: Lint, target: string, tier: Tier) {
  return accessSteps(policiesFor(governance, { kind: "AccessRequest", target, tier }));
}

/** Everybody who could receive access there, one of those who are alike in everything that excludes. */
function requesters(lint: Lint, target: string): readonly Person[] {
  const { people, machines } = lint.governance;
  const owners = new Set(
    machines
      .filter(({ identities }) => identities.some((one) => one.target === target))
      .map(({ owner }) => owner),
  );
  const holders = new Set(stepRoles.flatMap((role) => holdersAt(lint, role, target)));
  const alike = new Map<string, Person>();
  for (const person of people) {
    const could = person.identities.some((one) => one.target === target) || owners.has(person.name);
    const key = `${holders.has(person.name) ? person.name : ""} ${[...person.teams].sort().join(" ")}`;
    if (could && !alike.has(key)) alike.set(key, person);
  }
  return [...alike.values()];
}

const stepRoles: readonly ApprovingRole[] = ["approver", "control", "break-glass"];

function isFillable(
  lint: Lint,
  { metadata, spec }: CatalogueTarget,
  steps: ReadonlyMap<ApprovingRole, Step>,
  requester: Person,
): boolean {
  const { people } = lint.governance;
  const powerless = new Set([
    requester.name,
    ...holdersAt(lint, "rescue", metadata.name),
    ...holdersAt(lint, "cancel", metadata.name),
    ...people.filter(({ status }) => status === "suspended").map(({ name }) => name),
  ]);
  const operators = operatorsOf(lint.governance);
  const isFrom = (person: Person, team: "requesting-team" | "granting-team"): boolean =>
    team === "requesting-team"
      ? person.teams.some((one) => requester.teams.includes(one))
      : person.teams.includes(spec.owningTeam) || operators.has(person.name);
  const held = new Map(
    [...steps.keys()].map((role) => [role, holdersAt(lint, role, metadata.name)]),
  );
  const candidates = people
    .filter(({ name }) => !powerless.has(name))
    .map((person) => ({
      person: person.name,
      roles: [...steps].flatMap(([role, { notFrom }]) =>
        held.get(role)?.includes(person.name) === true &&
        ![...notFrom].some((team) => isFrom(person, team))
          ? [role]
          : [],
      ),
    }));
  const counts = new Map([...steps].map(([role, { count }]) => [role, count]));
  const needed = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return matchSteps(counts, candidates).size === needed;
}

function tooFewAdministrators({ governance, membership }: Lint): readonly Problem[] {
  const counts = governance.governancePolicy.spec.approvals.all.map(({ count }) => count);
  const needed = Math.max(...counts);
  const holders = roleHolders(governance, membership, "policy-admin", "governance/ROLES");
  if (holders.length >= needed) return [];
  return [
    inRoles(
      "too-few-administrators",
      `A change of governance needs ${needed} policy administrators; ROLES names ${holders.length}.`,
      "Name more people for /governance/ in the section [policy-admin].",
    ),
  ];
}

function holdersAt({ governance, membership }: Lint, role: RoleName, target: string) {
  return roleHolders(governance, membership, role, `access-requests/${target}/request.yaml`);
}

function inRoles(code: string, message: string, fix: string): Problem {
  return { path: "governance/ROLES", line: 1, column: 1, code, message, fix };
}
