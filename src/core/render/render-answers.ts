import type { AskedCommand, CommandOutcome } from "../model/command.ts";
import { neutralText } from "./neutral-text.ts";

/** Begins our one comment on a pull request. */
export const answerMark = "<!-- countersign: answers -->";

/** So many of the newest answers are shown; the ledger has them all. */
const mostAnswers = 20;

export interface AnsweredCommand {
  readonly asked: AskedCommand;
  readonly outcome: CommandOutcome;
}

/** Renders the one comment in which commands are answered, newest first; `null` when there is nothing to say. */
export function renderAnswers(
  answered: readonly AnsweredCommand[],
  notes: readonly string[],
): string | null {
  if (answered.length === 0 && notes.length === 0) return null;
  const rows = answered
    .slice(-mostAnswers)
    .toReversed()
    .map(
      ({ asked, outcome }) =>
        `| ${outcome.outcome === "carried-out" ? "✔" : "✘"} | ${neutralText(asked.actor.login)} | ${neutralText(asked.text.slice(0, 200))} | ${outcome.code} | ${neutralText(outcome.reason)} |`,
    );
  const table = ["| | who | command | code | what came of it |", "|---|---|---|---|---|", ...rows];
  return [
    answerMark,
    ...notes.map(neutralText),
    ...(rows.length === 0 ? [] : [table.join("\n")]),
  ].join("\n\n");
}
