import { mkdir, readFile, readdir, rename, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import type { EntryDraft } from "../core/model/entry.ts";
import type { Log } from "../ports/log.ts";
import { writeDurably } from "./write-durably.ts";

/** An entry that waits to be pushed. */
export interface Waiting {
  readonly draft: EntryDraft;
  /**
   * Idempotency key of the entry whose digest belongs into `inputs.intent`: it gets one when it is pushed, which
   * a revoke does not wait for. `null` when the draft is complete.
   */
  readonly refersTo: string | null;
}

/** Entries that happened and are not on the remote yet; they outlive a crash. */
export interface Outbox {
  /** Lists what waits, in the order in which it happened. */
  waiting(): readonly Waiting[];
  /**
   * Adds entries, durable when it returns; an idempotency key that waits already is not added again. Throws
   * what the file system throws, and keeps the entries in memory all the same.
   */
  put(entries: readonly Waiting[]): Promise<void>;
  /** Takes out the entries with these idempotency keys, after they were pushed. */
  drop(keys: ReadonlySet<string>): Promise<void>;
}

interface Batch {
  readonly file: string;
  readonly entries: readonly Waiting[];
}

/**
 * Opens the outbox in a folder, one file a batch. A file that cannot be read is set aside and logged: what it
 * said is found out again from the target, and must not keep the rest from being revoked.
 */
export async function openOutbox(folder: string, log: Log): Promise<Outbox> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  let batches = await readBatches(folder, log);
  let unsaved: readonly Waiting[] = [];
  let next = 1 + Math.max(-1, ...batches.map(({ file }) => Number.parseInt(basename(file), 10)));
  let writing: Promise<void> = Promise.resolve();

  const waiting = (): readonly Waiting[] => [
    ...batches.flatMap(({ entries }) => entries),
    ...unsaved,
  ];
  // Whatever was put while another batch was being written is one batch: many entries, one fsync.
  const save = async (): Promise<void> => {
    const entries = unsaved;
    if (entries.length === 0) return;
    const file = join(folder, `${String(next).padStart(12, "0")}.json`);
    await writeDurably(file, JSON.stringify(entries));
    next += 1;
    batches = [...batches, { file, entries }];
    unsaved = unsaved.slice(entries.length);
  };
  return {
    waiting,
    async put(entries) {
      const known = new Set(waiting().map(({ draft }) => draft.idempotencyKey));
      unsaved = [...unsaved, ...entries.filter(({ draft }) => !known.has(draft.idempotencyKey))];
      const turn = writing.then(save);
      writing = turn.catch(() => undefined);
      await turn;
    },
    async drop(keys) {
      const turn = writing.then(async () => {
        const left = (entries: readonly Waiting[]): readonly Waiting[] =>
          entries.filter(({ draft }) => !keys.has(draft.idempotencyKey));
        unsaved = left(unsaved);
        batches = batches.map(({ file, entries }) => ({ file, entries: left(entries) }));
        for (const { file, entries } of batches) {
          if (entries.length === 0) await rm(file, { force: true });
        }
        batches = batches.filter(({ entries }) => entries.length > 0);
      });
      writing = turn.catch(() => undefined);
      await turn;
    },
  };
}

async function readBatches(folder: string, log: Log): Promise<readonly Batch[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".json")).sort();
  const batches: Batch[] = [];
  for (const name of names) {
    const file = join(folder, name);
    const entries = await readBatch(file, log);
    if (entries !== null) batches.push({ file, entries });
  }
  return batches;
}

async function readBatch(file: string, log: Log): Promise<readonly Waiting[] | null> {
  try {
    const value: unknown = JSON.parse(await readFile(file, "utf8"));
    if (Array.isArray(value) && value.every(isWaiting)) return value;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  await rename(file, `${file}.unreadable`);
  log("error", "An outbox file could not be read and was set aside", { file });
  return null;
}

function isWaiting(value: unknown): value is Waiting {
  const { draft } = (value ?? {}) as Partial<Waiting>;
  return typeof draft?.idempotencyKey === "string" && typeof draft.type === "string";
}
