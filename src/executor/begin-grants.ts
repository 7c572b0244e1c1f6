import type { Grant } from "../core/model/grant.ts";
import type { OpenGrant } from "../core/plan/access-state.ts";
import { preexistingAccess } from "../core/plan/access.ts";
import type { Access } from "../core/plan/access.ts";
import { grantTimes } from "../core/plan/grant-times.ts";
import type { Matched } from "../core/plan/match-decision.ts";
import type { AddAction } from "../core/plan/plan-actions.ts";
import { refusedForGood, refusedForNow } from "../core/plan/refusal.ts";
import type { Refusal } from "../core/plan/refusal.ts";
import { grantIntent, grantRefused } from "./drafts.ts";
import type { Executor } from "./executor.ts";
import { failureText } from "./failure-text.ts";
import { withPatience } from "./patience.ts";
import { keep, rememberOpen } from "./records.ts";
import { takeView } from "./take-view.ts";
import type { TargetSession } from "./target-session.ts";
import { verifyGrant } from "./verify-grant.ts";
import type { Verified } from "./verify-grant.ts";

/** A grant whose intent is durable, and what it rests on. */
export interface IntendedGrant {
  readonly open: OpenGrant;
  readonly access: Access;
  readonly matched: Matched;
  readonly notAfter: string;
  /** It failed already: what it may have left has to be taken out. */
  readonly refusal: Refusal | null;
}

/**
 * Verifies what is to begin and makes its intents durable on the remote, and then reads the decisions again
 * (design.md §5): nothing at a target is touched here. Returns what may now be activated; what could not be
 * verified, written or read again begins nothing and is looked at in the next pass.
 */
export async function beginGrants(
  executor: Executor,
  session: TargetSession,
  adds: readonly AddAction[],
): Promise<readonly IntendedGrant[]> {
  if (adds.length === 0) return [];
  const ready: Ready[] = [];
  const latest = new Date(executor.clock.now().getTime() + executor.patienceSeconds * 1000);
  for (const add of adds) {
    // A forge that hangs is waited for once a pass: revokes of this target come after this.
    if (executor.clock.now() >= latest) break;
    const one = await prepare(executor, session, add);
    if (one !== null) ready.push(one);
  }
  if (ready.length === 0) return [];
  try {
    return await intend(executor, ready);
  } catch (error) {
    const failure = failureText(error);
    executor.log("error", "Intents could not be made durable: no grant begins", { failure });
    return [];
  }
}

type Ready =
  | { readonly kind: "resume"; readonly intended: IntendedGrant }
  | {
      readonly kind: "new";
      readonly grant: Grant;
      readonly access: Access;
      readonly matched: Matched;
      readonly notAfter: string;
    };

async function prepare(
  executor: Executor,
  session: TargetSession,
  add: AddAction,
): Promise<Ready | null> {
  const { access, matched } = add;
  const verified = await verifyGrant(executor, matched);
  if (add.kind === "resume") return resume(executor, add, verified);
  if (verified.verified === "no") return refuse(executor, matched, verified.refusal);
  const held = await session.ask((target) => target.observe(access.identity));
  if (held.answer !== "yes") {
    tell(executor, matched, refusedForNow("EXEC-TARGET-REFUSED", held.detail));
    return null;
  }
  const holds = held.value.permissions.includes(access.permission) ? "yes" : "no";
  const { notAfter } = verified;
  const times = grantTimes(matched.request.durationSeconds, notAfter, executor.clock.now());
  if (times === null) {
    const reason = `Its approvals lapsed at ${notAfter}: open a new request.`;
    return refuse(executor, matched, refusedForGood("EXEC-LAPSED", reason));
  }
  const sharing = executor.memory.book.onAccess(access).map(({ grant }) => grant);
  const preexisting = preexistingAccess(holds, sharing);
  const grant = { ...describe(matched), ...times, preexisting };
  return { kind: "new", grant, access, matched, notAfter };
}

function resume(
  executor: Executor,
  { open, access, matched }: AddAction & { readonly kind: "resume" },
  verified: Verified,
): Ready | null {
  if (verified.verified === "yes") {
    const { notAfter } = verified;
    return { kind: "resume", intended: { open, access, matched, notAfter, refusal: null } };
  }
  const { refusal } = verified;
  tell(executor, matched, refusal);
  if (refusal.lasting === "for-now") return null;
  return { kind: "resume", intended: { open, access, matched, notAfter: "", refusal } };
}

function describe({ request }: Matched): Omit<Grant, "startsAt" | "expiresAt" | "preexisting"> {
  const { name, path, target, entitlement, permission, beneficiary, identity } = request;
  return {
    id: `grant:${name}`,
    request: name,
    path,
    target,
    entitlement,
    permission,
    beneficiary: beneficiary.name,
    identity,
  };
}

async function intend(
  executor: Executor,
  ready: readonly Ready[],
): Promise<readonly IntendedGrant[]> {
  const { ledger, memory, clock, patienceSeconds } = executor;
  const fresh = ready.filter((one) => one.kind === "new");
  if (fresh.length > 0) {
    const drafts = fresh.map(({ matched, grant }) => grantIntent(matched, grant));
    await withPatience(clock, patienceSeconds, ledger.append(drafts));
    takeView(executor, ledger.view());
  }
  takeView(executor, await withPatience(clock, patienceSeconds, ledger.sync()));
  // Durable here too: after a restart without any remote it is revoked all the same (K6).
  await rememberOpen(executor, null);
  return ready.flatMap((one) => {
    if (one.kind === "resume") return [one.intended];
    const { access, matched, notAfter } = one;
    const own = memory.book.get(one.grant.id);
    // The ledger keeps the first intent of a name: only one that rests on the same decision is ours.
    if (own?.decision !== matched.decision.digest || own.merge !== matched.merge.digest) return [];
    return [{ open: own, access, matched, notAfter, refusal: null }];
  });
}

async function refuse(executor: Executor, matched: Matched, refusal: Refusal): Promise<null> {
  tell(executor, matched, refusal);
  if (refusal.lasting === "for-good") {
    const { name, decision } = matched;
    await keep(executor, [grantRefused(name, decision.digest, refusal.code, refusal.reason)]);
  }
  return null;
}

function tell({ log }: Executor, { name }: Matched, { code, reason, lasting }: Refusal): void {
  log("warn", "A grant does not begin", { request: name, code, reason, lasting });
}
