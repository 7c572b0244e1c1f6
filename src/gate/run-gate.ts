import { entriesOf } from "../core/attest/ledger-view.ts";
import { ensureTrustRoot } from "../record/ensure-trust-root.ts";
import { writeCheckpoint } from "../record/write-checkpoint.ts";
import type { TrustRoot } from "../core/model/governance.ts";
import { newestDecisions } from "../facts/newest-decision.ts";
import { LedgerBroken } from "../record/ledger-errors.ts";
import { brokenLedger, reportBroken } from "./broken-ledger.ts";
import { failureText } from "./failure-text.ts";
import type { Gate } from "./gate.ts";
import { look } from "./look.ts";
import { lookQueue } from "./look-queue.ts";
import { pushMemory } from "./push-memory.ts";
import type { PushSighting, ReviewSighting } from "./sighting.ts";
import { sweep, widerScope } from "./sweep.ts";
import type { SweepScope } from "./sweep.ts";

/** What webhooks may ask of a running gate: look again. None of them carries authority. */
export interface RunningGate {
  lookAt(pull: number): void;
  /** Keeps what a review saw, or what became of one, until the look that records it. */
  saw(sighting: ReviewSighting): void;
  /** Keeps who moved a branch until a look at a PR from it records it. */
  sawPush(sighting: PushSighting): void;
  /** Looks at every PR that was decided on for an incident, `owner/repository#number`; at nothing for any other issue. */
  incidentChanged(reference: string): void;
  sweepNow(scope: SweepScope): void;
  /** Why nothing is decided any more, with what to do; `null` while it works. */
  whyStopped(): string | null;
  /** Why it stopped by itself: a new trust root has retired its key. `null` until then. */
  whyRetired(): string | null;
  /** Resolves after the signal aborted, or its key was retired, and the work under way is done. */
  readonly stopped: Promise<void>;
}

export interface RunGateOptions {
  readonly trustRoot: TrustRoot;
  readonly sweepSeconds: number;
  readonly signal: AbortSignal;
}

/** How many PRs are looked at side by side; the ledger serialises what they write. */
const concurrency = 4;

/**
 * Runs the gate: a sweep at start, at every end of a grant and every few minutes, a look whenever something
 * happened, and a checkpoint a day. Resolves once the trust root is on the ledger and the first sweep is under way. Ends by itself
 * when a new trust root has retired its key.
 */
export async function runGate(gate: Gate, options: RunGateOptions): Promise<RunningGate> {
  const retirement = new AbortController();
  const signal = AbortSignal.any([options.signal, retirement.signal]);
  let retired: string | null = null;
  await startLedger(gate, options.trustRoot);
  const sightings = new Map<number, ReviewSighting[]>();
  const pushes = pushMemory();
  const queue = lookQueue({
    clock: gate.clock,
    log: gate.log,
    concurrency,
    signal,
    look: async (pull) => {
      const seen = sightings.get(pull) ?? [];
      await look(gate, pull, { reviews: seen, pushesTo: pushes.to });
      const left = (sightings.get(pull) ?? []).filter((sighting) => !seen.includes(sighting));
      if (left.length === 0) sightings.delete(pull);
      else sightings.set(pull, left);
    },
  });

  let wake = new AbortController();
  let next: SweepScope = "everything";
  const loop = async (): Promise<void> => {
    let everythingDue = 0;
    while (!signal.aborted) {
      wake = new AbortController();
      const now = gate.clock.now().getTime();
      const scope = now >= everythingDue ? "everything" : next;
      next = "ends";
      if (scope === "everything") everythingDue = now + options.sweepSeconds * 1000;
      const seen = pushes.to(gate.governedBranch);
      const pulls = await sweepOnce(gate, { scope, seen });
      retired = whyRetired(gate);
      if (retired !== null) {
        gate.log("error", "the key of this gate is retired, so it stops", { reason: retired });
        retirement.abort();
        break;
      }
      for (const pull of pulls) queue.add(pull, "routine");
      await checkpointOnce(gate);
      const stop = AbortSignal.any([signal, wake.signal]);
      await gate.clock.sleep(untilNextSweep(gate, everythingDue), stop);
    }
    await queue.idle();
  };
  return {
    lookAt: (pull) => queue.add(pull, "happened"),
    saw: (sighting) => {
      sightings.set(sighting.pull, [...(sightings.get(sighting.pull) ?? []), sighting]);
    },
    sawPush: pushes.keep,
    incidentChanged: (reference) => {
      for (const pull of pullsFor(gate, reference)) queue.add(pull, "happened");
    },
    sweepNow: (scope) => {
      next = widerScope(next, scope);
      wake.abort();
    },
    whyStopped: () => brokenLedger(gate)?.message ?? retired,
    whyRetired: () => retired,
    stopped: loop(),
  };
}

/** PRs whose newest decision names the incident, compared as the forge does. */
function pullsFor(gate: Gate, reference: string): readonly number[] {
  if (brokenLedger(gate) !== null) return [];
  return [...newestDecisions(gate.ledger.view())].flatMap(([pull, { result }]) => {
    const incident = result.decision.request?.incident ?? null;
    return incident?.toLowerCase() === reference.toLowerCase() ? [pull] : [];
  });
}

async function startLedger(gate: Gate, trustRoot: TrustRoot): Promise<void> {
  await gate.mirror.fetch();
  await syncOrReport(gate);
  const tip = await gate.mirror.tip(gate.governedBranch);
  if (tip === null) {
    throw new Error(`The repository has no branch ${gate.governedBranch}: push one first.`);
  }
  await ensureTrustRoot(gate.ledger, trustRoot, tip);
}

/** A ledger that broke while the gate was down is recorded as well, before the start is given up. */
async function syncOrReport(gate: Gate): Promise<void> {
  try {
    await gate.ledger.sync();
  } catch (error) {
    if (error instanceof LedgerBroken) await reportBroken(gate, error);
    throw error;
  }
}

async function sweepOnce(
  gate: Gate,
  { scope, seen }: { readonly scope: SweepScope; readonly seen: readonly PushSighting[] },
): Promise<readonly number[]> {
  try {
    return await sweep(gate, scope, seen);
  } catch (error) {
    if (error instanceof LedgerBroken) await reportBroken(gate, error);
    else gate.log("warn", "a sweep failed and is repeated", { reason: failureText(error) });
    return [];
  }
}

function whyRetired(gate: Gate): string | null {
  return brokenLedger(gate) === null ? gate.ledger.whyRetired() : null;
}

async function checkpointOnce({ ledger, clock, log }: Gate): Promise<void> {
  try {
    await writeCheckpoint(ledger, clock.now());
  } catch (error) {
    log("warn", "the checkpoint of the day was not written and is tried again", {
      reason: failureText(error),
    });
  }
}

/** Milliseconds until the next sweep is due: at the latest when the next grant ends. */
function untilNextSweep(gate: Gate, everythingDue: number): number {
  const { ledger, clock } = gate;
  const now = clock.now().getTime();
  if (brokenLedger(gate) !== null) return Math.max(0, everythingDue - now);
  const ends = entriesOf(ledger.view(), "grant-intent")
    .map(({ result }) => Date.parse(result.grant.expiresAt) - now)
    .filter((milliseconds) => milliseconds > 0);
  return Math.max(0, Math.min(everythingDue - now, ...ends));
}
