import type { Finding } from "../../model/finding.ts";
import type { Problem } from "../../model/problem.ts";
import { checkDemands } from "../../parse/check-demands.ts";
import type { Case, OpenRequest } from "../case.ts";

/**
 * Requires one regular file of the right name that parses, asks for what the catalogue offers, and stays
 * within the limits and required fields of every policy that applies.
 */
export function requestValid(given: Case): Finding {
  const { change, document, governance, requestProblems, catalogueProblems, request } = given;
  const found = {
    rule: "request-valid",
    code: "SOD-REQUEST",
    facts: change === null ? [] : [`path:${change.path}`],
  };
  const violated = (reason: string): Finding => ({ ...found, outcome: "violated", reason });
  if (change === null) return violated("There is no request file.");
  if (change.modeAfter !== "100644") {
    return violated(
      `${change.path} has mode ${change.modeAfter}: write a regular file (100644), no link and nothing executable.`,
    );
  }
  if (change.text === null) return violated(`${change.path} is not UTF-8 text: write it as UTF-8.`);
  if (document === null) return violated(inWords(requestProblems));
  if (governance === null) {
    return { ...found, outcome: "indeterminate", reason: "The catalogue cannot be read." };
  }
  if (catalogueProblems.length > 0) return violated(inWords(catalogueProblems));
  if (request === null || request.policies.length === 0) {
    return violated("No policy applies to this request: ask the policy administrators for one.");
  }
  if (document.kind === "BreakGlassRequest" && request.emergency === null) {
    return violated(
      "No policy with `breakGlass` applies to it: open an AccessRequest, or ask the policy administrators for one.",
    );
  }
  const before = openingProblems(request);
  if (before !== null) return violated(before);
  return {
    ...found,
    outcome: "satisfied",
    reason: `The request is complete; its tier is ${request.tier}.${smaller(request)}`,
  };
}

/** What the policies that applied when it was opened demand beyond those of now (D10). */
function openingProblems({ openingPolicies, document }: OpenRequest): string | null {
  if (openingPolicies === null) return null;
  if (openingPolicies.length === 0) {
    return "No policy allowed this when it was opened: open a new request.";
  }
  const [first] = openingPolicies.flatMap((policy) => checkDemands(policy, document.spec));
  if (first === undefined) return null;
  return `By the policy in force when it was opened: ${first.message} ${first.fix}`;
}

/** Says what would be less, for who asks and who approves to think about (P9). */
function smaller({ target, entitlement, fingerprint }: OpenRequest): string {
  const less = target.spec.entitlements
    .filter(({ name }) => name !== entitlement.name && fingerprint.contains.includes(name))
    .map(({ name, description }) => `${name} (${description})`);
  if (less.length === 0) return "";
  return ` If it would do, ask for less: ${less.join(", ")}.`;
}

function inWords(problems: readonly Problem[]): string {
  const [first, ...more] = problems;
  if (first === undefined) return "The request cannot be read.";
  const rest = more.length === 0 ? "" : ` (and ${more.length} more)`;
  return `${first.path}:${first.line}:${first.column}: ${first.message} ${first.fix}${rest}`;
}
