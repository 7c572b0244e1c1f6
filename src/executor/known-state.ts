import { copyFile, mkdir, open, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Entry } from "../core/model/entry.ts";
import { grantOf } from "../core/plan/access-state.ts";
import type { Log } from "../ports/log.ts";
import { writeDurably } from "./write-durably.ts";

/**
 * What the executor has to know after a restart when nobody answers: the entries of every open grant, so that
 * it is revoked on time all the same, and the newest it has seen of the governed branch and of the clock.
 */
export interface KnownState {
  readonly entries: readonly Entry[];
  /** Newest tip of the governed branch; one that does not contain it gives no grants. */
  readonly main: string | null;
  /** Time of the newest entry read (ISO 8601). */
  readonly newestAt: string | null;
}

/** What became of the state. */
export interface KnownChange {
  /** Entries of open grants; those that are known already are left out. */
  readonly added: readonly Entry[];
  /** Ids of grants that are not open any more: their entries are forgotten. */
  readonly ended: readonly string[];
  readonly main: string | null;
  readonly newestAt: string | null;
}

/** Keeps the known state on the executor's own disk. */
export interface KnownStore {
  read(): KnownState;
  /** Carries a change out, durable when it returns; writes nothing when it changes nothing. Throws what the file system throws. */
  write(change: KnownChange): Promise<void>;
}

/**
 * Opens the state in a folder: a file of changes, one a line, written anew when most of it is no longer true. A change costs what it is
 * long, not what there is. A line that a crash cut off was never promised and is dropped; any other that cannot be read is logged, the
 * file kept aside, and the rest believed: the ledger has what is missing, and to revoke once more does no harm.
 */
export async function openKnownState(folder: string, log: Log): Promise<KnownStore> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, "known.jsonl");
  const state = growingState();
  // As many lines as were added since the file was last written as a whole; after a fault it has to be.
  let entriesInFile = 0;
  let fileIs: "whole" | "torn" = await readInto(state, file, log);
  entriesInFile = state.size();
  let writing: Promise<void> = Promise.resolve();

  const rewrite = async (): Promise<void> => {
    await writeDurably(file, lineOf(state.whole()));
    entriesInFile = state.size();
    fileIs = "whole";
  };
  const save = async (change: KnownChange): Promise<void> => {
    const news = state.news(change);
    if (news === null && fileIs === "whole") return;
    if (news !== null) state.apply(news);
    entriesInFile += news?.added.length ?? 0;
    if (news === null || fileIs === "torn" || entriesInFile > 2 * state.size() + mostStale) {
      fileIs = "torn";
      await rewrite();
      return;
    }
    fileIs = "torn";
    await append(file, lineOf(news));
    fileIs = "whole";
  };
  return {
    read: () => state.read(),
    write(change) {
      // One after the other: two writers of one file would mix their bytes.
      const turn = writing.then(() => save(change));
      writing = turn.catch(() => undefined);
      return turn;
    },
  };
}

/** Entries of grants that ended may stand in the file until there are so many of them. */
const mostStale = 256;

function growingState() {
  const byGrant = new Map<string, Map<string, Entry>>();
  let main: string | null = null;
  let newestAt: string | null = null;
  let size = 0;
  const entries = (): readonly Entry[] => [...byGrant.values()].flatMap((own) => [...own.values()]);
  const isKnown = (entry: Entry): boolean =>
    byGrant.get(idOf(entry))?.has(entry.idempotencyKey) === true;
  return {
    size: () => size,
    read: (): KnownState => ({
      get entries() {
        return entries();
      },
      ...{ main, newestAt },
    }),
    whole: (): KnownChange => ({ added: entries(), ended: [], main, newestAt }),
    /** What of a change is new; `null` when nothing is. */
    news(change: KnownChange): KnownChange | null {
      const added = change.added.filter((entry) => !isKnown(entry));
      const ended = change.ended.filter((id) => byGrant.has(id));
      const isSame = change.main === main && change.newestAt === newestAt;
      if (added.length === 0 && ended.length === 0 && isSame) return null;
      return { ...change, added, ended };
    },
    apply(change: KnownChange): void {
      for (const id of change.ended) {
        size -= byGrant.get(id)?.size ?? 0;
        byGrant.delete(id);
      }
      for (const entry of change.added) {
        if (isKnown(entry)) continue;
        const own = byGrant.get(idOf(entry)) ?? new Map<string, Entry>();
        byGrant.set(idOf(entry), own.set(entry.idempotencyKey, entry));
        size += 1;
      }
      ({ main, newestAt } = change);
    },
  };
}

/** What is about no grant that can be named is kept by its own key. */
function idOf(entry: Entry): string {
  return grantOf(entry)?.id ?? entry.idempotencyKey;
}

async function readInto(
  state: ReturnType<typeof growingState>,
  file: string,
  log: Log,
): Promise<"whole" | "torn"> {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return "";
    throw error;
  });
  const lines = text.split("\n");
  const cut = lines.pop() ?? "";
  const changes = lines.map(readLine);
  for (const change of changes) if (change !== null) state.apply(change);
  if (changes.includes(null)) {
    await copyFile(file, `${file}.unreadable`);
    log("error", "A part of the known state could not be read; the file was kept aside", { file });
    return "torn";
  }
  return cut === "" ? "whole" : "torn";
}

function readLine(line: string): KnownChange | null {
  try {
    const value: unknown = JSON.parse(line);
    return isKnownChange(value) ? value : null;
  } catch {
    return null;
  }
}

function isKnownChange(value: unknown): value is KnownChange {
  const { added, ended, main, newestAt } = (value ?? {}) as Partial<KnownChange>;
  return (
    Array.isArray(added) && Array.isArray(ended) && main !== undefined && newestAt !== undefined
  );
}

function lineOf(change: KnownChange): string {
  return `${JSON.stringify(change)}\n`;
}

async function append(file: string, text: string): Promise<void> {
  const handle = await open(file, "a", 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
