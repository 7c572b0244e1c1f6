import type { EntryOf } from "../model/entry.ts";
import type { DecisionIndex } from "./decision-index.ts";
import type { Refusal } from "./refusal.ts";
import { refusedForGood, refusedForNow } from "./refusal.ts";

/**
 * Finds what came after a decision and voids it (design.md §2): a violation that names its PR, request, file or
 * merge, or a later decision on the same PR that is not an approval of the same bytes. `null` when nothing
 * does. A voided grant does not begin, and ends early when it has begun.
 */
export function voidedBy(
  index: DecisionIndex,
  decision: EntryOf<"decision">,
  mergeCommit: string | null,
): Refusal | null {
  const { pull, request } = decision.result.decision;
  const violation = index.violations.find(
    ({ seq, inputs }) =>
      seq > decision.seq &&
      (inputs.pull === pull ||
        (inputs.request !== null && inputs.request === request?.name) ||
        (request !== null && inputs.paths.includes(request.path)) ||
        (inputs.commit !== null && inputs.commit === mergeCommit)),
  );
  if (violation !== undefined) {
    const { code } = violation.result;
    const reason = `It is under the violation ${code} (entry ${violation.seq}): a post-reviewer has to clear it.`;
    return refusedForNow("EXEC-VIOLATION", reason);
  }
  const ending = endedBy(index, decision);
  if (ending !== null) {
    const { cause } = ending.result;
    const reason = `It was ${cause} by ${ending.inputs.by?.login ?? "ghost"} (entry ${ending.seq}): open a new request.`;
    return refusedForGood("EXEC-ENDED", reason);
  }
  const later = index.byPull
    .get(pull)
    ?.find((other) => other.seq > decision.seq && !approvesTheSame(other, decision));
  if (later === undefined) return null;
  const { verdict } = later.result.decision;
  const reason = `A later decision on #${pull} (entry ${later.seq}) is ${verdict} or about other content: open a new request.`;
  return refusedForGood("EXEC-VOIDED", reason);
}

/**
 * Finds who ended the request of a decision before its time; `null` when nobody did. A name belongs to the PR that used it
 * first, and only what ends access reaches it from another one: its removal.
 */
export function endedBy(
  { endings }: DecisionIndex,
  { result: { decision } }: EntryOf<"decision">,
): EntryOf<"ending"> | null {
  const name = decision.request?.name ?? "";
  const own = endings
    .get(name)
    ?.find(({ inputs, result }) => inputs.pull === decision.pull || result.cause === "revoked");
  return own ?? null;
}

function approvesTheSame(other: EntryOf<"decision">, decision: EntryOf<"decision">): boolean {
  const { decision: a } = other.result;
  const { decision: b } = decision.result;
  return (
    a.verdict === "approved" &&
    a.request !== null &&
    a.request.path === b.request?.path &&
    a.request.digest === b.request.digest
  );
}
