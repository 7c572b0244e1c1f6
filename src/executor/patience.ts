import type { Clock } from "../ports/clock.ts";

/** Somebody else's answer took longer than a revoke may wait. Their work may still come to an end. */
export class TookTooLong extends Error {
  override readonly name = "TookTooLong";
}

/**
 * Waits for `work`, but only `seconds`: a remote that hangs must not put off a revoke. Throws TookTooLong after
 * that and what `work` throws before it; `work` goes on by itself.
 */
export async function withPatience<T>(clock: Clock, seconds: number, work: Promise<T>): Promise<T> {
  const rest = new AbortController();
  const late = clock.sleep(seconds * 1000, rest.signal).then(() => {
    throw new TookTooLong(`no answer within ${seconds} s`);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    rest.abort();
  }
}
