import type { Problem } from "../../model/problem.ts";
import type { GovernanceDocuments } from "../governance-documents.ts";
import type { Loaded } from "../load-document.ts";
import { problemAt } from "../strict-yaml.ts";
import { checkFileName } from "./check-file-name.ts";
import { checkKnown } from "./check-known.ts";
import { checkUnique } from "./check-unique.ts";

/**
 * Checks the policies: each step once, known targets, and an independent step for every tier but
 * low-risk (P4: approval comes from outside the operational path).
 */
export function checkPolicies(documents: GovernanceDocuments): readonly Problem[] {
  const { policies, governancePolicy, targets } = documents;
  const known = targets.map(({ value }) => value.metadata.name);
  return [
    ...[...policies, governancePolicy].flatMap(({ document, value }) => [
      ...checkFileName(document, value.metadata.name),
      ...checkUnique(document, stepsOf(value.spec.approvals.all), "step"),
    ]),
    ...policies.flatMap(({ document, value }) =>
      checkKnown(document, targetsOf(value.spec.appliesTo.targets ?? []), known, "target"),
    ),
    ...policies.flatMap(independence),
  ];
}

function stepsOf(steps: readonly { readonly role: string }[]) {
  return steps.map(({ role }, index) => ({
    name: role,
    pointer: `/spec/approvals/all/${index}/role`,
  }));
}

function targetsOf(targets: readonly string[]) {
  return targets.map((name, index) => ({ name, pointer: `/spec/appliesTo/targets/${index}` }));
}

function independence({ document, value }: Loaded<"AccessPolicy">): readonly Problem[] {
  const { appliesTo, approvals } = value.spec;
  const strict = appliesTo.tiers.find((tier) => tier !== "low-risk");
  if (strict === undefined || approvals.all.some(({ role }) => role !== "approver")) return [];
  return [
    problemAt(document, "/spec/approvals/all", "key", {
      code: "no-independent-step",
      message: `The policy applies to the tier ${strict}, but has no control or break-glass step.`,
      fix: "Add `- { role: control, count: 1 }`, or apply the policy to low-risk alone.",
    }),
  ];
}
