import { setTimeout as sleep } from "node:timers/promises";

/**
 * Asks again and again until there is an answer, at most `seconds` long; on a slow machine so many times as long as
 * COUNTERSIGN_PATIENCE says. Throws with what was waited for and the last thing seen.
 */
export async function waitFor<T>(
  what: string,
  seconds: number,
  probe: () => Promise<{ readonly found: T } | { readonly seen: string }>,
): Promise<T> {
  const most = seconds * patience();
  const end = Date.now() + most * 1000;
  for (;;) {
    const answer = await probe();
    if ("found" in answer) return answer.found;
    if (Date.now() >= end) {
      throw new Error(`Waited ${most} s for ${what}; last seen: ${answer.seen}`);
    }
    await sleep(200);
  }
}

/**
 * Waits for the next second. The forge tells whole seconds: what is done in the second in which something came into force reads as
 * done before it, and nobody but a program is that fast.
 */
export async function nextSecond(): Promise<void> {
  await sleep(1000 - (Date.now() % 1000));
}

/** How many times as long everything may take here as on an idle machine; 1 or more. */
export function patience(): number {
  const factor = Number(process.env["COUNTERSIGN_PATIENCE"] ?? "1");
  return factor >= 1 ? factor : 1;
}
