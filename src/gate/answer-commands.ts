import { entriesOf } from "../core/attest/ledger-view.ts";
import { answerMark, renderAnswers } from "../core/render/render-answers.ts";
import type { ForgeComment } from "../ports/forge-conversation.ts";
import type { Gate } from "./gate.ts";

/**
 * Writes what the ledger says of a PR's commands into our one comment there. Repeatable: it is written only where it differs,
 * so that a crash after the entry is healed by the next look.
 */
export async function answerCommands(
  { ledger, conversation }: Gate,
  pull: number,
  comments: readonly ForgeComment[],
): Promise<void> {
  const view = ledger.view();
  const answered = entriesOf(view, "command")
    .filter(({ inputs }) => inputs.pull === pull)
    .map(({ inputs, result }) => ({ asked: inputs.asked, outcome: result }));
  const expired = entriesOf(view, "expired-unapproved").some(({ inputs }) => inputs.pull === pull);
  const over = entriesOf(view, "ending").filter(
    ({ inputs, result }) => inputs.pull === pull && result.cause === "incident-closed",
  );
  const notes = [
    ...(expired
      ? ["The approvals did not come in time: it expired unapproved. Open a new request."]
      : []),
    ...over.map(({ result }) => `The emergency is over, and this with it: ${result.reason}`),
  ];
  const body = renderAnswers(answered, notes);
  const own = comments.find((one) => one.via === "own-app" && one.body.startsWith(answerMark));
  if (body === null || own?.body === body) return;
  await conversation.answer(pull, own?.id ?? null, body);
}
