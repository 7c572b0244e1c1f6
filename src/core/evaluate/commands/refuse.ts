import type { CommandOutcome } from "../../model/command.ts";

/** Refuses a command: it changes nothing, and is on record all the same. */
export function refuse(code: string, reason: string): CommandOutcome {
  return { outcome: "refused", code, reason, effect: null };
}
