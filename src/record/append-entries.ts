import type { Follower, Position } from "./follow-ledgers.ts";
import { sealEntries, storedFrom } from "./seal-entries.ts";
import { entryByKey } from "../core/attest/ledger-view.ts";
import type { Entry, EntryDraft, LedgerBranch } from "../core/model/entry.ts";
import type { Clock } from "../ports/clock.ts";
import { LedgerMoved, LedgerUnreachable } from "../ports/ledger-store.ts";
import type { LedgerStore } from "../ports/ledger-store.ts";
import type { Signer } from "../ports/signer.ts";

/** Who writes which branch, and with what. */
export interface Writer {
  readonly store: LedgerStore;
  readonly signer: Signer;
  readonly clock: Clock;
  readonly branch: LedgerBranch;
}

const maxAttempts = 8;
const firstPauseMilliseconds = 100;
const longestPauseMilliseconds = 5_000;

/**
 * Appends drafts by compare-and-swap, looking for their idempotency keys before every push: a push may have
 * succeeded although it failed here. Throws what the last of its attempts threw.
 */
export async function appendEntries(
  drafts: readonly EntryDraft[],
  follower: Follower,
  writer: Writer,
): Promise<readonly Entry[]> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      if (attempt > 1) await follower.advance();
      return await appendOnce(drafts, follower, writer);
    } catch (error) {
      const retryable = error instanceof LedgerMoved || error instanceof LedgerUnreachable;
      if (!retryable || attempt >= maxAttempts) throw error;
      await writer.clock.sleep(pauseMilliseconds(attempt));
    }
  }
}

async function appendOnce(
  drafts: readonly EntryDraft[],
  follower: Follower,
  { store, signer, clock, branch }: Writer,
): Promise<readonly Entry[]> {
  const position = follower.position();
  const missing = withoutRepeats(drafts).filter(
    ({ idempotencyKey }) => entryByKey(position.view, branch, idempotencyKey) === null,
  );
  if (missing.length === 0) return entriesFor(drafts, position, branch);
  const sealed = sealEntries(missing, position, branch, signer, clock.now());
  const expected = position.chains.get(branch)?.commit ?? null;
  const commits = await store.append(branch, expected, sealed);
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

function pauseMilliseconds(attempt: number): number {
  return Math.min(firstPauseMilliseconds * 2 ** (attempt - 1), longestPauseMilliseconds);
}
