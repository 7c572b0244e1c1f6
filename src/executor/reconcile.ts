import { byEnd } from "../core/plan/access-state.ts";
import type { OpenGrant } from "../core/plan/access-state.ts";
import type { DesiredGrant } from "../core/plan/desired-grants.ts";
import { clockBehind, planActions } from "../core/plan/plan-actions.ts";
import type { Action, PlanInput, RevokeAction } from "../core/plan/plan-actions.ts";
import { grantRefused } from "./drafts.ts";
import { dueDrift } from "./due-drift.ts";
import type { Executor, GrantStop } from "./executor.ts";
import { failureText } from "./failure-text.ts";
import { flushOutbox } from "./flush-outbox.ts";
import { look } from "./look.ts";
import { withPatience } from "./patience.ts";
import { keepUnsettled, takeScope } from "./plan-scope.ts";
import { keep, newestTime } from "./records.ts";
import { watchIncidents } from "./watch-incidents.ts";
import { isWatched } from "./watch-use.ts";
import { runLane } from "./run-lane.ts";
import type { Lane } from "./run-lane.ts";

/** What a pass left behind. */
export interface PassReport {
  /** When the next pass is due at the latest: the next end of a grant or the next try of a revoke. */
  readonly nextPassBy: Date | null;
  /** Why no grant could begin; `null` when grants were allowed. */
  readonly stop: GrantStop | null;
  /** Grants that are not read back as gone. */
  readonly open: number;
  /** Of those, the ones past their end: live access that should not be. */
  readonly overdue: number;
}

/**
 * Makes one idempotent pass: reads ledgers and governed branch, plans, and carries out the plan, each target by
 * itself and all at the same time. A remote that is down, broken or slow stops grants and never a revoke; a
 * target that is down or slow holds up no other. Never throws for any of that: the next pass goes on.
 */
export async function reconcile(executor: Executor): Promise<PassReport> {
  const { clock, log } = executor;
  watchIncidents(executor);
  const unread = await look(executor);
  const now = clock.now();
  const stop = unread ?? clockStop(executor, now);
  if (stop !== null)
    log("warn", "No grant begins in this pass", { code: stop.code, reason: stop.reason });
  const actions = await plan(executor, now, stop === null ? "allowed" : "stopped");
  await runLanes(executor, lanesOf(executor, actions));
  // What is not read would look as if no grant explained it.
  if (stop === null) await lookForDrift(executor);
  if (unread === null) await pushWhatHappened(executor);
  return report(executor, stop, now);
}

async function plan(
  executor: Executor,
  now: Date,
  grants: PlanInput["grants"],
): Promise<readonly Action[]> {
  const { main, decisions, over } = executor.memory;
  const scope = takeScope(executor, now);
  const actions = planActions({
    ...scope,
    files: main?.files ?? null,
    index: decisions.index,
    ...{ over, now, newest: newestTime(executor), grants },
  });
  keepUnsettled(executor, scope, actions);
  await recordRefusals(executor, scope.desired);
  return actions;
}

function clockStop(executor: Executor, now: Date): GrantStop | null {
  const newest = newestTime(executor);
  if (!clockBehind({ now, newest })) return null;
  const reason = `This clock is behind the newest entry (${newest?.toISOString() ?? "unknown"}): set it.`;
  return { code: "EXEC-CLOCK-BEHIND", reason };
}

async function recordRefusals(executor: Executor, desired: readonly DesiredGrant[]): Promise<void> {
  const { told, book } = executor.memory;
  for (const one of desired) {
    if (one.state !== "refused") continue;
    const { name, path, code, reason, lasting, decision } = one;
    if (!told.has(`${path} ${code}`)) {
      // For now is ordinary: between a merge and its ledger entry every request is refused for a moment.
      executor.log(
        lasting === "for-good" ? "warn" : "info",
        "A file on the governed branch is no grant",
        {
          path,
          code,
          reason,
          lasting,
        },
      );
      told.add(`${path} ${code}`);
    }
    if (lasting === "for-good" && decision !== null && !book.uses.paths.has(path)) {
      await keep(executor, [grantRefused(name, decision, code, reason)]);
    }
  }
}

/** After everything else, in a lane of its own: no revoke and no grant of this pass waits for it. */
async function lookForDrift(executor: Executor): Promise<void> {
  const { clock, patienceSeconds } = executor;
  const watch = await withPatience(clock, patienceSeconds, dueDrift(executor)).catch(() => null);
  if (watch === null) return;
  await runLanes(executor, [{ target: watch.target, adds: [], revokes: [], staying: [], watch }]);
}

