import { decide } from "../core/decide/decide.ts";
import { answerCommands } from "./answer-commands.ts";
import { carryOut, openCommands } from "./carry-out-commands.ts";
import { recordIfOver } from "./close-ended.ts";
import { revokeByRemoval } from "./revoke-by-removal.ts";
import { decisionFingerprint } from "../core/decide/decision-fingerprint.ts";
import type { Decision } from "../core/model/decision.ts";
import type { EntryOf } from "../core/model/entry.ts";
import type { Snapshot } from "../core/model/snapshot.ts";
import { readSnapshot } from "../facts/read-snapshot.ts";
import type { ForgeComment } from "../ports/forge-conversation.ts";
import { failureText } from "./failure-text.ts";
import { endByIncident } from "./end-by-incident.ts";
import type { Gate } from "./gate.ts";
import { mergeApproved } from "./merge-approved.ts";
import { inMergeTurn, isGovernanceStill } from "./merge-turn.ts";
import { observeChecks } from "./observe-checks.ts";
import { observePushes } from "./observe-pushes.ts";
import { observeReviews } from "./observe-reviews.ts";
import { closeReviewed } from "./open-reviews.ts";
import { publishVerdict } from "./publish-verdict.ts";
import { recordChain } from "./record-chain.ts";
import { recordDecision } from "./record-decision.ts";
import { recordMerge } from "./record-merge.ts";
import type { PushSighting, ReviewSighting } from "./sighting.ts";

/** How often a PR that changes under our eyes is read again before the next webhook has to bring us back. */
const mostReads = 3;

/** How many commands that change something one look carries out; the rest waits for the next one. */
const mostCommands = 20;

/**
 * Looks at one pull request: reads everything afresh, decides, records, publishes, and merges what is
 * approved. Level-triggered: what called it does not matter, and calling it twice changes nothing. Green is
 * published only after a second read gave the same decision (F5). Throws the errors of the ports; the caller
 * repeats it, and nothing that was recorded is lost.
 */
export async function look(
  gate: Gate,
  pull: number,
  { reviews, pushesTo }: Sightings,
): Promise<void> {
  await gate.ledger.sync();
  await observeReviews(gate, reviews);

  let seen = await readAndDecide(gate, pull);
  const pushes = pushesTo(seen.snapshot.pull.headRef);
  if ((await observePushes(gate, pushes)) === "something-new") {
    seen = await readAndDecide(gate, pull);
  }
  if ((await observeChecks(gate, seen.snapshot, seen.decision)) === "something-new") {
    seen = await readAndDecide(gate, pull);
  }
  if (seen.snapshot.pull.state === "merged") await recordMerge(gate, seen.snapshot);
  seen = await afterCommands(gate, seen);
  for (let read = 1; read < mostReads; read += 1) {
    if (seen.snapshot.pull.state === "merged") {
      await recordMerge(gate, seen.snapshot);
      return;
    }
    const entry = await recordDecision(gate, seen.snapshot, seen);
    const isOpen = seen.snapshot.pull.state === "open";
    if (!isOpen || seen.decision.verdict !== "approved") {
      await publishVerdict(gate, seen, isOpen ? "open" : "closed");
      if ((await recordIfOver(gate, seen.snapshot, { ...seen, entry })) === "over") {
        await tryToAnswer(gate, pull, await commentsOn(gate, pull));
        await gate.conversation.close(pull);
      }
      return;
    }
    await gate.ledger.sync();
    const again = await readAndDecide(gate, pull);
    if (decisionFingerprint(again.decision) === decisionFingerprint(seen.decision)) {
      await enforce(gate, again, entry);
      return;
    }
    seen = again;
  }
  gate.log("warn", "the pull request kept changing while it was read", { pull });
  throw new PullKeepsChanging(`#${pull} changed during ${mostReads} reads in a row.`);
}

/** What webhooks showed and no entry records yet. */
export interface Sightings {
  readonly reviews: readonly ReviewSighting[];
  readonly pushesTo: (branch: string) => readonly PushSighting[];
}

/** Worth a retry: somebody pushes, reviews or changes governance faster than we read. Nothing was merged. */
export class PullKeepsChanging extends Error {
  override readonly name = "PullKeepsChanging";
}

interface Seen {
  readonly snapshot: Snapshot;
  readonly decision: Decision;
  readonly decidedAt: Date;
}

async function readAndDecide(gate: Gate, pull: number): Promise<Seen> {
  const { reader, mirror, incidents, governedBranch } = gate;
  const ledger = gate.ledger.view();
  const sources = { forge: reader, mirror, ledger, incidents, governedBranch };
  const snapshot = await readSnapshot(sources, pull);
  const decidedAt = gate.clock.now();
  return { snapshot, decision: decide(snapshot, decidedAt), decidedAt };
}

