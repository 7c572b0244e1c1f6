import type { Clock } from "../ports/clock.ts";
import { pauseSeconds } from "./back-off.ts";
import { failureText } from "./failure-text.ts";
import type { Log } from "../ports/log.ts";
import type { PassReport } from "./reconcile.ts";

/** What the loop needs; `pass` is `reconcile` bound to its executor. */
export interface ExecutorLoop {
  readonly pass: () => Promise<PassReport>;
  /** Writes the checkpoint of the day unless it is there; it must come to an end by itself. */
  readonly checkpoint: () => Promise<void>;
  readonly clock: Clock;
  readonly log: Log;
  /** The longest pause between two passes. */
  readonly pollSeconds: number;
  /** Ends the loop after the pass that is going on. */
  readonly signal: AbortSignal;
}

/**
 * Runs passes until the signal aborts: one at the start, then at the next end of a grant or after `pollSeconds`,
 * whichever is first. Passes never overlap. One that throws is logged and repeated after a pause that grows,
 * never beyond `pollSeconds`. After a pass in which grants were allowed the day's checkpoint is written, and no pass waits
 * for it: a revoke waits for nothing. Resolves when it has stopped; never rejects.
 */
export async function runExecutor(loop: ExecutorLoop): Promise<void> {
  const { clock, signal } = loop;
  let failures = 0;
  let checkpointing: Promise<void> | null = null;
  while (!signal.aborted) {
    const report = await tryPass(loop);
    failures = report === null ? failures + 1 : 0;
    // A stop says that remote or clock is not to be trusted: neither is a day that they would be anchored on.
    if (report?.stop === null) {
      checkpointing ??= tryCheckpoint(loop).finally(() => {
        checkpointing = null;
      });
    }
    const pause = report === null ? failurePause(loop, failures) : pauseUntil(loop, report);
    await clock.sleep(pause, signal);
  }
  await checkpointing;
}

async function tryCheckpoint({ checkpoint, log }: ExecutorLoop): Promise<void> {
  try {
    await checkpoint();
  } catch (error) {
    const fields = { failure: failureText(error) };
    log("warn", "The checkpoint of the day was not written and is tried again", fields);
  }
}

async function tryPass({ pass, log }: ExecutorLoop): Promise<PassReport | null> {
  try {
    return await pass();
  } catch (error) {
    log("error", "A pass broke off and is repeated", { failure: failureText(error) });
    return null;
  }
}

function failurePause({ pollSeconds }: ExecutorLoop, failures: number): number {
  return Math.min(pauseSeconds(failures - 1), pollSeconds) * 1000;
}

function pauseUntil({ clock, pollSeconds }: ExecutorLoop, { nextPassBy }: PassReport): number {
  const longest = pollSeconds * 1000;
  if (nextPassBy === null) return longest;
  const untilDue = nextPassBy.getTime() - clock.now().getTime();
  return Math.max(0, Math.min(untilDue, longest));
}
