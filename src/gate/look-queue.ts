import type { Clock } from "../ports/clock.ts";
import type { Log } from "../ports/log.ts";

/** One worker a key, coalesced: any number of calls for a PR while it is looked at lead to one more look. */
export interface LookQueue {
  add(pull: number): void;
  /** Resolves when nothing is waiting or running. */
  idle(): Promise<void>;
}

export interface LookQueueOptions {
  readonly look: (pull: number) => Promise<void>;
  readonly clock: Clock;
  readonly log: Log;
  /** How many different PRs are looked at at the same time. */
  readonly concurrency: number;
  readonly signal: AbortSignal;
}

const firstRetrySeconds = 1;
const longestRetrySeconds = 60;
const mostRetries = 8;

/**
 * Makes the work queue of the gate. A look that throws is repeated with back-off; when it keeps failing
 * it is left to the next sweep. Two looks at the same PR never overlap, so an older evaluation cannot overwrite
 * a newer one.
 */
export function lookQueue(options: LookQueueOptions): LookQueue {
  const waiting = new Set<number>();
  const running = new Set<number>();
  let whenIdle: (() => void)[] = [];

  const next = (): void => {
    if (options.signal.aborted) waiting.clear();
    for (const pull of waiting) {
      if (running.size >= options.concurrency) return;
      if (running.has(pull)) continue;
      waiting.delete(pull);
      running.add(pull);
      void attempt(options, pull).then(() => {
        running.delete(pull);
        next();
      });
    }
    if (waiting.size === 0 && running.size === 0) {
      whenIdle.forEach((resolve) => resolve());
      whenIdle = [];
    }
  };
  return {
    add(pull) {
      waiting.add(pull);
      next();
    },
    idle: () =>
      new Promise((resolve) => {
        whenIdle.push(resolve);
        next();
      }),
  };
}

async function attempt(
  { look, clock, log, signal }: LookQueueOptions,
  pull: number,
): Promise<void> {
  for (let retry = 0; retry <= mostRetries && !signal.aborted; retry += 1) {
    try {
      await look(pull);
      return;
    } catch (error) {
      const reason = error instanceof Error ? `${error.name}: ${error.message}` : "unknown";
      log("warn", "a look failed and is repeated", { pull, retry, reason });
      const seconds = Math.min(firstRetrySeconds * 2 ** retry, longestRetrySeconds);
      await clock.sleep(seconds * 1000, signal);
    }
  }
  log("error", "a look kept failing and waits for the next sweep", { pull });
}
