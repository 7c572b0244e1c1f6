import { entriesOf } from "../core/attest/ledger-view.ts";
import { clearingsOf } from "../core/plan/open-violations.ts";
import { accessOf } from "../facts/access-of.ts";
import { newestDecisions } from "../facts/newest-decision.ts";
import type { LedgerView } from "../core/attest/ledger-view.ts";
import type { Gate } from "./gate.ts";
import { failureText } from "./failure-text.ts";
import { openReviews } from "./open-reviews.ts";
import { recordDirectPushes } from "./record-direct-pushes.ts";
import { recordTrustRoot } from "./record-trust-root.ts";
import { revertEnded } from "./revert-ended.ts";
import type { PushSighting } from "./sighting.ts";

/**
 * How much a sweep looks at, each more than the one before: `ends` is only what the end of an access can have changed,
 * `open` also what a moved branch or a changed team can have, `everything` also what a lost webhook would have told of
 * pull requests that are merged long since. That heals crashes and downtime; it costs a look for every access in effect.
 */
export type SweepScope = (typeof sweepScopes)[number];

const sweepScopes = ["ends", "open", "everything"] as const;

/** The one of two that looks at more. */
export function widerScope(a: SweepScope, b: SweepScope): SweepScope {
  return sweepScopes.indexOf(a) > sweepScopes.indexOf(b) ? a : b;
}

/**
 * Finds every PR that may need a look: the open ones, those merged without an entry, the revert PRs of what has ended. What came
 * to the governed branch without any is recorded at once, and so is the next trust root; `seen` is who pushed there, as far as webhooks
 * showed it.
 */
export async function sweep(
  gate: Gate,
  scope: SweepScope,
  seen: readonly PushSighting[] = [],
): Promise<readonly number[]> {
  const before = await gate.ledger.sync();
  await gate.mirror.fetch();
  const merges = await tryToRecordPushes(gate, { before, seen });
  const reverts = await revertEnded(gate);
  const reviews = await openReviews(gate);
  const open = scope === "ends" ? null : await openPulls(gate);
  const closed = open === null ? [] : closedUnseen(gate, new Set(open));
  const all = new Set([
    ...(open ?? []),
    ...closed,
    ...reverts,
    ...merges,
    ...unrecordedMerges(gate),
    ...(scope === "everything" ? [...endable(gate), ...reviews, ...accused(gate)] : []),
  ]);
  // Last, because it may retire the key that all of this is signed with.
  await tryToRecordTrustRoot(gate);
  return [...all].sort((a, b) => a - b);
}

/** Merged PRs whose access is in effect or can still begin: a command there ends it early, also when its webhook was lost. */
function endable({ ledger, clock }: Gate): readonly number[] {
  const view = ledger.view();
  const ended = new Set(entriesOf(view, "ending").map(({ inputs }) => inputs.request));
  const now = clock.now().getTime();
  const newest = newestDecisions(view);
  return entriesOf(view, "merge").flatMap(({ inputs: { pull }, result: { kind, requests } }) => {
    const [name] = requests;
    if (kind !== "request" || name === undefined || ended.has(name)) return [];
    const state = accessOf(view, name);
    const notAfter = newest.get(pull)?.result.decision.notAfter ?? "";
    const isEndable =
      state === "active" || state === "failed" || (state === "none" && now < Date.parse(notAfter));
    return isEndable ? [pull] : [];
  });
}

/** PRs under a violation that nobody has cleared: a command there takes it off, also when its webhook was lost. */
function accused({ ledger }: Gate): readonly number[] {
  const view = ledger.view();
  const cleared = clearingsOf(view.decisions);
  return entriesOf(view, "violation").flatMap(({ seq, inputs: { pull, paths } }) => {
    if (cleared.has(seq)) return [];
    return pull === null ? pullsAbout(view, new Set(paths)) : [pull];
  });
}

/** PRs that were decided on and change one of the files. */
function pullsAbout(view: LedgerView, paths: ReadonlySet<string>): readonly number[] {
  return [...newestDecisions(view)].flatMap(([pull, { inputs }]) =>
    inputs.snapshot.pull.changes.some(({ path }) => paths.has(path)) ? [pull] : [],
  );
}

/** What cannot be told of the branch now must not keep what has ended from being looked at: the next sweep walks it again. */
async function tryToRecordPushes(
  gate: Gate,
  walked: Parameters<typeof recordDirectPushes>[1],
): Promise<readonly number[]> {
  try {
    return await recordDirectPushes(gate, walked);
  } catch (error) {
    gate.log("error", "the governed branch could not be judged and waits for the next sweep", {
      reason: failureText(error),
    });
    return [];
  }
}

/** New keys that cannot be entered now must not keep what has ended from being looked at, either. */
async function tryToRecordTrustRoot(gate: Gate): Promise<void> {
  try {
    await recordTrustRoot(gate);
  } catch (error) {
    gate.log("error", "the trust root on the governed branch waits for the next sweep", {
      reason: failureText(error),
    });
  }
}

/** PRs that were open when last decided on and are not any more: what they ask for stands in the way of others. */
function closedUnseen(gate: Gate, open: ReadonlySet<number>): readonly number[] {
  const settled = settledPulls(gate);
  return [...newestDecisions(gate.ledger.view())].flatMap(([pull, { inputs }]) =>
    inputs.snapshot.pull.state === "open" && !open.has(pull) && !settled.has(pull) ? [pull] : [],
  );
}

/** A forge that does not list them now must not keep what has ended from being looked at. */
async function openPulls({ reader, log }: Gate): Promise<readonly number[] | null> {
  try {
    return await reader.openPulls();
  } catch (error) {
    log("warn", "the open pull requests could not be listed", { reason: failureText(error) });
    return null;
  }
}

/** PRs that were approved and for which the ledger has no merge and no violation yet. */
function unrecordedMerges(gate: Gate): readonly number[] {
  const settled = settledPulls(gate);
  return [...newestDecisions(gate.ledger.view())].flatMap(
    ([
      pull,
      {
        result: { decision },
      },
    ]) =>
      !settled.has(pull) && decision.verdict === "approved" && decision.kind !== "ungoverned"
        ? [pull]
        : [],
  );
}

/** PRs whose merge is recorded, or is a violation. A violation that names no commit is not about a merge. */
function settledPulls({ ledger }: Gate): ReadonlySet<number | null> {
  const view = ledger.view();
  return new Set([
    ...entriesOf(view, "merge").map(({ inputs }) => inputs.pull),
    ...entriesOf(view, "violation").flatMap(({ inputs }) =>
      inputs.commit === null ? [] : [inputs.pull],
    ),
  ]);
}
