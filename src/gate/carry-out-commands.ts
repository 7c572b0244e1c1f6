import { entriesOf } from "../core/attest/ledger-view.ts";
import { judgeCommand } from "../core/decide/judge-command.ts";
import type { AskedCommand, CommandOutcome } from "../core/model/command.ts";
import type { EntryDraft } from "../core/model/entry.ts";
import type { Snapshot } from "../core/model/snapshot.ts";
import { parseCommand } from "../core/parse/parse-command.ts";
import type { ForgeComment } from "../ports/forge-conversation.ts";
import type { Gate } from "./gate.ts";

/**
 * Carries out the oldest command of a PR that is not on record yet, and records it with its effect, also when it is refused
 * (write ahead: it is answered afterwards). One at a time, because each changes what the next one is judged by.
 */
export async function carryOutNext(
  gate: Gate,
  snapshot: Snapshot,
  comments: readonly ForgeComment[],
): Promise<"something-new" | "nothing-new"> {
  const known = new Set(
    entriesOf(gate.ledger.view(), "command").map(({ inputs }) => inputs.asked.comment),
  );
  for (const comment of comments) {
    const asked = commandOf(comment);
    if (asked === null || known.has(asked.comment)) continue;
    const decidedAt = gate.clock.now();
    const outcome = judgeCommand(snapshot, asked, decidedAt);
    if (outcome === null) continue;
    await gate.ledger.append(draftsOf(snapshot, asked, { outcome, decidedAt }));
    return "something-new";
  }
  return "nothing-new";
}

/** Only what a person wrote by hand and nobody changed since is a command (C4, C5). */
function commandOf({
  id,
  author,
  body,
  createdAt,
  edited,
  via,
}: ForgeComment): AskedCommand | null {
  if (author?.type !== "User" || edited === "yes" || via !== "hand") return null;
  if (parseCommand(body).kind === "none") return null;
  return { comment: id, actor: author, at: createdAt, text: body.toWellFormed().slice(0, 1_001) };
}

interface Judged {
  readonly outcome: CommandOutcome;
  readonly decidedAt: Date;
}

function draftsOf(
  snapshot: Snapshot,
  asked: AskedCommand,
  { outcome, decidedAt }: Judged,
): readonly EntryDraft[] {
  const pull = snapshot.pull.number;
  const command: EntryDraft = {
    type: "command",
    idempotencyKey: `command:${asked.comment}`,
    summary: `#${pull}: ${outcome.code} (${outcome.outcome}), asked by ${asked.actor.login}`,
    delivery: null,
    inputs: { pull, asked, snapshot, decidedAt: decidedAt.toISOString() },
    result: outcome,
  };
  const [record] = snapshot.ledger.requests;
  if (outcome.effect?.kind !== "ending" || record === undefined) return [command];
  const { cause } = outcome.effect;
  return [
    command,
    {
      type: "ending",
      idempotencyKey: `ending:${record.name}`,
      summary: `#${pull}: ${record.name} is ${cause}`,
      delivery: null,
      inputs: {
        request: record.name,
        path: record.path,
        pull,
        by: asked.actor,
        comment: asked.comment,
      },
      result: { cause, reason: outcome.reason },
    },
  ];
}
