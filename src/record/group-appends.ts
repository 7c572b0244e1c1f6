import type { Entry, EntryDraft } from "../core/model/entry.ts";
import { DraftRefused } from "./ledger-errors.ts";

/** How a group of appends becomes one push, and what is waited for between two of them. */
export interface GroupedWriting {
  /** Appends the drafts of several callers in one push and returns their entries, one a draft. */
  readonly write: (drafts: readonly EntryDraft[]) => Promise<readonly Entry[]>;
  /** Lets more drafts gather; asked for only when some wait already as a push ends. */
  readonly gather: () => Promise<void>;
}

/** Appends drafts, together with what others append at the same time. */
export type Append = (drafts: readonly EntryDraft[]) => Promise<readonly Entry[]>;

/** A push carries no more drafts than this, but for a single caller who brings more. */
const mostDrafts = 200;

/**
 * Makes an `append` that pushes at once when idle and, while a push runs, gathers what others bring for one next
 * push. Callers go first come, first served, and the drafts of each stay in their order and together. A group
 * that is refused for a draft is divided until only the caller who brought it is refused; every other error is
 * everybody's, because then it is not known whether anything was written.
 */
export function groupAppends({ write, gather }: GroupedWriting): Append {
  let waiting: Caller[] = [];
  let state: "idle" | "writing" = "idle";
  const run = async (): Promise<void> => {
    while (waiting.length > 0) {
      const group = nextGroup(waiting);
      waiting = waiting.slice(group.length);
      await writeGroup(group, write);
      if (waiting.length > 0) await gather();
    }
    state = "idle";
  };
  return (drafts) =>
    new Promise((resolve, reject) => {
      waiting.push({ drafts, resolve, reject });
      if (state === "writing") return;
      state = "writing";
      // One turn later, so that what is asked for in the same breath goes in the same push.
      void Promise.resolve().then(run);
    });
}

interface Caller {
  readonly drafts: readonly EntryDraft[];
  readonly resolve: (entries: readonly Entry[]) => void;
  readonly reject: (error: unknown) => void;
}

function nextGroup(waiting: readonly Caller[]): readonly Caller[] {
  let drafts = 0;
  const tooMany = waiting.findIndex((caller, index) => {
    drafts += caller.drafts.length;
    return index > 0 && drafts > mostDrafts;
  });
  return tooMany === -1 ? waiting : waiting.slice(0, tooMany);
}

/** Settles every caller of the group; never rejects. */
async function writeGroup(group: readonly Caller[], write: GroupedWriting["write"]): Promise<void> {
  try {
    const entries = await write(group.flatMap(({ drafts }) => drafts));
    let from = 0;
    for (const { drafts, resolve } of group) resolve(entries.slice(from, (from += drafts.length)));
  } catch (error) {
    if (!(error instanceof DraftRefused) || group.length === 1) {
      for (const { reject } of group) reject(error);
      return;
    }
    const half = Math.ceil(group.length / 2);
    await writeGroup(group.slice(0, half), write);
    await writeGroup(group.slice(half), write);
  }
}
