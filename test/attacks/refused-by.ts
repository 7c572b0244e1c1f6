import { expect } from "vitest";

/** What came of one try. */
export interface Outcome {
  readonly outcome: "passed" | "refused";
  /** Codes of everything that stood in the way. */
  readonly codes: readonly string[];
}

export type Try = () => Outcome | Promise<Outcome>;

/** An attack, and what differs from it in nothing but that it is honest. */
export interface Trial {
  readonly attempt: Try;
  readonly honest: Try;
}

/**
 * Carries out an attack beside its honest twin: the attack must be refused by the code, and the twin must pass without it, so
 * that refusing everything shows nothing.
 */
export function refusedBy(code: string, { attempt, honest }: Trial): () => Promise<string> {
  return async () => {
    const attacked = await attempt();
    expect(attacked, "the attack").toMatchObject({ outcome: "refused" });
    expect(attacked.codes, "what refuses the attack").toContain(code);
    const twin = await honest();
    expect(twin, "the honest variant").toMatchObject({ outcome: "passed" });
    expect(twin.codes, "what is said of the honest variant").not.toContain(code);
    return code;
  };
}
