import { TargetUnreachable } from "../../ports/target.ts";

/**
 * Runs one question to a system, however many requests it takes, and gives it up when the time is over: the signal then
 * stops what is under way, and whatever would follow it, so that nothing takes effect later. Throws TargetUnreachable.
 */
export async function withinTime<T>(
  system: string,
  seconds: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const abort = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const error = new TargetUnreachable(
        `${system} did not answer within ${seconds} seconds: what the target holds is unknown; try again.`,
      );
      abort.abort(error);
      reject(error);
    }, seconds * 1000);
  });
  try {
    return await Promise.race([work(abort.signal), late]);
  } finally {
    clearTimeout(timer);
    abort.abort();
  }
}
