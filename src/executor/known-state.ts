import { mkdir, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import type { Entry } from "../core/model/entry.ts";
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

/** Keeps the known state on the executor's own disk. */
export interface KnownStore {
  read(): KnownState;
  /** Replaces the state, durable when it returns; writes nothing when nothing changed. */
  write(state: KnownState): Promise<void>;
}

const nothingKnown: KnownState = { entries: [], main: null, newestAt: null };

/** Opens the state in a folder. A file that cannot be read is set aside and logged: the ledger has the rest. */
export async function openKnownState(folder: string, log: Log): Promise<KnownStore> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, "known.json");
  let state = await readState(file, log);
  let onDisk = JSON.stringify(state);
  let writing: Promise<void> = Promise.resolve();
  return {
    read: () => state,
    write(changed) {
      const text = JSON.stringify(changed);
      // One after the other: two writers of one temporary file would mix their bytes.
      const turn = writing.then(async () => {
        if (text !== onDisk) await writeDurably(file, text);
        onDisk = text;
        state = changed;
      });
      writing = turn.catch(() => undefined);
      return turn;
    },
  };
}

async function readState(file: string, log: Log): Promise<KnownState> {
  try {
    const value: unknown = JSON.parse(await readFile(file, "utf8"));
    if (isKnownState(value)) return value;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return nothingKnown;
    if (!(error instanceof SyntaxError)) throw error;
  }
  await rename(file, `${file}.unreadable`);
  log("error", "The known state could not be read and was set aside", { file });
  return nothingKnown;
}

function isKnownState(value: unknown): value is KnownState {
  const { entries, main, newestAt } = (value ?? {}) as Partial<KnownState>;
  return Array.isArray(entries) && main !== undefined && newestAt !== undefined;
}
