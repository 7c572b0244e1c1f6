import type { CountedApproval } from "../../model/decision.ts";
import type { Finding } from "../../model/finding.ts";

/** Reports every approval by somebody who acts for somebody else (P8): it never blocks and never approves by itself. */
export function delegated(approvals: readonly CountedApproval[]): readonly Finding[] {
  const used = approvals.flatMap(({ person, role, review, actsFor }) =>
    actsFor === null
      ? []
      : [
          {
            review,
            words: `${person} acts for ${actsFor.from} as ${role} until ${actsFor.until}.`,
          },
        ],
  );
  if (used.length === 0) return [];
  return [
    {
      rule: "delegated",
      code: "SOD-DELEGATED",
      outcome: "satisfied",
      reason: used.map(({ words }) => words).join(" "),
      facts: used.map(({ review }) => `review:${review}`),
    },
  ];
}
