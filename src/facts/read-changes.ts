import { isGoverned } from "../core/decide/decision-digests.ts";
import type { Change, MissingFact } from "../core/model/snapshot.ts";
import type { Mirror, TreeChange } from "../ports/mirror.ts";
import { decodeText } from "./decode-text.ts";

/** A governed file larger than this is not read: it is refused whatever it says. */
const largestBytes = 262_144;
/** More text than this in one PR is not read. */
const mostBytes = 2_097_152;
/** More changes than this in one PR are not kept, governed and others counted apart: they decide the kind together. */
const mostChanges = 300;

/** What two commits differ in, as far as it is kept. */
export interface Difference {
  readonly changes: readonly Change[];
  /** Every path that differs, also those that are not kept. */
  readonly paths: ReadonlySet<string>;
  readonly missing: readonly MissingFact[];
}

/**
 * Reads the tree difference between two commits, with the text of every governed file after it. What is kept is
 * bounded, so that one PR cannot make an entry that the ledger cannot take, and what is left out is named in `missing`.
 */
export async function readChanges(mirror: Mirror, from: string, to: string): Promise<Difference> {
  // A path whose bytes are not UTF-8 is shown with U+FFFD: never equal to a governed one, and writable as JSON.
  const all = (await mirror.changes(from, to)).map((change) => ({
    ...change,
    path: change.path.toWellFormed(),
  }));
  const governed = new Set(all.filter(({ path }) => isGoverned(path)).slice(0, mostChanges));
  const others = new Set(all.filter(({ path }) => !isGoverned(path)).slice(0, mostChanges));
  const changes: Change[] = [];
  let bytesLeft = mostBytes;
  for (const change of all.filter((each) => governed.has(each) || others.has(each))) {
    const kept = await withText(mirror, change, governed.has(change) ? bytesLeft : 0);
    bytesLeft -= kept.size ?? 0;
    changes.push(kept);
  }
  const paths = new Set(all.map(({ path }) => path));
  const left = all.length - changes.length;
  if (left === 0) return { changes, paths, missing: [] };
  return { changes, paths, missing: [{ fact: "files", reason: `${left} files are too many.` }] };
}

async function withText(mirror: Mirror, change: TreeChange, mostBytes: number): Promise<Change> {
  const { path, status, modeBefore, modeAfter, oidAfter } = change;
  const base = { path, status, modeBefore, modeAfter };
  if (oidAfter === null || mostBytes <= 0 || modeAfter === "160000") {
    return { ...base, text: null, size: null };
  }
  const bytes = await mirror.blob(oidAfter);
  const text = bytes.length <= Math.min(largestBytes, mostBytes) ? decodeText(bytes) : null;
  return { ...base, text, size: bytes.length };
}
