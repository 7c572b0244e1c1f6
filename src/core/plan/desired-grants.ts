import type { Entry } from "../model/entry.ts";
import type { ExecutionRecord } from "./access-state.ts";
import { usesOf } from "./grant-uses.ts";
import type { GrantUses } from "./grant-uses.ts";
import { indexDecisions } from "./decision-index.ts";
import type { DecisionIndex } from "./decision-index.ts";
import { lapseRefusal, matchDecision, requestName } from "./match-decision.ts";
import type { GovernedBranch, Matched, RequestFile } from "./match-decision.ts";
import type { Refusal } from "./refusal.ts";
import { refusedForGood } from "./refusal.ts";

/** What the executor knows when it asks which grants should be in effect. */
export interface DesiredInput {
  readonly files: readonly RequestFile[];
  readonly branch: GovernedBranch;
  readonly decisions: readonly Entry[];
  readonly executions: readonly ExecutionRecord[];
  readonly now: Date;
}

/**
 * What becomes of one request file: `grant` it, it has `begun` (its intent is written, whether or not it
 * ended since), or it is refused. `decision` is `null` when none can be named or the refusal is on record.
 */
export type DesiredGrant =
  | (Matched & { readonly state: "grant" | "begun" })
  | (Refusal & {
      readonly state: "refused";
      readonly name: string;
      readonly path: string;
      readonly decision: string | null;
    });

/**
 * Lists what should be in effect by the governed branch and the ledgers, sorted by path. A decision, a merge
 * and a name each make at most one grant, and none begins at or after the decision's `notAfter`.
 */
export function desiredGrants(
  input: DesiredInput,
  index: DecisionIndex = indexDecisions(input.decisions),
): readonly DesiredGrant[] {
  const use = usesOf(input.executions);
  return [...input.files]
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .map((file) => desiredGrant(file, input, index, use));
}

/** Says what becomes of one request file. */
export function desiredGrant(
  file: RequestFile,
  { branch, now }: Pick<DesiredInput, "branch" | "now">,
  index: DecisionIndex,
  uses: GrantUses,
): DesiredGrant {
  const match = matchDecision(file, index, branch);
  if (match.match === "no") return refuse(file, match.refusal, match.decision, uses);
  const { matched } = match;
  const usedBy = [
    uses.decisions.get(matched.decision.digest),
    uses.merges.get(matched.merge.digest),
    uses.names.get(matched.name),
  ];
  if (usedBy.every((path) => path === file.path)) return { state: "begun", ...matched };
  if (usedBy.some((path) => path !== undefined)) {
    const reason = "Its decision, its merge or its name made another grant: open a new request.";
    return refuse(file, refusedForGood("EXEC-USED", reason), matched.decision.digest, uses);
  }
  const onRecord = uses.refused.has(`${matched.name} ${matched.decision.digest}`);
  const lapse = lapseRefusal(matched.decision.result.decision, now);
  if (lapse === null && !onRecord) return { state: "grant", ...matched };
  return refuse(file, lapse ?? failedBefore, matched.decision.digest, uses);
}

function refuse(
  file: RequestFile,
  refusal: Refusal,
  decision: string | null,
  { refused }: GrantUses,
): DesiredGrant {
  const name = requestName(file.path);
  if (decision === null || !refused.has(`${name} ${decision}`)) {
    return { state: "refused", name, path: file.path, ...refusal, decision };
  }
  return { state: "refused", name, path: file.path, ...failedBefore, decision: null };
}

const failedBefore = refusedForGood(
  "EXEC-FAILED-BEFORE",
  "It was refused for good before: open a new request.",
);
