import type { ProviderFacts } from "../model/providers.ts";
import { durationWords } from "../parse/duration-words.ts";
import type { EmptyPlan, GrantPlan, SharedAccess } from "../plan/request-plan.ts";

/** So many other grants are named; more are counted. */
const mostNamed = 3;

/**
 * Says how a grant would end, in at most four sentences of plain text: when and by whom, what becomes of open sessions, and what
 * keeps the access beyond it. Names in them are as governance has them: whoever shows them makes them harmless.
 */
export function planSentences(plan: GrantPlan): readonly string[] {
  const { title: system } = providerWords(plan);
  return [
    `The executor takes it out ${endWords(plan)}; ${nativeWords(plan.provider, system)}.`,
    sessionWords(plan.provider, system),
    ...(plan.extends === null
      ? []
      : [
          `It extends ${plan.extends}, without a gap if it begins before that ends: the end of one leaves what the other gives.`,
        ]),
    ...stayWords(plan),
  ];
}

/** Says that nothing can be granted, and why. */
export function emptyPlanSentence({ beneficiary, target }: EmptyPlan): string {
  return `Would give nothing: ${beneficiary} has no name at ${target} in governance/people.yaml.`;
}

/** What people call the system, and what its permission is there, in brackets. */
export interface ProviderWords {
  readonly title: string;
  readonly permission: string;
}

/** Names the kind of a target, and what its permission is there; a kind that is not known keeps its own name and says nothing. */
export function providerWords({ provider, request }: GrantPlan): ProviderWords {
  if (provider === null) return { title: request.provider, permission: "" };
  return { title: provider.title, permission: ` (${provider.permission})` };
}

function endWords({ request: { incident }, latestEnd }: GrantPlan): string {
  const latest = latestEnd === null ? "" : `, at the latest at ${latestEnd}`;
  const earlier = incident === null ? "" : `, or before that when ${incident} is closed`;
  return `at its end${latest}${earlier}`;
}

function nativeWords(facts: ProviderFacts | null, system: string): string {
  switch (facts?.nativeExpiry) {
    case "exact":
      return `${system} ends it by itself too, at the same time`;
    case "upper-bound":
      return `${system} ends it by itself too, but maybe only some time later`;
    case "none":
      return `${system} does not end it by itself, so it stays for as long as the executor cannot take it out`;
    case undefined:
      return `whether ${system} ends it by itself is not known`;
  }
}

function sessionWords(facts: ProviderFacts | null, system: string): string {
  if (facts === null)
    return `How long open sessions go on at ${system} after a revoke is not known.`;
  const { endsSessions, residualSeconds } = facts;
  const isEnding = endsSessions === "yes";
  if (!isEnding && residualSeconds === 0) {
    return `${system} asks for the access at each request, so nothing outlives the revoke.`;
  }
  const ends = `The revoke ends ${isEnding ? "open sessions" : "no open session"}`;
  if (residualSeconds === 0) return `${ends}; they can outlive it by 0 s.`;
  if (residualSeconds !== null) {
    return `${ends}; they can outlive it by up to ${durationWords(residualSeconds)}.`;
  }
  if (isEnding) return `${ends}, but nobody can say how long one goes on that it does not reach.`;
  return `${ends}, and nobody can say how long an open session goes on: nothing ends it.`;
}

function stayWords({ sharing, atEnd }: GrantPlan): readonly string[] {
  if (atEnd === "pre-existing") {
    return [
      "The last read-back shows the access already, and no grant of it: if that is still so when this one begins, the access stays after its end.",
    ];
  }
  if (sharing.length === 0) return [];
  return [
    `The same access is given by ${namesOf(sharing)}: the end of this one leaves it for as long as another is in effect.`,
  ];
}

function namesOf(sharing: readonly SharedAccess[]): string {
  const named = sharing
    .slice(0, mostNamed)
    .map(({ request, as }) => `${request} (${as === "grant" ? "in effect" : "approved"})`);
  const more = sharing.length - named.length;
  return more > 0 ? `${named.join(", ")} and ${more} more` : named.join(", ");
}
