import { entriesOf } from "../../core/attest/ledger-view.ts";
import type { LedgerView } from "../../core/attest/ledger-view.ts";
import type { RefusedCommand, ReportedReroute, ReportPeriod } from "./model.ts";
import { isWithin } from "./period.ts";

/** Lists the reroutes of the period: who stands in for whom, why, by whom, and who else agreed (P8). */
export function reportedReroutes(
  view: LedgerView,
  period: ReportPeriod,
): readonly ReportedReroute[] {
  const commands = entriesOf(view, "command");
  const names = new Map(
    entriesOf(view, "request").map(({ inputs, result }) => [inputs.pull, result.name]),
  );
  return commands.flatMap(({ at, inputs, result: { effect } }) => {
    if (effect?.kind !== "reroute" || !isWithin(period, at)) return [];
    const { comment, from, to, by, role, tier, until, reason, ticket, basis, confirmation } =
      effect.reroute;
    const agreed = commands.find(
      (one) =>
        one.inputs.pull === inputs.pull &&
        one.result.effect?.kind === "confirmation" &&
        one.result.effect.reroute === comment,
    );
    const confirmed = agreed?.result.effect?.kind === "confirmation" ? agreed.result.effect : null;
    return [
      {
        ...{ pull: inputs.pull, request: names.get(inputs.pull) ?? null, at, until, role, tier },
        ...{ from: from.person, to: to.person, by: by.person, reason, ticket, basis },
        confirmation,
        confirmedBy: confirmed?.by.person ?? null,
        confirmedAt: confirmed === null ? null : (agreed?.at ?? null),
      },
    ];
  });
}

/** Lists the commands that were refused in the period, as they were written. */
export function refusedCommands(view: LedgerView, period: ReportPeriod): readonly RefusedCommand[] {
  return entriesOf(view, "command")
    .filter(({ at, result }) => result.outcome === "refused" && isWithin(period, at))
    .map(({ at, inputs: { pull, asked }, result: { code, reason } }) => {
      return { pull, at, by: asked.actor.login, text: asked.text, code, reason };
    });
}
