import { byEnd } from "../core/plan/access-state.ts";
import type { OpenGrant } from "../core/plan/access-state.ts";
import { desiredGrant } from "../core/plan/desired-grants.ts";
import type { DesiredGrant } from "../core/plan/desired-grants.ts";
import type { RequestFile } from "../core/plan/match-decision.ts";
import type { Action } from "../core/plan/plan-actions.ts";
import type { Executor } from "./executor.ts";

/** What one pass judges: everything else goes on as it was. */
export interface PlanScope {
  readonly desired: readonly DesiredGrant[];
  /** Whoever shares an access with one of them is among them, so that a plan sees who still needs it. */
  readonly open: readonly OpenGrant[];
}

/**
 * Takes what can be otherwise than it was at the last pass: what something happened to, what is not settled, and what has come to
 * its end. Planning these gives the same actions as planning everything. What is marked from here on is for the next pass.
 */
export function takeScope(executor: Executor, now: Date): PlanScope {
  const { book, changed, main, over } = executor.memory;
  const { names, everything } = changed;
  changed.names = new Set();
  changed.everything = "no";
  if (everything === "yes") {
    const files = [...(main?.files.values() ?? [])];
    return { desired: desiredOf(executor, files, now), open: book.all().toSorted(byEnd) };
  }
  const some = [
    ...book.due(now),
    ...book.unsettled(),
    ...[...over].flatMap((id) => book.get(id) ?? []),
    ...[...names].flatMap((name) => book.ofRequest(name)),
  ];
  const open = new Map(
    some.flatMap(({ grant }) => book.onAccess(grant)).map((one) => [one.grant.id, one]),
  );
  const wanted = new Set([...names, ...some.map(({ grant }) => grant.request)]);
  const files = [...wanted].flatMap((name) => [...(main?.byName.get(name)?.values() ?? [])]);
  return { desired: desiredOf(executor, files, now), open: [...open.values()].toSorted(byEnd) };
}

/** Marks what is to be done, or refused for now, for the next pass as well; all else waits until something happens to it. */
export function keepUnsettled(
  { memory }: Executor,
  { desired }: PlanScope,
  actions: readonly Action[],
): void {
  const { names } = memory.changed;
  for (const one of desired) if (!isSettled(one)) names.add(one.name);
  for (const action of actions) {
    if (action.kind !== "revoke") names.add(action.matched.name);
    else for (const { open } of action.leaving) names.add(open.grant.request);
  }
}

function isSettled(one: DesiredGrant): boolean {
  return one.state === "begun" || (one.state === "refused" && one.lasting === "for-good");
}

function desiredOf(
  { memory, governedBranch }: Executor,
  files: readonly RequestFile[],
  now: Date,
): readonly DesiredGrant[] {
  const { main, view, decisions, book } = memory;
  if (main === null || view === null) return [];
  const branch = { name: governedBranch, history: main.history };
  return files
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))
    .map((file) => desiredGrant(file, { branch, now }, decisions.index, book.uses));
}
