import { entryByDigest } from "../core/attest/ledger-view.ts";
import type { LedgerView } from "../core/attest/ledger-view.ts";
import type { Entry, EntryOf } from "../core/model/entry.ts";
import { grantOf } from "../core/plan/access-state.ts";
import type { ExecutionRecord } from "../core/plan/access-state.ts";
import { clearedBy } from "../core/plan/open-violations.ts";
import type { Executor } from "./executor.ts";

/**
 * Takes up what the ledgers have that was not taken up before, and marks the requests that it is about as changed: only these
 * are judged again in the next pass.
 */
export function takeView(executor: Executor, view: LedgerView): void {
  const { memory } = executor;
  const before = memory.view;
  memory.view = view;
  for (const entry of view.decisions.slice(before?.decisions.length ?? 0)) {
    memory.decisions.add(entry);
    markDecided(executor, entry);
  }
  for (const entry of view.executions.slice(before?.executions.length ?? 0)) {
    takeRecord(executor, entry);
  }
  if (before !== null) return;
  // What the disk remembered, and what lies on the branch, is explained by decisions that are known only now.
  memory.changed.everything = "yes";
  for (const { grant } of memory.book.all()) classify(executor, grant.id);
}

/** Takes up one record of what happened, and marks its request as changed. */
export function takeRecord(executor: Executor, record: ExecutionRecord): void {
  const { book, changed, unsaved } = executor.memory;
  const name = book.add(record);
  if (name === null) return;
  changed.names.add(name);
  const own = grantOf(record)?.id;
  if (own !== undefined) unsaved.add(own);
  for (const { grant } of book.ofRequest(name)) {
    unsaved.add(grant.id);
    classify(executor, grant.id);
  }
}

/** Keeps in mind which open grants are looked at in every pass: the few that are reviewed afterwards, or that an incident ends. */
function classify({ memory }: Executor, id: string): void {
  const decision = memory.book.get(id)?.decision ?? null;
  const entry =
    memory.view === null || decision === null
      ? null
      : entryByDigest(memory.view, "decision", decision);
  if (entry === null) return;
  const { request, reviewAfterwards } = entry.result.decision;
  if (reviewAfterwards.length > 0) memory.watched.add(id);
  if ((request?.incident ?? null) !== null) memory.emergencies.add(id);
}

function markDecided({ memory }: Executor, entry: Entry): void {
  const { changed } = memory;
  const { index } = memory.decisions;
  const mark = (decision: EntryOf<"decision"> | undefined): void => {
    const name = decision?.result.decision.request?.name;
    if (name !== undefined) changed.names.add(name);
  };
  if (entry.type === "decision") index.byPull.get(entry.result.decision.pull)?.forEach(mark);
  if (entry.type === "merge") {
    entry.result.requests.forEach((name) => changed.names.add(name));
    mark(index.byDigest.get(entry.inputs.decision));
  }
  if (entry.type === "ending") changed.names.add(entry.inputs.request);
  if (entry.type === "lapsed") mark(index.byDigest.get(entry.inputs.decision));
  // A violation, or its clearing, can be about any of them.
  if (entry.type === "violation" || clearedBy(entry) !== null) changed.everything = "yes";
}
