import { setTimeout as sleep } from "node:timers/promises";

/**
 * Asks again and again until there is an answer, at most `seconds` long. Throws with what was waited for
 * and the last thing seen.
 */
export async function waitFor<T>(
  what: string,
  seconds: number,
  probe: () => Promise<{ readonly found: T } | { readonly seen: string }>,
): Promise<T> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await probe();
    if ("found" in answer) return answer.found;
    if (Date.now() >= end) {
      throw new Error(`Waited ${seconds} s for ${what}; last seen: ${answer.seen}`);
    }
    await sleep(200);
  }
}
