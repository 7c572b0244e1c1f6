import type { Governance } from "../../model/governance.ts";
import type { Case } from "../case.ts";
import { chainOf } from "../role-holders.ts";
import { withDelegates } from "../delegations.ts";
import { reportedSince } from "./reported-since.ts";
import { waitingSince } from "../waiting-since.ts";

/** One step of the fallback chain: who may approve from when on. */
export interface ChainStep {
  /** From 1. */
  readonly step: number;
  /** Sorted, with those who act for them. Nobody is in two steps. */
  readonly people: readonly string[];
  /** Milliseconds since the epoch; `Infinity` when the policy's time cannot be read. */
  readonly opensAt: number;
}

/**
 * Lists the steps of the fallback chain of an emergency: the owners of the `[break-glass]` line in their order. Each opens by
 * time alone, counted from when the request could first be approved as it is, for an emergency that somebody else reported: nobody but the clock opens a step earlier, and
 * what is pushed or made ready later begins anew. Empty for every other request.
 */
export function chainSteps(given: Case, governance: Governance): readonly ChainStep[] {
  const { request, snapshot } = given;
  if (request === null || request.emergency === null) return [];
  const seconds = request.emergency.chainStepSeconds;
  const since = waitingSince(snapshot.pull);
  // Before anybody else says that there is an emergency, no time of the chain runs.
  const counted = Math.max(since, reportedSince(given, governance) ?? Infinity);
  const chain = chainOf(governance, snapshot, request.path);
  return chain.map((holders, index) => ({
    step: index + 1,
    people: withLateDelegates(given, governance, { chain, index, holders }),
    opensAt: index === 0 ? since : counted + index * seconds * 1000,
  }));
}

/**
 * Adds who acts for somebody of a step, unless they are in the chain by themselves or act for somebody of a later step, too: a
 * hand-over opens no step earlier for anybody.
 */
function withLateDelegates(
  given: Case,
  governance: Governance,
  {
    chain,
    index,
    holders,
  }: {
    readonly chain: readonly (readonly string[])[];
    readonly index: number;
    readonly holders: readonly string[];
  },
): readonly string[] {
  if (governance.delegations.length === 0) return holders;
  const role = "break-glass";
  const own = new Set(chain.flat());
  const later = chain
    .slice(index + 1)
    .flatMap((others) => withDelegates(given, governance, { role, holders: others }));
  return withDelegates(given, governance, { role, holders }).filter(
    (person) => holders.includes(person) || !(own.has(person) || later.includes(person)),
  );
}

/** Writes when a step opens (ISO 8601). */
export function instantText(at: number): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? "an unknown time" : date.toISOString();
}

/** The step that a person is in; `null` for whom the chain does not name. */
export function stepOfPerson(steps: readonly ChainStep[], person: string): ChainStep | null {
  return steps.find(({ people }) => people.includes(person)) ?? null;
}
