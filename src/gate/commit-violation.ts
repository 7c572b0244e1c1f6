import type { Draft, EntryDraft } from "../core/model/entry.ts";

/** What is wrong with a commit of the governed branch. */
export interface CommitFault {
  readonly code: "MERGED-WITHOUT-DECISION" | "DIRECT-PUSH";
  readonly detail: string;
  readonly summary: string;
  readonly commit: string;
  readonly pull: number | null;
  readonly request: string | null;
  readonly paths: readonly string[];
  readonly by: Draft<"violation">["inputs"]["by"];
}

/** More files than this go into a further entry: each entry stays one that a person can read. */
const mostPaths = 500;

/**
 * Drafts the violation of a commit. Whoever finds the commit first, by its pull request or on the branch, writes the same key: one
 * fault is one entry. Only a commit with more than 500 governed files has several, and each has to be cleared.
 */
export function commitViolation(fault: CommitFault): readonly EntryDraft[] {
  const { code, detail, summary, commit, pull, request, by } = fault;
  const all = fault.paths.map((path) => path.toWellFormed());
  const parts = Math.max(1, Math.ceil(all.length / mostPaths));
  return Array.from({ length: parts }, (_, part) => ({
    type: "violation",
    idempotencyKey: `violation:commit:${commit}${part === 0 ? "" : `:${part}`}`,
    summary,
    delivery: null,
    inputs: {
      ...{ pull, commit, request, by },
      paths: all.slice(part * mostPaths, (part + 1) * mostPaths),
    },
    result: { code, detail },
  }));
}
