import { createHash } from "node:crypto";
import type { LedgerBranch } from "../../core/model/entry.ts";
import { LedgerMoved, LedgerRewritten, LedgerUnreachable } from "../../ports/ledger-store.ts";
import type { LedgerStore, NewEntry, StoredEntry } from "../../ports/ledger-store.ts";

/** The remote that stores in memory share: a push of one shows to the others after their `fetch`. */
export interface MemoryLedgerRemote {
  /** Reads a branch as it is on the remote now, oldest first. */
  commits(branch: LedgerBranch): readonly StoredEntry[];
  /** Replaces a branch by other commits, as a force-push would; empty deletes it. */
  forcePush(branch: LedgerBranch, commits: readonly StoredEntry[]): void;
  /** Makes `fetch` and `append` throw LedgerUnreachable until `goOnline`. */
  goOffline(): void;
  goOnline(): void;
  /** Lets the next push succeed while its writer is told LedgerUnreachable. */
  loseNextAnswer(): void;
  /** Throws LedgerUnreachable when offline. */
  requireOnline(): void;
  /** Tells whether an answer gets lost, once for every `loseNextAnswer`. */
  takeLostAnswer(): "lost" | "arrives";
}

/** What a store remembers between restarts: the newest commits that it has seen. */
export type MemoryLedgerDisk = Map<LedgerBranch, readonly StoredEntry[]>;

/** Makes an empty remote. */
export function memoryLedgerRemote(): MemoryLedgerRemote {
  const branches = new Map<LedgerBranch, readonly StoredEntry[]>();
  let line: "online" | "offline" = "online";
  let lost = 0;
  return {
    commits: (branch) => branches.get(branch) ?? [],
    forcePush: (branch, commits) => void branches.set(branch, commits),
    goOffline: () => void (line = "offline"),
    goOnline: () => void (line = "online"),
    loseNextAnswer: () => void (lost += 1),
    requireOnline: () => {
      if (line === "offline") throw new LedgerUnreachable("the remote is offline");
    },
    takeLostAnswer: () => {
      if (lost === 0) return "arrives";
      lost -= 1;
      return "lost";
    },
  };
}

/** Opens a store on a remote; a store opened on the same `disk` remembers what the first had seen. */
export function memoryLedgerStore(
  remote: MemoryLedgerRemote = memoryLedgerRemote(),
  disk: MemoryLedgerDisk = new Map(),
): LedgerStore {
  const seen = (branch: LedgerBranch) => disk.get(branch) ?? [];
  return {
    fetch: async () => {
      await Promise.resolve();
      remote.requireOnline();
      for (const branch of ledgerBranches) {
        requireSame(branch, seen(branch), remote.commits(branch));
        disk.set(branch, remote.commits(branch));
      }
    },
    read: async (branch, after) => {
      await Promise.resolve();
      if (after === null) return seen(branch);
      const at = seen(branch).findIndex(({ commit }) => commit === after);
      if (at >= 0) return seen(branch).slice(at + 1);
      throw new LedgerRewritten(`${branch} does not contain ${after}`, branch);
    },
    size: (branch) => Promise.resolve(seen(branch).length),
    pieces: async function* pieces(branch) {
      await Promise.resolve();
      const all = seen(branch);
      for (let at = 0; at < all.length; at += pieceLength) yield all.slice(at, at + pieceLength);
    },
    append: async (branch, expected, entries) => {
      await Promise.resolve();
      if (entries.length === 0) return [];
      requireHead(branch, expected, seen(branch));
      remote.requireOnline();
      requireHead(branch, expected, remote.commits(branch));
      const commits = chained(expected, entries);
      const grown = [...remote.commits(branch), ...commits];
      remote.forcePush(branch, grown);
      if (remote.takeLostAnswer() === "lost") throw new LedgerUnreachable("the answer was lost");
      disk.set(branch, grown);
      return commits.map(({ commit }) => commit);
    },
  };
}

/** Small, so that whoever reads in pieces is seen to put them together. */
const pieceLength = 5;

const ledgerBranches: readonly LedgerBranch[] = ["audit/decisions", "audit/executions"];

function requireSame(
  branch: LedgerBranch,
  seen: readonly StoredEntry[],
  now: readonly StoredEntry[],
): void {
  if (seen.every(({ commit }, index) => now[index]?.commit === commit)) return;
  throw new LedgerRewritten(`${branch} lost commits on the remote that were seen before`, branch);
}

function requireHead(
  branch: LedgerBranch,
  expected: string | null,
  commits: readonly StoredEntry[],
): void {
  if ((commits.at(-1)?.commit ?? null) === expected) return;
  throw new LedgerMoved(`${branch} has moved: fetch and chain again`);
}

function chained(expected: string | null, entries: readonly NewEntry[]): readonly StoredEntry[] {
  let parent = expected;
  return entries.map(({ bytes, message }) => {
    const parents = parent === null ? [] : [parent];
    const told = JSON.stringify([parents, message, bytes]);
    const commit = createHash("sha1").update(told).digest("hex");
    parent = commit;
    return { commit, parents, message, bytes };
  });
}
