import type { EvaluationError } from "@marcbachmann/cel-js";
import type { CompiledCondition } from "./compile-condition.ts";
import type { ConditionFacts } from "./condition-facts.ts";

/** What a condition says of some facts. */
export type ConditionOutcome =
  | { readonly outcome: "holds" }
  | { readonly outcome: "does-not-hold" }
  /** It cannot be said. The caller denies. */
  | { readonly outcome: "error"; readonly reason: string };

/**
 * Evaluates a condition over facts. Never throws, asks no clock, and gives the same outcome for the same
 * facts on every machine. Whatever goes wrong is an error and not "does not hold", which would permit. The
 * reason is a sentence of ours and repeats no fact.
 */
export function evaluateCondition(
  { program }: CompiledCondition,
  facts: ConditionFacts,
): ConditionOutcome {
  try {
    const { request, now } = facts;
    if (![now, request.activateBy].every(isInstant)) return error("An instant is none.");
    const durationSeconds = BigInt(request.durationSeconds);
    const result: unknown = program({ ...facts, request: { ...request, durationSeconds } });
    if (result === false) return { outcome: "does-not-hold" };
    if (result === true) return { outcome: "holds" };
    return error("It yields neither true nor false.");
  } catch (thrown) {
    return error(reasons.get((thrown as EvaluationError).code) ?? "A fact is not of its type.");
  }
}

/** A comparison with an instant that is none would be false, whatever it asks. */
function isInstant(date: Date): boolean {
  return !Number.isNaN(date.getTime());
}

function error(reason: string): ConditionOutcome {
  return { outcome: "error", reason };
}

/** By the code of the library's error. */
const reasons: ReadonlyMap<string, string> = new Map([
  ["division_by_zero", "It divides by zero."],
  ["modulo_by_zero", "It divides by zero."],
  ["numeric_overflow", "A number becomes too large."],
  ["no_such_key", "What is looked up is not there."],
]);
