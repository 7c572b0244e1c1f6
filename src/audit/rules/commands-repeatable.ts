import { canonicalJson } from "../../core/attest/canonical-json.ts";
import { entriesOf } from "../../core/attest/ledger-view.ts";
import type { LedgerView } from "../../core/attest/ledger-view.ts";
import { judgeCommand } from "../../core/decide/judge-command.ts";
import type { EntryOf } from "../../core/model/entry.ts";
import type { Json } from "../../core/model/json.ts";
import type { AuditRule, EntryRule } from "../audit-case.ts";
import type { AuditFinding } from "../audit-report.ts";
import { aboutEntry } from "../finding.ts";

/** Judges every recorded command again. */
export const commandsRepeatable: EntryRule = (entry) =>
  entry.type === "command" ? notRepeated(entry) : [];

/** Demands for every early ending the command or removal that it rests on. */
export const endingsAsked: AuditRule = ({ view }) => {
  const commands = entriesOf(view, "command");
  const removals = entriesOf(view, "decision").filter(
    ({ result }) => result.decision.kind === "removal",
  );
  return entriesOf(view, "ending").flatMap((ending) => {
    const { pull, by, comment, request, path } = ending.inputs;
    if (ending.result.cause === "incident-closed") return notOverByIncident(view, ending);
    const rests =
      comment === null
        ? removals.some(
            ({ inputs: { snapshot }, result: { decision } }) =>
              decision.pull === pull &&
              snapshot.pull.author !== null &&
              snapshot.pull.author.id === by?.id &&
              decision.removes.includes(request),
          )
        : commands.some(
            ({ inputs, result: { effect } }) =>
              inputs.asked.comment === comment &&
              inputs.pull === pull &&
              inputs.asked.actor.id === by?.id &&
              inputs.snapshot.ledger.requests.some(
                (record) => record.name === request && record.path === path,
              ) &&
              effect?.kind === "ending" &&
              effect.cause === ending.result.cause,
          );
    return rests ? [] : [restsOnNothing(ending)];
  });
};

/** The entry shows the incident itself: it is the one that was decided on, and was closed after it was asked for. */
function notOverByIncident(view: LedgerView, ending: EntryOf<"ending">): readonly AuditFinding[] {
  const { pull, request, incident } = ending.inputs;
  if (incident === null) return [restsOnNothing(ending)];
  const isOver = entriesOf(view, "decision").some(
    ({ inputs: { snapshot }, result: { decision } }) =>
      decision.pull === pull &&
      decision.request?.name === request &&
      decision.request.incident === incident.reference &&
      incident.closings.some(({ at }) => Date.parse(at) >= Date.parse(snapshot.pull.createdAt)),
  );
  return isOver ? [] : [restsOnNothing(ending)];
}

function notRepeated(entry: EntryOf<"command">): readonly AuditFinding[] {
  const { snapshot, asked, decidedAt, pull } = entry.inputs;
  const again = judgeCommand(snapshot, asked, new Date(decidedAt));
  if (snapshot.pull.number === pull && written(again) === written(entry.result)) return [];
  return [
    aboutEntry(entry, {
      code: "command-not-repeatable",
      expected: `${again?.outcome ?? "no command"}: ${again?.code ?? "-"}`,
      actual: `${entry.result.outcome}: ${entry.result.code}`,
      pull,
    }),
  ];
}

function restsOnNothing(entry: EntryOf<"ending">): AuditFinding {
  const { by, pull, request } = entry.inputs;
  return aboutEntry(entry, {
    code: "ending-without-command",
    expected: `a command or removal by ${by?.login ?? "somebody"} that ends ${request}`,
    actual: `it is ${entry.result.cause}, and nobody asked for that`,
    pull,
  });
}

function written(value: unknown): string {
  return canonicalJson(value as Json);
}
