import { expect, test } from "vitest";

/** `A1` is an attack of the list, `§4.7` one that follows from rule 7 of docs/design.md §4. */
export type AttackId =
  | `${"A" | "B" | "C" | "D" | "E" | "F" | "G" | "H" | "I" | "J" | "K"}${number}`
  | `§${number}.${number}`
  | `§${number}`;

/** What the table of `npm run attacks` shows of one attack. */
export interface AttackRecord {
  readonly id: string;
  readonly title: string;
  readonly refused: "yes" | "no";
  /** Code of the finding, the judgement or the problem that refused it; `null` when nothing did. */
  readonly code: string | null;
}

declare module "vitest" {
  interface TaskMeta {
    attack?: AttackRecord;
  }
}

/**
 * Makes one attack a test and records it for the table, in whatever file or project the test is. `carryOut` returns the code by
 * which the attack was refused, after it showed that the honest variant passes; it throws when anything else happened, and the
 * attack then counts as not refused.
 */
export function attack(
  id: AttackId,
  title: string,
  carryOut: () => string | Promise<string>,
  timeoutMilliseconds?: number,
): void {
  test(
    `${id} ${title}`,
    { ...(timeoutMilliseconds === undefined ? {} : { timeout: timeoutMilliseconds }) },
    async ({ task }) => {
      task.meta.attack = { id, title, refused: "no", code: null };
      const code = await carryOut();
      expect(code, "an attack is refused by a code").toMatch(/^\S+$/u);
      task.meta.attack = { id, title, refused: "yes", code };
    },
  );
}
