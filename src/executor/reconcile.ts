import { openGrants } from "../core/plan/access-state.ts";
import type { ExecutionRecord, OpenGrant } from "../core/plan/access-state.ts";
import { indexDecisions } from "../core/plan/decision-index.ts";
import type { DecisionIndex } from "../core/plan/decision-index.ts";
import { desiredGrants } from "../core/plan/desired-grants.ts";
import type { DesiredGrant } from "../core/plan/desired-grants.ts";
import { clockBehind, nextDeadline, planActions } from "../core/plan/plan-actions.ts";
import type { Action, RevokeAction } from "../core/plan/plan-actions.ts";
import { grantRefused } from "./drafts.ts";
import type { Executor, GrantStop } from "./executor.ts";
import { failureText } from "./failure-text.ts";
import { flushOutbox } from "./flush-outbox.ts";
import { look } from "./look.ts";
import { withPatience } from "./patience.ts";
import { keep, newestTime, recordsOf } from "./records.ts";
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
  const records = recordsOf(executor);
  const open = openGrants(records);
  const index = indexDecisions(executor.memory.view?.decisions ?? []);
  const desired = desiredNow(executor, { records, index, now });
  await recordRefusals(executor, desired, records);
  const actions = planActions({
    desired,
    open,
    files: executor.memory.main?.files ?? null,
    index,
    over: executor.memory.over,
    now,
    newest: newestTime(executor),
    grants: stop === null ? "allowed" : "stopped",
  });
  await runLanes(executor, lanesOf(executor, actions, open));
  if (unread === null) await pushWhatHappened(executor);
  return report(executor, stop, now);
}

function clockStop(executor: Executor, now: Date): GrantStop | null {
  const newest = newestTime(executor);
  if (!clockBehind({ now, newest })) return null;
  const reason = `This clock is behind the newest entry (${newest?.toISOString() ?? "unknown"}): set it.`;
  return { code: "EXEC-CLOCK-BEHIND", reason };
}

interface Known {
  readonly records: readonly ExecutionRecord[];
  readonly index: DecisionIndex;
  readonly now: Date;
}

function desiredNow(
  { memory, governedBranch }: Executor,
  { records, index, now }: Known,
): readonly DesiredGrant[] {
  const { main, view } = memory;
  if (main === null || view === null) return [];
  const branch = { name: governedBranch, history: main.history };
  const { files } = main;
  const { decisions } = view;
  return desiredGrants({ files, branch, decisions, executions: records, now }, index);
}

async function recordRefusals(
  executor: Executor,
  desired: readonly DesiredGrant[],
  records: readonly ExecutionRecord[],
): Promise<void> {
  const begun = new Set(
    records.flatMap((record) => (record.type === "grant-intent" ? [record.result.grant.path] : [])),
  );
  const { told } = executor.memory;
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
    if (lasting === "for-good" && decision !== null && !begun.has(path)) {
      await keep(executor, [grantRefused(name, decision, code, reason)]);
    }
  }
}

function lanesOf(
  executor: Executor,
  actions: readonly Action[],
  open: readonly OpenGrant[],
): readonly Lane[] {
  const { memory, clock } = executor;
  const now = clock.now();
  const leaving = new Set(
    actions.flatMap((action) =>
      action.kind === "revoke" ? action.leaving.map((one) => one.open.grant.id) : [],
    ),
  );
  const staying = open.filter(({ phase, grant }) => phase === "active" && !leaving.has(grant.id));
  const uncompared = staying
    .filter((one) => !memory.compared.has(one.grant.target) || isWatched(executor, one))
    .map(({ grant }) => grant.target);
  const targets = new Set([...actions.map(({ access }) => access.target), ...uncompared]);
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
    };
  });
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
  const open = openGrants(recordsOf(executor));
  const retries = open.map(({ grant }) => executor.memory.backOff.notBefore(grant.id));
  const due = [nextDeadline(open, planned), ...retries].flatMap((at) =>
    at !== null && at > planned ? [at] : [],
  );
  const overdue = open.filter(({ grant }) => !(now < new Date(grant.expiresAt)));
  return {
    nextPassBy: due.length === 0 ? null : new Date(Math.min(...due.map((at) => at.getTime()))),
    stop,
    open: open.length,
    overdue: overdue.length,
  };
}
