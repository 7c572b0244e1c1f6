import type { Finding } from "../../model/finding.ts";
import { epochMs } from "../../parse/epoch-ms.ts";
import type { Case } from "../case.ts";

/** Requires that an emergency is an exception: nobody asks for or receives more of them than the policies' budget (J5). */
export function withinBudget({ request, snapshot, now }: Case): Finding {
  const found = { rule: "within-budget", code: "SOD-BUDGET" };
  const budgets = request?.emergency?.budgets ?? [];
  if (budgets.length === 0) {
    const reason = "How many emergencies are allowed is not known.";
    return { ...found, outcome: "indeterminate", reason, facts: [] };
  }
  const { emergencies } = snapshot.ledger;
  for (const { count, windowSeconds } of budgets) {
    const counted = emergencies.filter(
      ({ mergedAt }) => !((now.getTime() - epochMs(mergedAt)) / 1000 > windowSeconds),
    );
    if (counted.length + 1 <= count) continue;
    const facts = counted.map((one) => `request:${one.request}`);
    const reason = `It would be emergency ${counted.length + 1} of who asks or receives; the policy allows ${count} in its window. Open an AccessRequest.`;
    return { ...found, outcome: "violated", reason, facts };
  }
  return { ...found, outcome: "satisfied", reason: "It is within the budget.", facts: [] };
}
