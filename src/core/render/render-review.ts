import type { DecidedRequest, Decision } from "../model/decision.ts";
import type { Entry, EntryOf } from "../model/entry.ts";
import { neutralText } from "./neutral-text.ts";

/** What is known of the access when its review is opened. */
export interface ReviewedAccess {
  readonly decision: Decision;
  readonly request: DecidedRequest;
  readonly due: string;
  readonly executions: readonly Entry[];
}

/** The issue that asks for a review; `mark` is its first line, by which it is found again. */
export interface ReviewIssue {
  readonly mark: string;
  readonly title: string;
  readonly body: string;
}

/** Renders the issue that asks whether access that has ended was justified: what is on record, a checklist, and how to answer. */
export function renderReview(access: ReviewedAccess): ReviewIssue {
  const { request, due, executions } = access;
  const { pull, approvals, reviewAfterwards } = access.decision;
  const { name, entitlement, target } = request;
  const approvedBy = approvals.map(({ person, role }) => `${person} (${role})`).join(", ");
  const rows = [
    ["Pull request", `#${pull}`],
    ["Access", neutralText(`${entitlement} at ${target}`)],
    ["For", neutralText(request.beneficiary.name)],
    ["Asked by", neutralText(request.requester)],
    ["Approved by", neutralText(approvedBy)],
    ["Why a review", neutralText(reviewAfterwards.join(" "))],
    ...lifeOf(name, executions),
  ];
  return {
    mark: `<!-- countersign: review of ${name} -->`,
    title: `Review ${name} until ${due}`,
    body: [
      `The access \`${name}\` has ended. Somebody with the role **post-reviewer**, who had no part in it, says until **${due}** whether it was justified. While that is overdue, nobody who asked for it or received it gets access in an emergency.`,
      ["| | |", "|---|---|", ...rows.map(([what, is]) => `| ${what} | ${is} |`)].join("\n"),
      checklist.map((line) => `- [ ] ${line}`).join("\n"),
      `Answer on #${pull}, with a comment of this one line: \`/access review outcome=justified\`, or \`/access review outcome=unjustified\`. This issue is closed then.`,
    ].join("\n\n"),
  };
}

const checklist = [
  "It was needed: the work could not have waited for an ordinary request.",
  "It was the smallest entitlement that would do, and it lasted no longer than the work.",
  "The compensating controls that the request names were in place.",
  "What was done with it is what it was asked for: compare with the target's own log.",
  "What would have made it unnecessary is tracked somewhere.",
] as const;

/** When the access began and ended, by the executions ledger, and what the target told of its use. */
function lifeOf(name: string, executions: readonly Entry[]): readonly (readonly string[])[] {
  const own = executions.filter((entry) => grantOf(entry) === name);
  const grant = own.find((entry) => entry.type === "grant");
  const intent = own.find((entry) => entry.type === "revoke-intent");
  const end = own.findLast((entry) => "readBack" in entry.result);
  return [
    ["In effect from", grant?.result.readBack.at ?? "never read back"],
    ["Read back as gone", end === undefined ? "unknown" : end.at],
    ["Ended because", intent?.inputs.cause ?? "unknown"],
    ["Use", useOf(own.find((entry) => entry.type === "usage"))],
  ];
}

function grantOf(entry: Entry): string | null {
  return "grant" in entry.inputs ? entry.inputs.grant.request : null;
}

function useOf(usage: EntryOf<"usage"> | undefined): string {
  if (usage === undefined) return "the target cannot tell; its own log has to";
  const { samples, used, sessionsAtMost, firstSeenAt, lastSeenAt } = usage.result;
  if (used === 0) return `no session in any of ${samples} looks`;
  return `sessions in ${used} of ${samples} looks, ${sessionsAtMost} at most at a time, from ${firstSeenAt ?? "?"} to ${lastSeenAt ?? "?"}`;
}
