import type { OpenGrant } from "../core/plan/access-state.ts";
import { accessKey } from "../core/plan/access.ts";
import type { Access } from "../core/plan/access.ts";
import type { DriftWatch } from "../core/plan/drift.ts";
import type { AddAction, LeavingGrant, RevokeAction } from "../core/plan/plan-actions.ts";
import { activateGrant } from "./activate-grant.ts";
import { beginGrants } from "./begin-grants.ts";
import type { IntendedGrant } from "./begin-grants.ts";
import { compareHeld } from "./compare-held.ts";
import type { Executor } from "./executor.ts";
import { takeOut } from "./take-out.ts";
import { isWatched, lookAtUse } from "./watch-use.ts";
import { watchDrift } from "./watch-drift.ts";
import { newTargetSession } from "./target-session.ts";
import type { TargetSession } from "./target-session.ts";

/** What has to be done at one target in one pass. */
export interface Lane {
  readonly target: string;
  readonly adds: readonly AddAction[];
  readonly revokes: readonly RevokeAction[];
  /** Active grants of this target that go on. */
  readonly staying: readonly OpenGrant[];
  /** How it is looked at for drift, in a lane that does nothing else; `null`: not. */
  readonly watch: DriftWatch | null;
}

/**
 * Carries out what a plan has for one target, one step after the other: revokes that nothing new depends on,
 * then what begins, then the revokes of access that something new needs too. Fetches the target's credential
 * for this and drops it afterwards.
 */
export async function runLane(executor: Executor, lane: Lane): Promise<void> {
  const session = newTargetSession(() => executor.openTarget(lane.target));
  try {
    if (lane.watch !== null) {
      await watchDrift(executor, session, lane.watch);
      return;
    }
    const added = new Set(lane.adds.map(({ access }) => accessKey(access)));
    const isShared = ({ access }: RevokeAction): boolean => added.has(accessKey(access));
    await takeOut(
      executor,
      session,
      lane.revokes.filter((revoke) => !isShared(revoke)),
    );
    const begun = await activateAll(executor, session, lane);
    const shared = lane.revokes.filter(isShared);
    await takeOut(
      executor,
      session,
      [...shared, ...begun.failed]
        .reduce(mergeByAccess, [])
        .map((revoke) => withStaying(revoke, begun.active, lane.staying)),
    );
    await compare(executor, session, lane);
  } finally {
    await session.close();
  }
}

interface Begun {
  readonly active: readonly IntendedGrant[];
  readonly failed: readonly RevokeAction[];
}

async function activateAll(
  executor: Executor,
  session: TargetSession,
  { adds, staying }: Lane,
): Promise<Begun> {
  const intended = await beginGrants(executor, session, adds);
  const { index } = executor.memory.decisions;
  const active: IntendedGrant[] = [];
  const failed: RevokeAction[] = [];
  for (const one of intended) {
    const open = [...staying, ...active.map((other) => other.open), one.open];
    const end = latestEnd(open, one.access);
    const result = await activateGrant(executor, session, one, { index, end });
    if (result.activation === "active") active.push(one);
    if (result.activation === "leaving") failed.push(revokeOf(one.access, result.leaving));
  }
  return { active, failed };
}

function latestEnd(open: readonly OpenGrant[], access: Access): Date {
  const ends = open
    .filter(({ grant }) => accessKey(grant) === accessKey(access))
    .map(({ grant }) => Date.parse(grant.expiresAt));
  return new Date(Math.max(...ends));
}

function revokeOf(access: Access, leaving: LeavingGrant): RevokeAction {
  return { kind: "revoke", access, leaving: [leaving], staying: [] };
}

function mergeByAccess(
  merged: readonly RevokeAction[],
  next: RevokeAction,
): readonly RevokeAction[] {
  const same = merged.find(({ access }) => accessKey(access) === accessKey(next.access));
  if (same === undefined) return [...merged, next];
  const both = { ...same, leaving: [...same.leaving, ...next.leaving] };
  return merged.map((one) => (one === same ? both : one));
}

function withStaying(
  revoke: RevokeAction,
  active: readonly IntendedGrant[],
  staying: readonly OpenGrant[],
): RevokeAction {
  const needing = [...staying, ...active.map(({ open }) => open)]
    .filter(({ grant }) => accessKey(grant) === accessKey(revoke.access))
    .map(({ grant }) => grant.id);
  return { ...revoke, staying: needing };
}

// At the first sight of a target everything active is compared; later only whom a revoke just touched, and what is watched.
async function compare(executor: Executor, session: TargetSession, lane: Lane): Promise<void> {
  const { compared } = executor.memory;
  const touched = new Set(lane.revokes.map(({ access }) => access.identity));
  const active = compared.has(lane.target)
    ? lane.staying.filter((one) => touched.has(one.grant.identity) || isWatched(executor, one))
    : lane.staying;
  await lookAtUse(executor, session, active);
  const outcome = await compareHeld(executor, session, active);
  if (outcome === "complete") compared.add(lane.target);
}
