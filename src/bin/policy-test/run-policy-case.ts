import { decide } from "../../core/decide/decide.ts";
import type { Decision } from "../../core/model/decision.ts";
import { hypotheticalSnapshot } from "./hypothetical-snapshot.ts";
import type { Judging } from "./hypothetical-snapshot.ts";
import type { PolicyCase, Want } from "./policy-table.ts";

/** What became of one case. */
export interface CaseResult {
  readonly tested: PolicyCase;
  readonly decision: Decision;
  /** Where the decision is not as wanted, each in words; empty when it is. */
  readonly differences: readonly string[];
}

/** Decides a hypothetical pull request and holds the decision against what the case wants. */
export function runPolicyCase(judging: Judging, tested: PolicyCase): CaseResult {
  const { given, want } = tested;
  const decision = decide(hypotheticalSnapshot(judging, given), new Date(given.now));
  const differences = [
    ...(decision.verdict === want.verdict
      ? []
      : [`verdict: wanted ${want.verdict}, got ${decision.verdict}`]),
    ...findingDifferences(decision, want),
    ...reviewDifferences(decision, want),
  ];
  return { tested, decision, differences };
}

function findingDifferences({ findings }: Decision, want: Want): readonly string[] {
  const differing = want.findings.flatMap(({ code, outcome }) => {
    const found = findings.filter((finding) => finding.code === code);
    if (found.some((finding) => finding.outcome === outcome)) return [];
    const got = found.length === 0 ? "no such finding" : found.map((one) => one.outcome).join(", ");
    return [`${code}: wanted ${outcome}, got ${got}`];
  });
  const { says } = want;
  if (says === null || findings.some(({ reason }) => reason.includes(says))) return differing;
  return [...differing, `no reason says "${says}"`];
}

function reviewDifferences({ reviews }: Decision, want: Want): readonly string[] {
  return want.reviews.flatMap(({ by, review, code }) => {
    const got = reviews.find((one) => one.review === review + 1)?.code ?? "no judgement";
    return got === code ? [] : [`review of ${by}: wanted ${code}, got ${got}`];
  });
}
