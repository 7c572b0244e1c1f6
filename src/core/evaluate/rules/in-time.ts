import type { Finding } from "../../model/finding.ts";
import type { Case } from "../case.ts";
import { epochMs } from "../../parse/epoch-ms.ts";

/** Requires that the request is neither past its `activateBy` nor past the pending timeout of its policies. */
export function inTime({ request, snapshot, now }: Case): Finding {
  const found = { rule: "in-time", code: "SOD-TIME", facts: [`pull:${snapshot.pull.number}`] };
  if (request === null) {
    return { ...found, outcome: "indeterminate", reason: "Its limits are not known." };
  }
  const { activateBy } = request.document.spec;
  if (activateBy !== undefined && !(now.getTime() < epochMs(activateBy))) {
    return {
      ...found,
      outcome: "violated",
      reason: `It was to begin before ${activateBy}: open a new request.`,
    };
  }
  // What a person merged too late was out of time, too.
  const until = snapshot.pull.mergedAt === null ? now.getTime() : epochMs(snapshot.pull.mergedAt);
  const openSeconds = (until - epochMs(snapshot.pull.createdAt)) / 1000;
  if (openSeconds < request.limits.pendingSeconds) {
    return { ...found, outcome: "satisfied", reason: "It is in time." };
  }
  return {
    ...found,
    outcome: "violated",
    reason: "It was open for longer than the policy allows: open a new request.",
  };
}
