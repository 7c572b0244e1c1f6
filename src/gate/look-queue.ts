import type { Clock } from "../ports/clock.ts";
import type { Log } from "../ports/log.ts";
import { failureText } from "./failure-text.ts";

/**
 * Why a look is due: something `happened` to that PR and somebody waits for the answer, or it is the turn of all of them
 * (`routine`). A sweep over hundreds of PRs must not keep the one waiting that was just approved.
 */
export type Occasion = "happened" | "routine";

/** One worker a key, coalesced: any number of calls for a PR while it is looked at lead to one more look. */
export interface LookQueue {
  add(pull: number, occasion: Occasion): void;
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

/** In the order of who goes first. */
const occasions: readonly Occasion[] = ["happened", "routine"];

const firstRetrySeconds = 1;
const longestRetrySeconds = 60;
const mostRetries = 8;

/**
 * Makes the work queue of the gate. A look that throws is repeated with back-off, during which it takes nobody's
 * place; when it keeps failing it is left to the next sweep. Two looks at the same PR never overlap, so an older
 * evaluation cannot overwrite a newer one.
 */
export function lookQueue(options: LookQueueOptions): LookQueue {
  const { clock, log, concurrency, signal } = options;
  const waiting: Record<Occasion, Set<number>> = { happened: new Set(), routine: new Set() };
  const running = new Map<number, Occasion>();
  const resting = new Set<number>();
  const failures = new Map<number, number>();
  let whenIdle: (() => void)[] = [];

  const forEachQueue = (change: (queue: Set<number>) => void): void => {
    Object.values(waiting).forEach(change);
  };
  /** The last place is the routine's while none of it runs: a flood of events cannot put it off for ever. */
  const nextOf = (): [number, Occasion] | null => {
    const isLastPlace = running.size === concurrency - 1 && concurrency > 1;
    const isRoutineDue = isLastPlace && ![...running.values()].includes("routine");
    for (const occasion of isRoutineDue ? occasions.toReversed() : occasions) {
      for (const pull of waiting[occasion]) if (!running.has(pull)) return [pull, occasion];
    }
    return null;
  };
  const next = (): void => {
    if (signal.aborted) forEachQueue((queue) => queue.clear());
    while (running.size < concurrency) {
      const found = nextOf();
      if (found === null) break;
      const [pull, occasion] = found;
      forEachQueue((queue) => queue.delete(pull));
      running.set(pull, occasion);
      void attempt(options, pull).then((failure) => {
        running.delete(pull);
        if (failure === null) failures.delete(pull);
        else rest(pull, failure);
        next();
      });
    }
    const none = waiting.happened.size === 0 && waiting.routine.size === 0;
    if (none && running.size === 0 && resting.size === 0) {
      whenIdle.forEach((resolve) => resolve());
      whenIdle = [];
    }
  };
  const rest = (pull: number, reason: string): void => {
    const retry = failures.get(pull) ?? 0;
    log("warn", "a look failed and is repeated", { pull, retry, reason });
    failures.set(pull, retry + 1);
    if (retry >= mostRetries) {
      failures.delete(pull);
      log("error", "a look kept failing and waits for the next sweep", { pull });
      return;
    }
    if (resting.has(pull)) return;
    resting.add(pull);
    const seconds = Math.min(firstRetrySeconds * 2 ** retry, longestRetrySeconds);
    void clock.sleep(seconds * 1000, signal).then(() => {
      resting.delete(pull);
      waiting.happened.add(pull);
      next();
    });
  };
  return {
    add(pull, occasion) {
      waiting[occasion].add(pull);
      next();
    },
    idle: () =>
      new Promise((resolve) => {
        whenIdle.push(resolve);
        next();
      }),
  };
}

/** Looks once; `null` when it went well, otherwise what went wrong. */
async function attempt({ look }: LookQueueOptions, pull: number): Promise<string | null> {
  try {
    await look(pull);
    return null;
  } catch (error) {
    return failureText(error);
  }
}
