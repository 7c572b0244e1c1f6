import { entriesOf } from "../core/attest/ledger-view.ts";
import type { LedgerView } from "../core/attest/ledger-view.ts";
import { newestDecisionOn } from "../facts/newest-decision.ts";
import { isLive } from "./ended-requests.ts";
import type { EndedRequest } from "./ended-requests.ts";
import { failureText } from "./failure-text.ts";
import type { Gate } from "./gate.ts";

/** How long a revert PR of many waits for the last of them, once the first was gone. */
const patienceMs = 60 * 60 * 1000;

/** An open PR and those of the ended requests that it removes. */
export interface Standing {
  readonly pull: number;
  readonly requests: readonly EndedRequest[];
}

/**
 * Closes a revert PR of the gate that cannot become the record of the end any more, with one sentence that says why; the next
 * sweep opens what takes its place. PRs of people are theirs to close.
 */
export async function tryToGiveUp(gate: Gate, tip: string, standing: Standing): Promise<void> {
  const { pull } = standing;
  try {
    const why = whySplit(gate, standing) ?? (await whyConflicting(gate, tip, standing));
    if (why === null) return;
    await gate.conversation.answer(pull, null, why);
    await gate.conversation.close(pull);
  } catch (error) {
    gate.log("warn", "a revert could not be closed", { pull, reason: failureText(error) });
  }
}

/** Says whether what began then has had its hour. */
export function isPastPatience(at: string | undefined, now: Date): boolean {
  return at !== undefined && now.getTime() >= Date.parse(at) + patienceMs;
}

function whySplit({ ledger, clock }: Gate, { pull, requests }: Standing): string | null {
  const live = requests.filter(isLive);
  if (live.length === 0 || live.length === requests.length) return null;
  const view = ledger.view();
  const opened = openedAt(view, pull);
  const gone = requests.filter((request) => !isLive(request)).map(({ name }) => name);
  const since = [firstReadBack(view, new Set(gone)) ?? opened, opened];
  if (!since.every((at) => isPastPatience(at, clock.now()))) return null;
  return `Closed, because ${live.map(({ name }) => name).join(", ")} kept the others waiting for an hour: new pull requests remove them separately.`;
}

/** When the gate opened it; `undefined` for a PR of a person. */
function openedAt(view: LedgerView, pull: number): string | undefined {
  return entriesOf(view, "revert").find(({ result }) => result.pull === pull)?.at;
}

function firstReadBack(view: LedgerView, names: ReadonlySet<string>): string | undefined {
  const ends = [
    ...entriesOf(view, "revoke"),
    ...entriesOf(view, "externally-removed"),
    ...entriesOf(view, "nothing-to-do"),
  ];
  return ends
    .filter(({ inputs }) => names.has(inputs.grant.request))
    .map(({ at }) => at)
    .sort()[0];
}

/** The gate reads no PR completely whose files were changed on the governed branch since; nobody else brings its branch up to date. */
async function whyConflicting(
  { ledger, mirror }: Gate,
  tip: string,
  { pull, requests }: Standing,
): Promise<string | null> {
  const view = ledger.view();
  const newest = newestDecisionOn(view, pull);
  if (newest === null || newest.inputs.snapshot.missing.length === 0) return null;
  if (openedAt(view, pull) === undefined) return null;
  const { head } = newest.result.decision;
  const base = (await mirror.has(head)) ? await mirror.mergeBase(tip, head) : null;
  if (base === null) return null;
  for (const { path } of requests) {
    const before = await mirror.entry(base, path);
    const now = await mirror.entry(tip, path);
    if (before?.oid !== now?.oid) {
      return `Closed, because ${path} was changed on the governed branch since: another pull request removes it as it is now.`;
    }
  }
  return null;
}
