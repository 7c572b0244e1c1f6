import type { ReadBack } from "../core/model/grant.ts";
import { revokeEffect } from "../core/plan/access.ts";
import type { LeavingGrant, RevokeAction } from "../core/plan/plan-actions.ts";
import { grantFailed, nothingToDo, revokeDone, revokeFailed, revokeIntent } from "./drafts.ts";
import type { Executor } from "./executor.ts";
import type { Waiting } from "./outbox.ts";
import { keep } from "./records.ts";
import { takeUsage } from "./watch-use.ts";
import type { Answer, TargetSession } from "./target-session.ts";

/**
 * Ends grants at one target. Their intents are on the executor's own disk before the target is touched, and
 * nothing remote is waited for. Each is read back: gone is recorded as revoked, anything else as failed, and
 * tried again for ever. What failed least often comes first, so that one stuck grant starves no other.
 */
export async function takeOut(
  executor: Executor,
  session: TargetSession,
  revokes: readonly RevokeAction[],
): Promise<void> {
  await keep(
    executor,
    revokes.flatMap(({ leaving }) => leaving.flatMap(intentsOf)),
  );
  const failures = ({ leaving }: RevokeAction): number =>
    Math.min(...leaving.map(({ open }) => executor.memory.backOff.failures(open.grant.id)));
  const kept: Promise<void>[] = [];
  const waiting = [...revokes].sort((a, b) => failures(a) - failures(b));
  const work = async (): Promise<void> => {
    for (let revoke = waiting.shift(); revoke !== undefined; revoke = waiting.shift()) {
      // The next revoke does not wait for the disk: what is lost in a crash is found out again.
      kept.push(keep(executor, await takeOutAccess(executor, session, revoke)));
    }
  };
  const workers = waiting.length === 0 ? 0 : await session.concurrency();
  await Promise.all(Array.from({ length: Math.min(workers, waiting.length) }, work));
  await Promise.all(kept);
}

function intentsOf({ open, cause, failure }: LeavingGrant): readonly Waiting[] {
  const { intent, decision } = open;
  const failed =
    failure === null || intent === null || decision === null
      ? []
      : [grantFailed({ ...open, intent, decision }, failure.code, failure.reason)];
  return open.cause === null ? [...failed, revokeIntent(open.grant, cause)] : failed;
}

async function takeOutAccess(
  executor: Executor,
  session: TargetSession,
  { access, leaving, staying }: RevokeAction,
): Promise<readonly Waiting[]> {
  const { identity, permission } = access;
  const grants = leaving.map(({ open }) => open.grant);
  const effect = revokeEffect(grants, staying);
  const revoked: Answer<void> =
    effect === "take-out"
      ? await session.ask((target) => target.revoke(identity, permission))
      : { answer: "yes", value: undefined };
  const seen = await session.ask((target) => target.observe(identity));
  if (seen.answer !== "yes") {
    // A revoke that found the target down is the failure; that it was not asked again is not.
    const { answer, detail } = revoked.answer === "yes" ? seen : revoked;
    return failed(executor, leaving, { detail, readBack: null, answer });
  }
  const readBack = seen.value;
  if (effect !== "take-out")
    return withUsage(executor, leaving, left(executor, leaving, effect, readBack));
  if (revoked.answer !== "yes") {
    return failed(executor, leaving, { detail: revoked.detail, readBack, answer: revoked.answer });
  }
  if (isGone(readBack, identity, permission)) {
    return withUsage(executor, leaving, gone(executor, leaving, readBack));
  }
  const detail = "The read-back still shows the permission.";
  return failed(executor, leaving, { detail, readBack, answer: "refused" });
}

/** What was seen of its use goes before the entry that ends it. */
function withUsage(
  executor: Executor,
  leaving: readonly LeavingGrant[],
  ended: readonly Waiting[],
): readonly Waiting[] {
  return [...leaving.flatMap(({ open }) => takeUsage(executor, open)), ...ended];
}

function isGone({ identity, permissions }: ReadBack, asked: string, permission: string): boolean {
  return identity === asked && !permissions.includes(permission);
}

function gone(
  { memory, log }: Executor,
  leaving: readonly LeavingGrant[],
  readBack: ReadBack,
): readonly Waiting[] {
  return leaving.map(({ open: { grant }, cause }) => {
    memory.backOff.succeeded(grant.id);
    log("info", "Revoked and read back as gone", { grant: grant.id, target: grant.target, cause });
    return revokeDone(grant, readBack);
  });
}

function left(
  { memory, log }: Executor,
  leaving: readonly LeavingGrant[],
  effect: "still-needed" | "pre-existing",
  readBack: ReadBack,
): readonly Waiting[] {
  const detail =
    effect === "still-needed"
      ? "Another grant that is active needs the same access."
      : "The access existed before Countersign first gave it.";
  return leaving.map(({ open: { grant } }) => {
    memory.backOff.succeeded(grant.id);
    log("info", "Ended without touching the access", { grant: grant.id, effect });
    return nothingToDo(grant, detail, readBack);
  });
}

interface RevokeFailure {
  readonly detail: string;
  readonly readBack: ReadBack | null;
  readonly answer: "refused" | "unreachable" | "not-asked";
}

function failed(
  { memory, log, clock }: Executor,
  leaving: readonly LeavingGrant[],
  { detail, readBack, answer }: RevokeFailure,
): readonly Waiting[] {
  const now = clock.now();
  return leaving.map(({ open: { grant } }) => {
    if (answer === "not-asked") memory.backOff.putOff(grant.id, now);
    else memory.backOff.failed(grant.id, now);
    const fields = { grant: grant.id, target: grant.target, answer, detail };
    log("error", "A revoke failed: the access may be live past its end", fields);
    return revokeFailed(grant, detail, readBack, now);
  });
}
