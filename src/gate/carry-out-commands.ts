import { entriesOf } from "../core/attest/ledger-view.ts";
import { governanceOf } from "../core/evaluate/governance-of.ts";
import { identify } from "../core/evaluate/people.ts";
import { judgeCommand } from "../core/decide/judge-command.ts";
import type { AskedCommand, CommandOutcome } from "../core/model/command.ts";
import type { EntryDraft } from "../core/model/entry.ts";
import type { Snapshot } from "../core/model/snapshot.ts";
import { longestText, parseCommand } from "../core/parse/parse-command.ts";
import type { ForgeComment } from "../ports/forge-conversation.ts";
import { endingDraft } from "./ending-draft.ts";
import type { Gate } from "./gate.ts";

/** What cannot be read now may be readable later: such a command waits, until it is too old. */
const waiting: readonly string[] = ["CMD-FACTS", "CMD-GOVERNANCE"];

/** Comments that may be commands of people whom governance names, and are not on record yet, oldest first. */
export function openCommands(
  { ledger }: Gate,
  snapshot: Snapshot,
  comments: readonly ForgeComment[],
): readonly AskedCommand[] {
  const governance = governanceOf(snapshot.governance.files);
  if (!governance.ok) return [];
  const known = new Set(
    entriesOf(ledger.view(), "command").map(({ inputs }) => inputs.asked.comment),
  );
  return comments.flatMap((comment) => {
    if (known.has(comment.id)) return [];
    const asked = commandOf(comment);
    // A stranger is answered nothing and recorded nowhere: anybody can comment, as often as they like.
    if (asked === null || identify(governance.value, asked.actor).kind !== "person") return [];
    return [asked];
  });
}

/**
 * Carries out commands, oldest first, up to the first that changes something, and records each with its effect, also when it
 * is refused (write ahead: it is answered afterwards). What comes after a change is judged by what it led to.
 */
export async function carryOut(
  gate: Gate,
  snapshot: Snapshot,
  commands: readonly AskedCommand[],
): Promise<"something-changed" | "nothing-changed"> {
  for (const asked of commands) {
    const decidedAt = gate.clock.now();
    const outcome = judgeCommand(snapshot, asked, decidedAt);
    if (outcome === null || waiting.includes(outcome.code)) continue;
    await gate.ledger.append(draftsOf(snapshot, asked, { outcome, decidedAt }));
    if (outcome.outcome === "carried-out") return "something-changed";
  }
  return "nothing-changed";
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
  // What is too long is recorded cut, and with a mark that lets the cut text be no command either.
  const text = body.length > longestText ? `${body.slice(0, longestText)}…` : body;
  return { comment: id, actor: author, at: createdAt, text: text.toWellFormed() };
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
  const { name: request, path } = record;
  const by = asked.actor;
  return [
    command,
    endingDraft(
      { request, path, pull, by, comment: asked.comment, incident: null },
      { cause, reason: outcome.reason },
    ),
  ];
}
