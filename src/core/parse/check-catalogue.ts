import type { CatalogueTarget, Governance } from "../model/governance.ts";
import { tiers } from "../model/names.ts";
import type { Problem } from "../model/problem.ts";
import { applicablePolicies, tierOf } from "./applicable-policies.ts";
import { checkDemands } from "./check-demands.ts";
import { nearest } from "./nearest.ts";
import type { RequestDocument } from "./parse-request.ts";
import { requestYaml } from "./request-yaml.ts";
import { problemAt } from "./strict-yaml.ts";

/**
 * Checks a request against governance: the people, the catalogue, and what every policy that applies
 * demands of the file itself. `bytes` are those the request was parsed from, for the places. Says nothing
 * about approvals or the present time.
 */
export function checkCatalogue(
  request: RequestDocument,
  governance: Governance,
  path: string,
  bytes: Uint8Array | string,
): readonly Problem[] {
  const document = requestYaml(path, bytes);
  if (!document.ok) return document.problems;
  const place: Place = (pointer, fault) => problemAt(document.value, pointer, "value", fault);
  const given: Given = { request, governance, place };
  return [
    ...requesterProblems(given),
    ...beneficiaryProblems(given),
    ...suspendedProblems(given),
    ...targetProblems(given),
  ];
}

type Fault = Pick<Problem, "code" | "message" | "fix">;
type Place = (pointer: string, fault: Fault) => Problem;

interface Given {
  readonly request: RequestDocument;
  readonly governance: Governance;
  readonly place: Place;
}

function requesterProblems({ request, governance, place }: Given): readonly Problem[] {
  const { requester } = request.spec;
  const askers = governance.machines.filter(({ kind }) => kind !== "gate" && kind !== "executor");
  const names = [...governance.people, ...askers].map(({ name }) => name);
  if (names.includes(requester)) return [];
  return [place("/spec/requester", unknownName("person or machine", requester, names))];
}

/** The beneficiary must be known, of the kind it says, and have a name at the target. */
function beneficiaryProblems({ request, governance, place }: Given): readonly Problem[] {
  const { beneficiary, target } = request.spec;
  const candidates =
    beneficiary.kind === "human"
      ? governance.people
      : governance.machines.filter(({ kind }) => kind === beneficiary.kind);
  const found = candidates.find(({ name }) => name === beneficiary.name);
  if (found === undefined) {
    const names = candidates.map(({ name }) => name);
    return [
      place("/spec/beneficiary/name", unknownName(beneficiary.kind, beneficiary.name, names)),
    ];
  }
  const exists = governance.targets.some(({ metadata }) => metadata.name === target);
  if (!exists || found.identities.some((identity) => identity.target === target)) return [];
  return [
    place("/spec/beneficiary/name", {
      code: "no-identity",
      message: `${beneficiary.name} has no name at ${target}, so nothing could be granted.`,
      fix: `Add it to the identities of ${beneficiary.name} in governance/people.yaml.`,
    }),
  ];
}

/** Nobody asks for, or receives access by, somebody who is suspended. */
function suspendedProblems({ request, governance, place }: Given): readonly Problem[] {
  const { requester, beneficiary } = request.spec;
  const suspended = new Set(
    governance.people.filter(({ status }) => status === "suspended").map(({ name }) => name),
  );
  const owners = new Map(governance.machines.map(({ name, owner }) => [name, owner]));
  return [
    { pointer: "/spec/requester", name: requester },
    { pointer: "/spec/beneficiary/name", name: beneficiary.name },
  ].flatMap(({ pointer, name }) => {
    const person = owners.get(name) ?? name;
    if (!suspended.has(person)) return [];
    const message = `${person} is suspended in governance/people.yaml.`;
    const fix = "Name somebody else, or ask the policy administrators to lift it first.";
    return [place(pointer, { code: "suspended", message, fix })];
  });
}

function targetProblems(given: Given): readonly Problem[] {
  const { request, governance, place } = given;
  const { target: wanted } = request.spec;
  const target = governance.targets.find(({ metadata }) => metadata.name === wanted);
  if (target !== undefined) return entitlementProblems(given, target);
  const names = governance.targets.map(({ metadata }) => metadata.name);
  return [place("/spec/target", unknownName("target", wanted, names))];
}

function entitlementProblems(given: Given, target: CatalogueTarget): readonly Problem[] {
  const { request, governance, place } = given;
  const { entitlement: wanted, tier: asked } = request.spec;
  const entitlement = target.spec.entitlements.find(({ name }) => name === wanted);
  if (entitlement === undefined) {
    const names = target.spec.entitlements.map(({ name }) => name);
    return [place("/spec/entitlement", unknownName("entitlement", wanted, names))];
  }
  const tier = tierOf(entitlement.tier, request);
  const policies = applicablePolicies(governance, request, tier);
  const problems: Problem[] = [];
  if (asked !== undefined && tiers.indexOf(asked) < tiers.indexOf(entitlement.tier)) {
    problems.push(
      place("/spec/tier", {
        code: "softer-tier",
        message: `${wanted} is ${entitlement.tier}; a request cannot make it ${asked}.`,
        fix: "Remove `tier`, or write a stricter one.",
      }),
    );
  }
  if (policies.length === 0) {
    problems.push(
      place("/spec/entitlement", {
        code: "no-policy",
        message: `No policy allows a ${request.kind} for the tier ${tier} at ${target.metadata.name}.`,
        fix: "Ask the policy administrators for one under governance/policy/.",
      }),
    );
  }
  const demands = policies.flatMap((policy) => checkDemands(policy, request.spec));
  return [...problems, ...demands.map(({ pointer, ...fault }) => place(pointer, fault))];
}

function unknownName(what: string, name: string, known: readonly string[]): Fault {
  const near = nearest(name, known);
  return {
    code: "unknown-name",
    message: `Governance knows no ${what} ${name}.`,
    fix: near === null ? `Write one of: ${known.join(", ")}.` : `Write \`${near}\` instead.`,
  };
}
