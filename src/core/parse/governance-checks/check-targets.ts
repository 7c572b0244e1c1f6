import type { Person } from "../../model/governance.ts";
import { tiers } from "../../model/names.ts";
import type { Problem } from "../../model/problem.ts";
import type { GovernanceDocuments } from "../governance-documents.ts";
import type { Loaded } from "../load-document.ts";
import { reachable } from "../reachable.ts";
import { problemAt } from "../strict-yaml.ts";
import { checkFileName } from "./check-file-name.ts";
import { checkKnown } from "./check-known.ts";
import { checkUnique } from "./check-unique.ts";

/**
 * Checks the catalogue: every target has an owning team with somebody in it, and no entitlement is a
 * softer way to what another one gives.
 */
export function checkTargets({ people, targets }: GovernanceDocuments): readonly Problem[] {
  const { spec } = people.value;
  const teams = spec.teams.map(({ name }) => name);
  const manned = new Set(spec.people.flatMap((person) => person.teams));
  return targets.flatMap((target) => {
    const { document, value } = target;
    const owner = { name: value.spec.owningTeam, pointer: "/spec/owningTeam" };
    const unknown = checkKnown(document, [owner], teams, "team");
    return [
      ...checkFileName(document, value.metadata.name),
      ...unknown,
      ...(unknown.length === 0 && !manned.has(owner.name) ? [emptyTeam(target)] : []),
      ...entitlementProblems(target),
      ...exemptProblems(target, [...spec.people, ...spec.machines]),
    ];
  });
}

/** A name that nobody has exempts nobody: the one that was meant would be looked at, and perhaps taken out. */
function exemptProblems(
  { document, value }: Loaded<"Target">,
  holders: readonly Pick<Person, "identities">[],
): readonly Problem[] {
  const known = holders.flatMap(({ identities }) =>
    identities.filter(({ target }) => target === value.metadata.name).map(({ name }) => name),
  );
  const uses = (value.spec.drift?.exempt ?? []).map((name, index) => ({
    name,
    pointer: `/spec/drift/exempt/${index}`,
  }));
  return checkKnown(document, uses, known, "identity at this target");
}

function emptyTeam({ document, value }: Loaded<"Target">): Problem {
  return problemAt(document, "/spec/owningTeam", "value", {
    code: "empty-team",
    message: `Nobody is in the team ${value.spec.owningTeam}, so nobody answers for the target.`,
    fix: "Name another team, or put a person into this one in governance/people.yaml.",
  });
}

function entitlementProblems(target: Loaded<"Target">): readonly Problem[] {
  const { document } = target;
  const { entitlements } = target.value.spec;
  const at = (index: number, rest: string) => `/spec/entitlements/${index}/${rest}`;
  const names = entitlements.map(({ name }) => name);
  const uses = (property: "name" | "permission") =>
    entitlements.map((entry, index) => ({ name: entry[property], pointer: at(index, property) }));
  const includes = entitlements.flatMap((entry, index) =>
    entry.includes.map((name, place) => ({ name, pointer: at(index, `includes/${place}`) })),
  );
  const problems = [
    ...checkUnique(document, uses("name"), "entitlement"),
    // Two tiers for one permission would mean that the softer one decides.
    ...checkUnique(document, uses("permission"), "permission"),
    ...checkKnown(document, includes, names, "entitlement of this target"),
  ];
  return problems.length > 0 ? problems : inclusionProblems(target);
}

/** Expects that all names are known and different. */
function inclusionProblems({ document, value }: Loaded<"Target">): readonly Problem[] {
  const { entitlements } = value.spec;
  const included = new Map(entitlements.map(({ name, includes }) => [name, includes]));
  return entitlements.flatMap(({ name, tier }, index) => {
    const reached = reachable(name, included);
    const at = `/spec/entitlements/${index}`;
    if (reached.has(name)) {
      return problemAt(document, `${at}/includes`, "key", {
        code: "circular-includes",
        message: `${name} includes itself, directly or by others.`,
        fix: "Remove one of the inclusions of the circle.",
      });
    }
    const stricter = entitlements.find(
      (other) => reached.has(other.name) && tiers.indexOf(other.tier) > tiers.indexOf(tier),
    );
    if (stricter === undefined) return [];
    return problemAt(document, `${at}/tier`, "value", {
      code: "softer-than-included",
      message: `${name} is ${tier}, but includes ${stricter.name}, which is ${stricter.tier}.`,
      fix: `Write \`tier: ${stricter.tier}\`, or remove the inclusion.`,
    });
  });
}
