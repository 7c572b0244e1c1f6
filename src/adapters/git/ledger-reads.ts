import type { StoredEntry } from "../../ports/ledger-store.ts";
import { LedgerRewritten } from "../../ports/ledger-store.ts";
import type { GitClient } from "./git-client.ts";
import type { BatchObject } from "./batch-answers.ts";
import { ObjectAltered, objectReader } from "./object-reader.ts";
import type { ObjectReader } from "./object-reader.ts";
import { objectId } from "./oid.ts";
import { parseCommit, parseTree } from "./raw-objects.ts";
import type { RawCommit } from "./raw-objects.ts";

/** Reads the entries after `after` up to `head`, oldest first, along first parents, piece by piece. */
export type ReadEntries = (
  head: string,
  after: string | null,
) => AsyncIterable<readonly StoredEntry[]>;

/** The one file of a ledger commit. */
export const entryFile = "entry.dsse.json";

/**
 * Reads ledger commits of one repository in bulk. Commits, their order and the bytes of entries are hashed
 * here, so what comes back is what the head's id names. Throws LedgerRewritten when `after` is not on the
 * way, and when an object was altered or is gone.
 */
export function ledgerReads(client: GitClient): ReadEntries {
  const objects = objectReader(client);
  return async function* entries(head, after) {
    if (head === after) return;
    try {
      const oids = await firstParentOids(client, head, after);
      let present: Promise<readonly StoredEntry[]> | null = null;
      for (let at = 0; at < oids.length; at += chunk) {
        // The next piece is read while the present one is looked at.
        const next = readChunk(objects, oids.slice(at, at + chunk), oids[at - 1] ?? after);
        // Should the reader of this stop here, nobody would hear of its failure.
        next.catch(() => undefined);
        if (present !== null) yield await present;
        present = next;
      }
      if (present !== null) yield await present;
    } catch (cause) {
      if (cause instanceof ObjectAltered) throw new LedgerRewritten(cause.message, null, { cause });
      throw cause;
    }
  };
}

/** Counts the entries up to `head`; 0 when there is none. Throws LedgerRewritten. */
export async function countEntries(client: GitClient, head: string | null): Promise<number> {
  if (head === null) return 0;
  const answer = await client.run(["rev-list", "--count", "--first-parent", head, "--"]);
  if (answer.code === 0) return Number(answer.stdout.toString("latin1"));
  throw new LedgerRewritten(`the ledger cannot be walked: ${answer.stderr}`, null);
}

/** Gathers all pieces. */
export async function gathered(
  pieces: AsyncIterable<readonly StoredEntry[]>,
): Promise<readonly StoredEntry[]> {
  const all: StoredEntry[] = [];
  for await (const piece of pieces) all.push(...piece);
  return all;
}

/** How many entries a piece has: a decision is some 40 KB, and more at a time only costs memory. */
const chunk = 256;

async function readChunk(
  objects: ObjectReader,
  oids: readonly string[],
  after: string | null,
): Promise<readonly StoredEntry[]> {
  const commits = linked(oids, await objects.read(oids), after);
  const files = await objects.read(commits.map(({ tree }) => `${tree}:${entryFile}`));
  return Promise.all(
    commits.map(async (commit, index) => {
      const file = files[index] ?? null;
      if (file === null) await requireAbsent(objects, commit);
      return stored(commit, file);
    }),
  );
}

/**
 * Tells a commit without the file, which somebody wrote so, from one whose file is gone from this clone, which says
 * nothing about who wrote what.
 */
async function requireAbsent(objects: ObjectReader, { oid, tree }: LedgerCommit): Promise<void> {
  const [folder] = await objects.read([tree]);
  const isGone =
    folder?.type !== "tree" ||
    parseTree(folder.bytes, tree.length / 2)?.some(({ name }) => name === entryFile) === true;
  if (!isGone) return;
  throw new LedgerRewritten(
    `${entryFile} of ledger commit ${oid} is missing from this clone: take a fresh clone`,
    null,
  );
}

async function firstParentOids(client: GitClient, head: string, after: string | null) {
  const range = after === null ? [head] : [head, `^${after}`];
  const answer = await client.run(["rev-list", "--reverse", "--first-parent", ...range, "--"]);
  if (answer.code === 0) return answer.stdout.toString("latin1").split("\n").slice(0, -1);
  throw new LedgerRewritten(`the ledger cannot be walked: ${answer.stderr}`, null);
}

type LedgerCommit = RawCommit & { readonly oid: string };

/** Each commit's first parent must be the one before it: `after` not being there shows as a gap. */
function linked(
  oids: readonly string[],
  objects: readonly (BatchObject | null)[],
  after: string | null,
): readonly LedgerCommit[] {
  let previous = after;
  return oids.map((oid, index) => {
    const commit = parseCommit(objects[index]?.bytes ?? Buffer.alloc(0));
    if (commit !== null && (commit.parents[0] ?? null) === previous) {
      previous = oid;
      return { ...commit, oid };
    }
    throw new LedgerRewritten(
      `ledger commit ${oid} does not follow ${previous ?? "nothing"}`,
      null,
    );
  });
}

function stored(commit: LedgerCommit, file: BatchObject | null): StoredEntry {
  const { oid, parents, message } = commit;
  return { commit: oid, parents, message, bytes: onlyFile(commit, file) };
}

/** A tree with exactly that one file, mode 100644, has exactly one possible id. */
function onlyFile(commit: LedgerCommit, file: BatchObject | null): string | null {
  if (file?.type !== "blob") return null;
  const expected = Buffer.concat([
    Buffer.from(`100644 ${entryFile}\0`),
    Buffer.from(file.oid, "hex"),
  ]);
  if (objectId("tree", expected, commit.oid) !== commit.tree) return null;
  const text = file.bytes.toString("utf8");
  // Bytes that are not UTF-8 would come back changed: such an entry cannot be one of ours.
  return Buffer.from(text).equals(file.bytes) ? text : null;
}
