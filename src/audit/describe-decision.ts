import type { Description } from "./description.ts";
import type { CountedApproval, Decision, ReviewJudgement } from "../core/model/decision.ts";
import type { Finding } from "../core/model/finding.ts";
import { outcomeMarks } from "../core/render/outcome-marks.ts";

/**
 * Says in sentences what was decided: by whose approval in which role, or what is wrong or missing, each finding by its code.
 * What the decision `before` on the same pull request said as well is named by its code only.
 */
export function describeDecision(decision: Decision, before: Decision | null): Description {
  const { kind, pull, request, removes, reviewAfterwards } = decision;
  const name = request === null ? removes.join(", ") : request.name;
  return {
    title: `${decisionWords[decision.verdict]}: ${kind} #${pull}${name === "" ? "" : ` ${name}`}.`,
    details: [
      ...bytesLines(decision, before),
      ...decision.approvals.map(approvalLine),
      ...(decision.notAfter === null
        ? []
        : [`It has to be merged and active before ${decision.notAfter}.`]),
      ...findingLines(decision, before),
      ...denialLines(decision, before),
      ...(decision.verdict === "approved"
        ? reviewAfterwards.map((reason) => `To be looked at again afterwards: ${reason}`)
        : []),
    ],
  };
}

const decisionWords = { approved: "APPROVED", pending: "WAITING", denied: "REFUSED" } as const;

/** Says for which bytes a decision is. */
export function decidedFor({ head, baseRef, digests, rules }: Decision): string {
  return `For commit ${head} onto ${baseRef}, content ${digests.content ?? "none governed"}, by rules version ${rules}.`;
}

/** Lists the findings that keep a decision from being an approval. */
export function blocking(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ outcome }) => outcome !== "satisfied");
}

/** Says what became of a review in a decision. */
export function judgementLine({ counts, code, reason }: ReviewJudgement): string {
  return `${counts === "yes" ? "counts" : "does not count"}, ${code}: ${reason}`;
}

function bytesLines(decision: Decision, before: Decision | null): readonly string[] {
  const line = decidedFor(decision);
  return before !== null && decidedFor(before) === line ? [] : [line];
}

function findingLines({ findings }: Decision, before: Decision | null): readonly string[] {
  const known = new Set(blocking(before?.findings ?? []).map(findingLine));
  const lines = blocking(findings).map((finding) => ({ finding, line: findingLine(finding) }));
  const same = lines.filter(({ line }) => known.has(line)).map(({ finding }) => finding.code);
  return [
    ...lines.map(({ line }) => line).filter((line) => !known.has(line)),
    ...(same.length === 0 ? [] : [`As before: ${same.join(", ")}.`]),
  ];
}

function denialLines({ denials }: Decision, before: Decision | null): readonly string[] {
  const known = new Set((before?.denials ?? []).map(({ review }) => review));
  return denials
    .filter(({ review }) => !known.has(review))
    .map(
      ({ person, pull, review, at }) =>
        `Denied by ${person} on #${pull} at ${at} (review ${review}).`,
    );
}

function findingLine({ outcome, code, reason }: Finding): string {
  return `${outcomeMarks[outcome]}, ${code}: ${reason}`;
}

function approvalLine(approval: CountedApproval): string {
  const { login, person, role, commit, submittedAt, review, actsFor } = approval;
  const whose = person === login ? login : `${login} (${person})`;
  const standIn =
    actsFor === null ? "" : `, standing in for ${actsFor.from} until ${actsFor.until}`;
  return `Approved by ${whose} as ${role}${standIn}: review ${review} of commit ${commit}, at ${submittedAt}.`;
}
