import type { DecisionIndex } from "../core/plan/decision-index.ts";
import { clockBehind } from "../core/plan/plan-actions.ts";
import type { LeavingGrant } from "../core/plan/plan-actions.ts";
import type { RefusalCode } from "../core/plan/refusal.ts";
import { voidedBy } from "../core/plan/voided.ts";
import type { IntendedGrant } from "./begin-grants.ts";
import { grantDone } from "./drafts.ts";
import type { Executor } from "./executor.ts";
import { keep, newestTime } from "./records.ts";
import type { TargetSession } from "./target-session.ts";

/** `active`: read back. `leaving`: it has to be taken out again. `waiting`: the next pass goes on with it. */
export type Activation =
  | { readonly activation: "active" | "waiting" }
  | { readonly activation: "leaving"; readonly leaving: LeavingGrant };

/** What has to be known beyond the grant itself. */
export interface ActivationContext {
  /** The decisions as read after the intent was written. */
  readonly index: DecisionIndex;
  /** The latest end of all grants of this access. */
  readonly end: Date;
}

/**
 * Puts an intended grant into effect and reads it back, unless something has come up since its intent. Only what
 * the read-back shows is recorded as granted. A shorter grant never shortens a native end at the target (K4), and
 * access that was there before is not touched at all (K5).
 */
export async function activateGrant(
  executor: Executor,
  session: TargetSession,
  intended: IntendedGrant,
  { index, end }: ActivationContext,
): Promise<Activation> {
  const { open, access, refusal } = intended;
  const { grant, intent } = open;
  if (refusal !== null) return leaving(intended, refusal.code, refusal.reason);
  const stop = obstacle(executor, intended, index);
  if (stop !== null) return stop;
  if (intent === null) return { activation: "waiting" };
  if (grant.preexisting === "no") {
    const done = await session.ask((target) =>
      target.provision(access.identity, access.permission, end),
    );
    if (done.answer === "refused") return leaving(intended, "EXEC-TARGET-REFUSED", done.detail);
    if (done.answer !== "yes") return waiting(executor, intended, done.detail);
  }
  const seen = await session.ask((target) => target.observe(access.identity));
  if (seen.answer !== "yes") return waiting(executor, intended, seen.detail);
  const readBack = seen.value;
  if (readBack.identity === access.identity && readBack.permissions.includes(access.permission)) {
    await keep(executor, [grantDone(intent, grant, readBack)]);
    const { target, expiresAt } = grant;
    executor.log("info", "Granted and read back", { grant: grant.id, target, expiresAt });
    return { activation: "active" };
  }
  return leaving(intended, "EXEC-NOT-READ-BACK", "The read-back does not show the permission.");
}

function obstacle(
  executor: Executor,
  intended: IntendedGrant,
  index: DecisionIndex,
): Activation | null {
  const now = executor.clock.now();
  const { open, matched, notAfter } = intended;
  const { decision, merge } = matched;
  if (!index.byDigest.has(decision.digest)) return { activation: "waiting" };
  if (voidedBy(index, decision, merge.inputs.mergeCommit) !== null) {
    return { activation: "leaving", leaving: { open, cause: "voided", failure: null } };
  }
  if (clockBehind({ now, newest: newestTime(executor) })) return { activation: "waiting" };
  const inTime = now < new Date(notAfter) && now < new Date(open.grant.expiresAt);
  if (inTime) return null;
  const reason = `It did not begin before its approvals lapsed at ${notAfter}: open a new request.`;
  return leaving(intended, "EXEC-LAPSED", reason);
}

function waiting({ log }: Executor, { open }: IntendedGrant, detail: string): Activation {
  const { id, target } = open.grant;
  log("warn", "A grant could not be completed and is resumed later", { grant: id, target, detail });
  return { activation: "waiting" };
}

function leaving({ open }: IntendedGrant, code: RefusalCode, reason: string): Activation {
  const leavingGrant = { open, cause: "failed-grant", failure: { code, reason } } as const;
  return { activation: "leaving", leaving: leavingGrant };
}
