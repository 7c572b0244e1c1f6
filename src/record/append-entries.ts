import type { Follower, Position } from "./follow-ledgers.ts";
import type { GiveWay } from "./give-way.ts";
import { sealEntries, storedFrom } from "./seal-entries.ts";
import { entryByKey } from "../core/attest/ledger-view.ts";
import type { Entry, EntryDraft, LedgerBranch } from "../core/model/entry.ts";
import type { Chance } from "../ports/chance.ts";
import type { Clock } from "../ports/clock.ts";
import { LedgerMoved, LedgerUnreachable } from "../ports/ledger-store.ts";
import type { LedgerStore } from "../ports/ledger-store.ts";
import type { Signer } from "../ports/signer.ts";

/** Who writes which branch, and with what. */
export interface Writer {
  readonly store: LedgerStore;
  readonly signer: Signer;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly branch: LedgerBranch;
  readonly giveWay: GiveWay;
}

/** How often an append goes on after another writer was faster: each time one of them got on, so all of them do. */
const mostLosses = 60;
/** How often an append goes on when the remote does not answer. */
const mostSilences = 8;
const firstPauseMilliseconds = 100;
const longestPauseMilliseconds = { moved: 500, unreachable: 5_000 } as const;

type Setback = keyof typeof longestPauseMilliseconds;

/**
 * Appends drafts by compare-and-swap, looking for their idempotency keys before every push: a push may have
 * succeeded although it failed here. Between its attempts it waits for a time drawn by lot, because writers
 * that lost together and came back together would lose together again. Throws what the last of its attempts threw.
 */
export async function appendEntries(
  drafts: readonly EntryDraft[],
  follower: Follower,
  writer: Writer,
): Promise<readonly Entry[]> {
  const setbacks = { moved: 0, unreachable: 0 };
  await writer.giveWay.beforePush();
  for (;;) {
    try {
      if (setbacks.moved + setbacks.unreachable > 0) await follower.advance();
      return await appendOnce(drafts, follower, writer);
    } catch (error) {
      const setback = setbackOf(error);
      if (setback === null) throw error;
      if (setback === "moved") writer.giveWay.rivalSeen();
      setbacks[setback] += 1;
      if (setbacks.moved > mostLosses || setbacks.unreachable >= mostSilences) throw error;
      await writer.clock.sleep(pauseMilliseconds(setback, setbacks[setback], writer.chance));
    }
  }
}

function setbackOf(error: unknown): Setback | null {
  if (error instanceof LedgerMoved) return "moved";
  return error instanceof LedgerUnreachable ? "unreachable" : null;
}

async function appendOnce(
  drafts: readonly EntryDraft[],
  follower: Follower,
  { store, signer, clock, branch, giveWay }: Writer,
): Promise<readonly Entry[]> {
  const position = follower.position();
  const missing = withoutRepeats(drafts).filter(
    ({ idempotencyKey }) => entryByKey(position.view, branch, idempotencyKey) === null,
  );
  if (missing.length === 0) return entriesFor(drafts, position, branch);
  const sealed = sealEntries(missing, position, branch, signer, clock.now());
  const expected = position.chains.get(branch)?.commit ?? null;
  const startedAt = clock.now();
  const commits = await store.append(branch, expected, sealed);
  giveWay.pushed(startedAt);
  return entriesFor(drafts, follower.take(branch, storedFrom(sealed, commits, expected)), branch);
}

function withoutRepeats(drafts: readonly EntryDraft[]): readonly EntryDraft[] {
  const byKey = new Map<string, EntryDraft>();
  for (const draft of drafts) {
    if (!byKey.has(draft.idempotencyKey)) byKey.set(draft.idempotencyKey, draft);
  }
  return [...byKey.values()];
}

function entriesFor(
  drafts: readonly EntryDraft[],
  { view }: Position,
  branch: LedgerBranch,
): readonly Entry[] {
  return drafts
    .map(({ idempotencyKey }) => entryByKey(view, branch, idempotencyKey))
    .filter((entry) => entry !== null);
}

function pauseMilliseconds(setback: Setback, count: number, chance: Chance): number {
  const longest = longestPauseMilliseconds[setback];
  return chance.draw() * Math.min(firstPauseMilliseconds * 2 ** (count - 1), longest);
}
