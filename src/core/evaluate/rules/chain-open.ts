import type { Finding } from "../../model/finding.ts";
import type { Governance } from "../../model/governance.ts";
import type { Case } from "../case.ts";
import { chainSteps, instantText } from "../emergency/chain.ts";

/** Says who of the fallback chain may approve an emergency now, and who from when on (P8). It never blocks by itself. */
export function chainOpen(given: Case, governance: Governance): readonly Finding[] {
  const steps = chainSteps(given, governance);
  if (steps.length === 0) return [];
  const words = steps.map(({ step, people, opensAt }) => {
    const who = people.length === 0 ? "nobody" : people.join(", ");
    const isOpen = given.now.getTime() >= opensAt;
    return `Step ${step} (${who}) ${isOpen ? "is open" : `opens at ${instantText(opensAt)}`}.`;
  });
  return [
    {
      rule: "chain-open",
      code: "SOD-CHAIN",
      outcome: "satisfied",
      reason: words.join(" "),
      facts: steps.flatMap(({ people }) => people.map((person) => `person:${person}`)),
    },
  ];
}