function lanesOf(executor: Executor, actions: readonly Action[]): readonly Lane[] {
  const { memory, clock } = executor;
  const now = clock.now();
  const leaving = new Set(
    actions.flatMap((action) =>
      action.kind === "revoke" ? action.leaving.map((one) => one.open.grant.id) : [],
    ),
  );
  const staying = besides(executor, actions).filter(
    ({ phase, grant }) => phase === "active" && !leaving.has(grant.id),
  );
  // Beside what is done at a target only a first sight or a watched grant is a reason to go there.
  const looked = staying
    .filter((one) => !memory.compared.has(one.grant.target) || isWatched(executor, one))
    .map(({ grant }) => grant.target);
  const targets = new Set([...actions.map(({ access }) => access.target), ...looked]);
  return [...targets].sort().map((target) => {
    const own = actions.filter(({ access }) => access.target === target);
    return {
      target,
      adds: own.filter((action) => action.kind !== "revoke"),
      revokes: own
        .filter((action) => action.kind === "revoke")
        .map((revoke) => onlyDue(revoke, memory.backOff, now))
        .filter((revoke) => revoke.leaving.length > 0),
      staying: staying.filter(({ grant }) => grant.target === target),
      watch: null,
    };
  });
}

/**
 * The open grants that lanes have to look at beside those that they change: who shares an access or an identity with them, who
 * is watched, and all of a target that was not compared since the start.
 */
function besides({ memory }: Executor, actions: readonly Action[]): readonly OpenGrant[] {
  const { book, compared, watched } = memory;
  for (const id of watched) if (book.get(id) === null) watched.delete(id);
  const found = [
    ...actions.flatMap(({ access }) => [...book.onAccess(access), ...book.ofIdentity(access)]),
    ...[...watched].flatMap((id) => book.get(id) ?? []),
    ...book.targets().flatMap((target) => (compared.has(target) ? [] : book.ofTarget(target))),
  ];
  return [...new Map(found.map((one) => [one.grant.id, one])).values()].toSorted(byEnd);
}

function onlyDue(
  revoke: RevokeAction,
  backOff: Executor["memory"]["backOff"],
  now: Date,
): RevokeAction {
  return {
    ...revoke,
    leaving: revoke.leaving.filter(({ open }) => backOff.isDue(open.grant.id, now)),
  };
}

async function runLanes(executor: Executor, lanes: readonly Lane[]): Promise<void> {
  const { memory, clock, log, patienceSeconds } = executor;
  const started: Promise<void>[] = [];
  for (const lane of lanes) {
    if (memory.lanes.has(lane.target)) {
      log("warn", "A target is still busy with an earlier pass", { target: lane.target });
      continue;
    }
    const work = runLane(executor, lane)
      .catch((error: unknown) => {
        const fields = { target: lane.target, failure: failureText(error) };
        log("error", "A target's steps broke off; the next pass goes on with them", fields);
      })
      .finally(() => memory.lanes.delete(lane.target));
    memory.lanes.set(lane.target, work);
    started.push(work);
  }
  await withPatience(clock, patienceSeconds, Promise.all(started)).catch(() => {
    log("warn", "A target takes long; the others do not wait for it", { busy: memory.lanes.size });
  });
}

async function pushWhatHappened(executor: Executor): Promise<void> {
  const { clock, patienceSeconds, log } = executor;
  try {
    await withPatience(clock, patienceSeconds, flushOutbox(executor));
  } catch (error) {
    const fields = { waiting: executor.outbox.waiting().length, failure: failureText(error) };
    log("warn", "Entries wait to be pushed", fields);
  }
}

// What became due while the pass was going on is due at once, so that all is seen from when it was planned.
function report(executor: Executor, stop: GrantStop | null, planned: Date): PassReport {
  const now = executor.clock.now();
  const { book, backOff } = executor.memory;
  const retries = book.unsettled().map(({ grant }) => backOff.notBefore(grant.id));
  const due = [book.nextEnd(planned), ...retries].flatMap((at) =>
    at !== null && at > planned ? [at] : [],
  );
  return {
    nextPassBy: due.length === 0 ? null : new Date(Math.min(...due.map((at) => at.getTime()))),
    stop,
    open: book.size(),
    overdue: book.due(now).length,
  };
}
