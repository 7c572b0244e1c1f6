import type { Finding } from "../../model/finding.ts";
import { durationSeconds } from "../../parse/duration.ts";
import type { Case, OpenRequest } from "../case.ts";
import { epochMs } from "../../parse/epoch-ms.ts";

/**
 * Requires that the request, together with what the same person was granted for overlapping access inside the window, stays
 * within the longest total, and that the person does not hold too much at the same time (K11: the smallest limit of this
 * request's policies). So splitting, repeating or extending buys no more than one long request would.
 */
export function withinLimits(given: Case): Finding {
  const found = { rule: "within-limits", code: "SOD-LIMITS" };
  const { request } = given;
  if (request === null) {
    return { ...found, outcome: "indeterminate", reason: "Its limits are not known.", facts: [] };
  }
  const { maxTotalSeconds, maxConcurrent } = request.limits;
  const earlier = grantedBefore(given, request);
  const facts = earlier.flatMap(({ request: name }) => (name === null ? [] : [`request:${name}`]));
  const seconds =
    (durationSeconds(request.document.spec.duration) ?? Infinity) +
    earlier.reduce((sum, { durationSeconds: one }) => sum + one, 0);
  if (!(seconds <= maxTotalSeconds)) {
    const names = facts.length === 0 ? "" : ` (with ${facts.join(", ")})`;
    return {
      ...found,
      outcome: "violated",
      reason: `Together it would be ${seconds} seconds${names} of overlapping access; the policy allows ${maxTotalSeconds} in its window.`,
      facts,
    };
  }
  const held = heldAtOnce(given, request);
  if (held.length + 1 <= maxConcurrent) {
    return { ...found, outcome: "satisfied", reason: "It is within the limits.", facts };
  }
  return {
    ...found,
    outcome: "violated",
    reason: `${request.fingerprint.person} would hold ${held.length + 1} grants at the same time; the policy allows ${maxConcurrent}. Wait until one has ended: ${held.join(", ")}.`,
    facts: held.map((name) => `request:${name}`),
  };
}

function grantedBefore({ snapshot, now }: Case, { limits }: OpenRequest) {
  return snapshot.ledger.linked.filter(
    ({ grants, at }) =>
      grants === "yes" && !((now.getTime() - epochMs(at)) / 1000 > limits.windowSeconds),
  );
}

/** What is extended is held already, and is not held twice for it. */
function heldAtOnce({ snapshot }: Case, { fingerprint, document }: OpenRequest): readonly string[] {
  const extended = document.kind === "AccessExtension" ? document.spec.extends : null;
  const names = snapshot.ledger.holdings.flatMap(({ person, as, request }) =>
    person === fingerprint.person &&
    (as === "grant" || as === "approved") &&
    request !== null &&
    request !== extended
      ? [request]
      : [],
  );
  return [...new Set(names)].sort();
}