/** Carries out what is asked for in comments, one command after the other, and what a removal by a person asks for. */
async function afterCommands(gate: Gate, first: Seen): Promise<Seen> {
  const { kind, pull } = first.decision;
  let seen = first;
  if (kind === "removal" && (await revokeByRemoval(gate, first.snapshot)) === "something-new") {
    seen = await readAndDecide(gate, pull);
  }
  // What is no request has commands only where somebody has to clear a violation.
  if (kind !== "request" && first.snapshot.ledger.violations.length === 0) return seen;
  await recordChain(gate, first.snapshot, first.decidedAt);
  if ((await endByIncident(gate, first.snapshot)) === "something-new") {
    seen = await readAndDecide(gate, pull);
  }
  const comments = await commentsOn(gate, pull);
  if (comments === null) return seen;
  if (openCommands(gate, seen.snapshot, comments).length > 0) {
    // In turn, like merges: what is carried out on one PR can exclude what is asked for on another.
    seen = await inMergeTurn(gate, () => carryOutAll(gate, pull, comments));
  }
  await tryToAnswer(gate, pull, comments);
  await tryToClose(gate, pull);
  return seen;
}

async function carryOutAll(
  gate: Gate,
  pull: number,
  comments: readonly ForgeComment[],
): Promise<Seen> {
  await gate.ledger.sync();
  let seen = await readAndDecide(gate, pull);
  if (isUnclaimed(seen.snapshot)) {
    await recordDecision(gate, seen.snapshot, seen);
    seen = await readAndDecide(gate, pull);
  }
  for (let carried = 0; carried < mostCommands; carried += 1) {
    const commands = openCommands(gate, seen.snapshot, comments);
    if ((await carryOut(gate, seen.snapshot, commands)) === "nothing-changed") break;
    seen = await readAndDecide(gate, pull);
  }
  return seen;
}

/** A conversation that cannot be read holds up no decision: the next look or sweep reads it. */
async function commentsOn(gate: Gate, pull: number): Promise<readonly ForgeComment[] | null> {
  try {
    return await gate.conversation.comments(pull);
  } catch (error) {
    gate.log("warn", "the comments could not be read", { pull, reason: failureText(error) });
    return null;
  }
}

/** An answer that cannot be written holds up nothing either: what it says is on record. */
async function tryToAnswer(
  gate: Gate,
  pull: number,
  comments: readonly ForgeComment[] | null,
): Promise<void> {
  if (comments === null) return;
  try {
    await answerCommands(gate, pull, comments);
  } catch (error) {
    gate.log("warn", "a command could not be answered", { pull, reason: failureText(error) });
  }
}

/** A review that is given is on record, whether or not its issue can be closed now: the next look closes it. */
async function tryToClose(gate: Gate, pull: number): Promise<void> {
  try {
    await closeReviewed(gate, pull);
  } catch (error) {
    gate.log("warn", "the issue of a review could not be closed", {
      pull,
      reason: failureText(error),
    });
  }
}

/** Nothing on record says yet whose request it is: that comes before any command about it. */
function isUnclaimed({ ledger, pull }: Snapshot): boolean {
  return pull.state === "open" && ledger.requests.some(({ firstPull }) => firstPull === null);
}

async function enforce(gate: Gate, seen: Seen, entry: EntryOf<"decision">): Promise<void> {
  const shown = await publishVerdict(gate, seen, "open");
  if (shown.verdict !== "approved" || seen.decision.kind === "ungoverned") return;
  await inMergeTurn(gate, () => merge(gate, seen, entry));
}

async function merge(gate: Gate, seen: Seen, entry: EntryOf<"decision">): Promise<void> {
  if (!(await isGovernanceStill(gate, seen.snapshot.governance.tip))) {
    throw new PullKeepsChanging(`Governance changed before #${seen.decision.pull} was merged.`);
  }
  // What was merged before this one's turn came may exclude it: a conflict, a limit, a denial elsewhere.
  await gate.ledger.sync();
  const now = await readAndDecide(gate, seen.decision.pull);
  if (decisionFingerprint(now.decision) !== decisionFingerprint(seen.decision)) {
    throw new PullKeepsChanging(`#${seen.decision.pull} changed before its turn to be merged.`);
  }
  const outcome = await mergeApproved(gate, seen, entry);
  if (outcome.outcome === "stale") {
    gate.log("warn", "an approved pull request could not be merged", {
      pull: seen.decision.pull,
      reason: outcome.reason,
    });
    return;
  }
  await gate.mirror.fetch();
  const merged = await readAndDecide(gate, seen.decision.pull);
  await recordMerge(gate, merged.snapshot);
}
