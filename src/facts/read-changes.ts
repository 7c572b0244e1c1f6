import { isGoverned } from "../core/decide/decision-digests.ts";
import type { Change } from "../core/model/snapshot.ts";
import type { Mirror, TreeChange } from "../ports/mirror.ts";
import { decodeText } from "./decode-text.ts";

/** A governed file larger than this is not read: it is refused whatever it says. */
const largestBytes = 262_144;
/** More governed changes than this in one PR are not read. */
const mostChanges = 300;

/** Reads the tree difference between two commits, with the text of every governed file after it. */
export async function readChanges(
  mirror: Mirror,
  from: string,
  to: string,
): Promise<readonly Change[]> {
  const changes = await mirror.changes(from, to);
  return Promise.all(changes.map((change, index) => withText(mirror, change, index)));
}

async function withText(mirror: Mirror, change: TreeChange, index: number): Promise<Change> {
  const { status, modeBefore, modeAfter, oidAfter } = change;
  // A path whose bytes are not UTF-8 is shown with U+FFFD: never equal to a governed one, and writable as JSON.
  const path = change.path.toWellFormed();
  const base = { path, status, modeBefore, modeAfter };
  if (oidAfter === null || index >= mostChanges || !isGoverned(path)) {
    return { ...base, text: null, size: null };
  }
  if (modeAfter === "160000") return { ...base, text: null, size: null };
  const bytes = await mirror.blob(oidAfter);
  const text = bytes.length <= largestBytes ? decodeText(bytes) : null;
  return { ...base, text, size: bytes.length };
}
