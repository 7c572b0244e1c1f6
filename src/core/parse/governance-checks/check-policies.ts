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
    ...policies.flatMap(emergencies),
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

/** A policy for emergencies is for nothing else, has the human of the chain, and asks afterwards (P7, P9). */
function emergencies({ document, value }: Loaded<"AccessPolicy">): readonly Problem[] {
  const { breakGlass, appliesTo, approvals, reviewWithin } = value.spec;
  if (breakGlass === undefined) return [];
  const problems: Problem[] = [];
  const [kind, ...more] = appliesTo.kinds ?? [];
  if (kind !== "BreakGlassRequest" || more.length > 0) {
    problems.push(
      problemAt(document, "/spec/appliesTo", "key", {
        code: "emergency-with-others",
        message: "The policy has `breakGlass`, but applies to other requests as well.",
        fix: "Write `kinds: [BreakGlassRequest]`, and the rest in a policy of its own.",
      }),
    );
  }
  if (!approvals.all.some(({ role }) => role === "break-glass")) {
    problems.push(
      problemAt(document, "/spec/approvals/all", "key", {
        code: "no-break-glass-step",
        message: "The policy has `breakGlass`, but no step for the fallback chain.",
        fix: "Add `- { role: break-glass, count: 1 }`.",
      }),
    );
  }
  if (reviewWithin === undefined) {
    problems.push(
      problemAt(document, "/spec/breakGlass", "key", {
        code: "no-review",
        message: "The policy has `breakGlass`, but does not say how soon it is reviewed.",
        fix: "Add `reviewWithin: P2D` beside it.",
      }),
    );
  }
  return problems;
}
