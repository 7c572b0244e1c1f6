import type { Decision, ReviewJudgement } from "../model/decision.ts";
import type { Finding } from "../model/finding.ts";
import { durationWords } from "../parse/duration-words.ts";
import type { RequestPlan } from "../plan/request-plan.ts";
import { outcomeMarks } from "./outcome-marks.ts";
import { emptyPlanSentence, planSentences, providerWords } from "./plan-sentences.ts";
import { terminalLines } from "./terminal-lines.ts";

/**
 * Renders a decision for a terminal: the verdict, what would be granted and how it would end, every finding and review with its reason, who can
 * still give what is missing, who can count and who cannot, and what stands against it. Says everything that the check says.
 */
export function explainDecision(decision: Decision, plan: RequestPlan | null): string {
  const lines = [
    ...headline(decision, plan),
    ...section("Findings", decision.findings.flatMap(findingLines)),
    ...section("Reviews", decision.reviews.flatMap(reviewLines)),
    ...section("Still missing", decision.findings.flatMap(missingLines)),
    ...section("Denials in force", denialLines(decision)),
    ...section("Kept from approving", exclusionLines(decision)),
    ...section("Whose approval can count, unless they are kept from it", routeLines(decision)),
    ...section(
      "To be looked at again afterwards",
      decision.reviewAfterwards.flatMap((reason) => terminalLines("  ", reason)),
    ),
    "",
    ...footer(decision),
  ];
  return `${lines.join("\n")}\n`;
}

function headline(decision: Decision, plan: RequestPlan | null): readonly string[] {
  const { pull, kind, verdict, request } = decision;
  const name = request === null ? "" : ` ${request.name}`;
  return [
    ...terminalLines("", `${verdict.toUpperCase()}: ${kind} #${pull}${name}`),
    ...planLines(plan),
    ...approvalLines(decision),
    ...(decision.removes.length === 0
      ? []
      : terminalLines("  ", `Removes the files of ${decision.removes.join(", ")}.`)),
  ];
}

function planLines(plan: RequestPlan | null): readonly string[] {
  if (plan === null) return [];
  if (plan.kind === "nothing") return terminalLines("  ", emptyPlanSentence(plan));
  const { requester, permission, target, identity } = plan.request;
  const { beneficiary, durationSeconds, tier } = plan.request;
  const { title, permission: kind } = providerWords(plan);
  return [
    ...terminalLines(
      "  ",
      `Asked for by ${requester}. Would give ${permission}${kind} on ${target} (${title}) to ${beneficiary.name} ` +
        `(there: ${identity}) for ${durationWords(durationSeconds)}, counted from activation. Tier: ${tier}.`,
    ),
    ...planSentences(plan).flatMap((sentence) => terminalLines("  - ", sentence)),
  ];
}

function approvalLines({ approvals, notAfter }: Decision): readonly string[] {
  if (approvals.length === 0) return [];
  const by = approvals.map(({ person, role }) => `${person} (${role})`).join(", ");
  const until = notAfter === null ? "" : ` It must be merged and active before ${notAfter}.`;
  return terminalLines("  ", `Approved by ${by}.${until}`);
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ["", title, ...lines];
}

function findingLines({ rule, code, outcome, reason, facts }: Finding): readonly string[] {
  return [
    ...terminalLines("  ", `${outcomeMarks[outcome]}: ${rule}, ${code}`),
    ...terminalLines("     ", reason),
    ...(facts.length === 0 ? [] : terminalLines("     facts: ", facts.join(", "))),
  ];
}

function reviewLines({ login, person, state, counts, code, reason }: ReviewJudgement) {
  const who = person === null || person === login ? login : `${login} (${person})`;
  const effect = counts === "yes" ? "counts" : "does not count";
  return [
    ...terminalLines("  ", `${who}, ${state}: ${effect}, ${code}`),
    ...terminalLines("     ", reason),
  ];
}

/** The reason of a step that waits says who could fill it. */
function missingLines({ outcome, reason }: Finding): readonly string[] {
  return outcome === "pending" ? terminalLines("  ", reason) : [];
}

function denialLines({ denials, pull }: Decision): readonly string[] {
  return denials.flatMap((denial) => {
    const where = denial.pull === pull ? "here" : `on #${denial.pull}, for the same access`;
    return terminalLines(
      "  ",
      `${denial.person}, ${where}, at ${denial.at} (review ${denial.review})`,
    );
  });
}

const grounds = {
  requester: "from every step",
  rerouter: "from every step",
  "requesting-team": "from steps that are not for the requesting team",
  "granting-team": "from steps that are not for the granting team",
} as const;

function exclusionLines({ excluded }: Decision): readonly string[] {
  return excluded.flatMap(({ person, from, reason }) => [
    ...terminalLines("  ", `${person}, ${grounds[from]}`),
    ...terminalLines("     ", reason),
  ]);
}

function routeLines({ route }: Decision): readonly string[] {
  return route.flatMap(({ role, people }) =>
    terminalLines(`  ${role}: `, people.length === 0 ? "nobody" : people.join(", ")),
  );
}

function footer({ head, baseRef, rules, digests }: Decision): readonly string[] {
  const content = digests.content === null ? "nothing governed" : `content ${digests.content}`;
  return terminalLines(
    "",
    `Decided for commit ${head.slice(0, 12)} onto ${baseRef} with rules version ${rules}; ${content}.`,
  );
}
