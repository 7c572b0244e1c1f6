import { entriesOf } from "../../core/attest/ledger-view.ts";
import type { LedgerView } from "../../core/attest/ledger-view.ts";
import { clearingsOf } from "../../core/plan/open-violations.ts";
import type { ReportedViolation, ReportPeriod } from "./model.ts";
import { isWithin } from "./period.ts";

/**
 * Lists the signs of tampering that were recorded or cleared in the period, or that nobody had cleared at its end, oldest
 * first. The view must end with the period.
 */
export function reportedViolations(
  view: LedgerView,
  period: ReportPeriod,
): readonly ReportedViolation[] {
  const clearings = clearingsOf(view.decisions);
  return entriesOf(view, "violation").flatMap(({ seq, at, inputs, result }) => {
    const clearing = clearings.get(seq);
    const concerns = [at, clearing?.at ?? period.from].some((one) => isWithin(period, one));
    if (!concerns && clearing !== undefined) return [];
    const { code, detail } = result;
    const { actor, text } = clearing?.inputs.asked ?? { actor: null, text: "" };
    return [
      {
        ...{ seq, at, pull: inputs.pull, code, detail },
        cleared: clearing === undefined ? null : { by: actor?.login ?? "", at: clearing.at, text },
      },
    ];
  });
}
