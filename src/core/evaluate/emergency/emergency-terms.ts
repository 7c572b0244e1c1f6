import type { AccessPolicy } from "../../model/governance.ts";
import { durationSeconds } from "../../parse/duration.ts";

/** What all policies together say of access in an emergency. */
export interface EmergencyTerms {
  /** Repositories whose issues are incidents: those that every policy names. */
  readonly incidents: readonly string[];
  /** How long after the one before it each step of the fallback chain opens. */
  readonly chainStepSeconds: number;
  /** Each has to be kept by itself. */
  readonly budgets: readonly { readonly count: number; readonly windowSeconds: number }[];
}

/**
 * Combines what the policies that apply say of emergencies; `null` when none of them says anything, which grants nothing: a
 * policy that was written for ordinary requests opens no faster way.
 */
export function emergencyTerms(policies: readonly AccessPolicy[]): EmergencyTerms | null {
  const terms = policies.flatMap(({ spec }) => spec.breakGlass ?? []);
  const [first, ...others] = terms;
  if (first === undefined) return null;
  return {
    incidents: others.reduce<readonly string[]>(
      (kept, { incidents }) =>
        kept.filter((one) => incidents.some((other) => sameName(one, other))),
      first.incidents,
    ),
    // What cannot be read opens no later step and leaves no budget.
    chainStepSeconds: Math.max(
      ...terms.map(({ chainStep }) => durationSeconds(chainStep) ?? Infinity),
    ),
    budgets: terms.map(({ budget }) => ({
      count: budget.count,
      windowSeconds: durationSeconds(budget.window) ?? Infinity,
    })),
  };
}

/** Repositories are named without regard to case, as the forge does. */
function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
