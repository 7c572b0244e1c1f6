import type { Decision, ReviewJudgement } from "../model/decision.ts";
import type { Finding, Outcome } from "../model/finding.ts";
import { durationWords } from "../parse/duration-words.ts";
import type { RequestPlan } from "../plan/request-plan.ts";
import { neutralText } from "./neutral-text.ts";
import { outcomeMarks } from "./outcome-marks.ts";
import { emptyPlanSentence, planSentences, providerWords } from "./plan-sentences.ts";

/** What a check run shows. Lengths are capped by the adapter; titles stay under 100 characters. */
export interface RenderedCheck {
  readonly conclusion: "success" | "failure" | "action_required";
  readonly title: string;
  readonly summary: string;
  readonly text: string;
}

/**
 * Renders a decision for the people on the pull request. The first line tells the requester what is
 * missing and who can give it; then comes what would be granted and how it would end, a table of rules, and a table of reviews.
 * Never `neutral` or `skipped`: both satisfy a required check (E6).
 */
export function renderCheck(decision: Decision, plan: RequestPlan | null): RenderedCheck {
  return {
    conclusion: conclusionOf(decision),
    title: titleOf(decision),
    summary: [firstLine(decision), ...planLines(plan)].join("\n\n"),
    text: [rulesTable(decision.findings), ...reviewsTable(decision.reviews), footer(decision)].join(
      "\n\n",
    ),
  };
}

function conclusionOf({ verdict }: Decision): RenderedCheck["conclusion"] {
  if (verdict === "approved") return "success";
  if (verdict === "pending") return "action_required";
  return "failure";
}

function titleOf(decision: Decision): string {
  if (decision.verdict === "approved") {
    return decision.kind === "ungoverned" ? "Nothing here is governed" : "Approved";
  }
  const blocking = blockers(decision);
  const more = blocking.length > 1 ? ` (and ${blocking.length - 1} more)` : "";
  const reason = blocking[0]?.reason ?? "It cannot be approved.";
  const line = reason.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, " ");
  const short = line.length > 70 ? `${line.slice(0, 69).toWellFormed()}…` : line;
  return `${decision.verdict === "pending" ? "Waiting" : "Refused"}: ${short}${more}`;
}

function firstLine(decision: Decision): string {
  switch (decision.verdict) {
    case "approved":
      return approvedLine(decision);
    case "pending":
      return `**Waiting:** ${inWords(blockers(decision))}${inVain(decision)}`;
    case "denied":
      return `**Refused:** ${inWords(blockers(decision))}${inVain(decision)}`;
  }
}

function approvedLine({ kind, approvals, notAfter }: Decision): string {
  switch (kind) {
    case "ungoverned":
      return "This pull request changes nothing that Countersign governs.";
    case "removal":
      return "**Approved:** the access is gone; this only removes the record of it.";
    case "request":
    case "policy":
    case "mixed": {
      const by = approvals.map(({ person, role }) => `${neutralText(person)} (${role})`).join(", ");
      const until = notAfter === null ? "" : ` It must be merged and active before ${notAfter}.`;
      return `**Approved** by ${by}.${until}`;
    }
  }
}

function inWords(findings: readonly Finding[]): string {
  return findings.map(({ reason }) => neutralText(reason)).join(" ");
}

/**
 * What stands in the way: what is wrong, else what could not be told, else what is still missing. A later kind
 * is often only the consequence of an earlier one, and would hide it.
 */
function blockers({ findings }: Decision): readonly Finding[] {
  const outcomes: readonly Outcome[] = ["violated", "indeterminate", "pending"];
  const gravest = outcomes.find((outcome) => findings.some((found) => found.outcome === outcome));
  return findings.filter(({ outcome }) => outcome === gravest);
}

/** Somebody who approved in vain should not have to look for the reason. */
function inVain({ verdict, reviews }: Decision): string {
  const names = reviews
    .filter(({ counts, state }) => counts === "no" && state === "APPROVED")
    .map(({ login }) => neutralText(login));
  if (verdict === "approved" || names.length === 0) return "";
  return ` The approval of ${[...new Set(names)].join(", ")} does not count; the table of reviews says why.`;
}

function planLines(plan: RequestPlan | null): readonly string[] {
  if (plan === null) return [];
  if (plan.kind === "nothing") return [neutralText(emptyPlanSentence(plan))];
  const { permission, target, identity, beneficiary, durationSeconds, tier } = plan.request;
  const { title, permission: kind } = providerWords(plan);
  return [
    `Would give **${neutralText(permission)}**${kind} on **${neutralText(target)}** (${neutralText(title)}) to ` +
      `${neutralText(beneficiary.name)} (there: ${neutralText(identity)}) for ${durationWords(durationSeconds)}, ` +
      `counted from activation. Tier: ${tier}.`,
    planSentences(plan)
      .map((sentence) => `- ${neutralText(sentence)}`)
      .join("\n"),
  ];
}

function rulesTable(findings: readonly Finding[]): string {
  const rows = findings.map(
    ({ rule, code, outcome, reason }) =>
      `| ${outcomeMarks[outcome]} | ${rule} | ${code} | ${neutralText(reason)} |`,
  );
  return ["### Rules", "", "| | rule | code | what was found |", "|---|---|---|---|", ...rows].join(
    "\n",
  );
}

function reviewsTable(reviews: readonly ReviewJudgement[]): readonly string[] {
  if (reviews.length === 0) return [];
  const rows = reviews.map(
    ({ login, state, counts, code, reason }) =>
      `| ${neutralText(login)} | ${state} | ${counts} | ${code} | ${neutralText(reason)} |`,
  );
  return [
    [
      "### Reviews",
      "",
      "| who | review | counts | code | why |",
      "|---|---|---|---|---|",
      ...rows,
    ].join("\n"),
  ];
}

function footer({ head, rules, digests }: Decision): string {
  return `Decided for commit \`${head.slice(0, 12)}\` with rules version ${rules}; ${digests.content === null ? "nothing governed" : `content \`${digests.content.slice(0, 19)}…\``}.`;
}
