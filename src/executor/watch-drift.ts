import type { ReadBack } from "../core/model/grant.ts";
import { entriesOf } from "../core/attest/ledger-view.ts";
import type { DriftSighting, Held } from "../core/model/drift.ts";
import type { ExecutionRecord } from "../core/plan/access-state.ts";
import { knownDrift, planDrift } from "../core/plan/drift.ts";
import type { DriftPlan, DriftWatch, Looked } from "../core/plan/drift.ts";
import { driftBaseline, driftFound, driftOutcome } from "./drafts-of-drift.ts";
import type { Executor } from "./executor.ts";
import { keep } from "./records.ts";
import type { TargetSession } from "./target-session.ts";

/**
 * Looks at a target for access that no grant explains, after everything else of a pass. It stops after two seconds, or as
 * soon as any grant comes to its end, and goes on in the next pass: a revoke does not wait for it. Only a complete look is judged.
 */
export async function watchDrift(
  executor: Executor,
  session: TargetSession,
  watch: DriftWatch,
): Promise<void> {
  const { drift } = executor.memory;
  const looked = drift.looking.get(watch.target) ?? new Map<string, Looked>();
  drift.looking.set(watch.target, looked);
  if ((await lookAtAll(executor, session, watch, looked)) === "incomplete") return;
  drift.looking.delete(watch.target);
  const { clock } = executor;
  drift.due.set(watch.target, clock.now().getTime() + watch.everyHours * 3_600_000);
  const plan = planDrift({
    watch,
    looked: watch.identities.flatMap((identity) => looked.get(identity) ?? []),
    known: knownDrift(recordsOf(executor), watch.target),
    preexisting: preexistingAt(executor, watch.target),
    now: clock.now(),
  });
  await record(executor, watch, plan);
  for (const sighting of plan.takeOut) await takeOutDrift(executor, session, sighting);
}

async function lookAtAll(
  { memory, clock }: Executor,
  session: TargetSession,
  { target, identities }: DriftWatch,
  looked: Map<string, Looked>,
): Promise<"complete" | "incomplete"> {
  const started = clock.now();
  const latest = started.getTime() + turnSeconds * 1000;
  for (const identity of identities.filter((name) => !looked.has(name))) {
    const now = clock.now();
    const nextEnd = memory.book.nextEnd(started);
    if ((nextEnd !== null && nextEnd <= now) || now.getTime() >= latest) return "incomplete";
    const seen = await session.ask((asked) => asked.observe(identity));
    if (seen.answer !== "yes" || seen.value.identity !== identity) {
      memory.drift.due.set(target, now.getTime() + retrySeconds * 1000);
      return "incomplete";
    }
    const unexplained = seen.value.permissions.filter(
      (permission) => !isExplained(memory, { target, identity, permission }),
    );
    looked.set(identity, { readBack: seen.value, unexplained });
  }
  return "complete";
}

const turnSeconds = 2;

/** A target that does not answer is not asked about drift in every pass. */
const retrySeconds = 900;

/** A grant that is open in whatever phase explains its access, and what its entitlement includes. */
function isExplained(
  { book, drift }: Executor["memory"],
  access: Held & { readonly target: string },
): boolean {
  return book
    .ofIdentity(access)
    .some(
      ({ grant }) =>
        grant.permission === access.permission ||
        drift.includes(grant.target, grant.entitlement).includes(access.permission),
    );
}

function recordsOf({ memory, outbox }: Executor): readonly ExecutionRecord[] {
  const { view } = memory;
  const waiting = outbox.waiting().map(({ draft }) => draft);
  if (view === null) return waiting;
  return [
    ...entriesOf(view, "drift-baseline"),
    ...entriesOf(view, "drift"),
    ...entriesOf(view, "drift-outcome"),
    ...waiting,
  ];
}

function preexistingAt({ memory }: Executor, target: string): readonly Held[] {
  if (memory.view === null) return [];
  return entriesOf(memory.view, "grant-intent")
    .map(({ result }) => result.grant)
    .filter((grant) => grant.target === target && grant.preexisting === "yes");
}

async function record(executor: Executor, watch: DriftWatch, plan: DriftPlan): Promise<void> {
  const { target, mode } = watch;
  const { log, clock } = executor;
  const loud = mode === "observe" ? "info" : "warn";
  for (const { sighting, response } of plan.fresh) {
    log(loud, "A target holds access that no grant explains", { ...sighting, mode, response });
  }
  if (plan.overLimit > 0) {
    const fields = { target, found: plan.overLimit, mostPerPass: watch.mostPerPass };
    log("error", "More drift than may be taken out at once: nothing is taken out", fields);
  }
  const { baseline } = plan;
  await keep(executor, [
    ...(baseline === null ? [] : [driftBaseline(target, baseline, clock.now())]),
    ...plan.fresh.map((one) => driftFound(one, mode)),
    ...plan.gone.map(({ sighting, readBack }) => {
      const detail = "It is not held any more.";
      return driftOutcome(sighting, { outcome: "gone", detail, readBack }, clock.now());
    }),
  ]);
}

async function takeOutDrift(
  executor: Executor,
  session: TargetSession,
  sighting: DriftSighting,
): Promise<void> {
  const { memory, log, clock } = executor;
  const { identity, permission } = sighting;
  // A grant may have begun since: what it explains is not ours to take out.
  if (isExplained(memory, sighting)) return;
  const revoked = await session.ask((target) => target.revoke(identity, permission));
  const seen = await session.ask((target) => target.observe(identity));
  const readBack = seen.answer === "yes" ? seen.value : null;
  if (revoked.answer === "yes" && readBack !== null && isGone(readBack, sighting)) {
    log("warn", "Drift was taken out and read back as gone", { ...sighting });
    const detail = "Taken out, and read back as gone.";
    await keep(executor, [
      driftOutcome(sighting, { outcome: "taken-out", detail, readBack }, clock.now()),
    ]);
    return;
  }
  const detail =
    revoked.answer === "yes" ? "The read-back does not show it as gone." : revoked.detail;
  log("error", "Drift could not be taken out: the access may be live", { ...sighting, detail });
  await keep(executor, [
    driftOutcome(sighting, { outcome: "failed", detail, readBack }, clock.now()),
  ]);
}

function isGone(readBack: ReadBack, { identity, permission }: Held): boolean {
  return readBack.identity === identity && !readBack.permissions.includes(permission);
}
