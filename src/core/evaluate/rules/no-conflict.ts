import type { Finding } from "../../model/finding.ts";
import type { Holding } from "../../model/snapshot.ts";
import { durationSeconds } from "../../parse/duration.ts";
import type { Case, OpenRequest } from "../case.ts";
import type { Clash } from "../static-sod.ts";

/**
 * Requires that the beneficiary would hold nothing together that nobody may (static SoD, rule 8), unless conflicts.yaml
 * allows an exception and the request names it with a reason, compensating controls and a duration within the exception's.
 * The strictest tier and an independent control person follow from naming it, wherever the conflict then is.
 */
export function noConflict(given: Case, found: readonly Clash[]): Finding {
  const { request } = given;
  const base = { rule: "no-conflict", code: "SOD-CONFLICT", facts: factsOf(found) };
  if (request === null) {
    return {
      ...base,
      outcome: "indeterminate",
      reason: "What it would bring together is not known.",
    };
  }
  const refusal = found.map((clash) => whyNotExcepted(clash, request)).find((why) => why !== null);
  if (refusal !== undefined) return { ...base, outcome: "violated", reason: refusal };
  if (found.length === 0) {
    return { ...base, outcome: "satisfied", reason: "It brings nothing together that conflicts." };
  }
  const names = found.map(({ conflict }) => conflict.name).join(", ");
  const reason = `It makes use of the exception from ${names}; a review follows.`;
  return { ...base, outcome: "satisfied", reason };
}

/** Why no exception lets a clash through; `null` when one does. */
function whyNotExcepted({ conflict, holding }: Clash, { document }: OpenRequest): string | null {
  const { name, reason, exception } = conflict;
  const { compensatingControls = [], duration, beneficiary } = document.spec;
  const clash = `${beneficiary.name} would hold what nobody may hold together (${name}): ${inWords(holding)}. ${reason}`;
  if (exception === undefined) return `${clash} There is no exception from it.`;
  if (document.kind === "BreakGlassRequest") {
    return `${clash} An emergency makes no exception from it: wait until the other has ended.`;
  }
  if (document.spec.exceptions?.some((one) => one.conflict === name) !== true) {
    return `${clash} Wait until the other has ended, or name ${name} under \`exceptions\` with a reason.`;
  }
  if (compensatingControls.length === 0) {
    return `${clash} The exception needs \`compensatingControls\`: name at least one.`;
  }
  const asked = durationSeconds(duration) ?? Infinity;
  if (asked <= (durationSeconds(exception.maxDuration) ?? 0)) return null;
  return `${clash} The exception allows ${exception.maxDuration} at most: write that or less.`;
}

function inWords(holding: Holding | null): string {
  if (holding === null) return "this entitlement contains both";
  const { as, entitlement, target, pull } = holding;
  const where = `${entitlement} at ${target}`;
  switch (as) {
    case "grant":
      return `${where} is in effect`;
    case "target":
      return `the last read-back of ${target} shows ${entitlement}`;
    case "approved":
      return `${where} is approved and can still begin`;
    case "asked":
      return `${where} is asked for by #${pull ?? 0}, which was opened before`;
  }
}

function factsOf(found: readonly Clash[]): readonly string[] {
  return found.flatMap(({ conflict, holding }) => [
    `conflict:${conflict.name}`,
    ...(holding?.request == null ? [] : [`request:${holding.request}`]),
  ]);
}
