import { canonicalJson } from "../core/attest/canonical-json.ts";
import { sha256 } from "../core/attest/digest.ts";
import { entriesOf, entryByKey } from "../core/attest/ledger-view.ts";
import type { Decision } from "../core/model/decision.ts";
import type { Draft, EntryDraft } from "../core/model/entry.ts";
import type { Snapshot } from "../core/model/snapshot.ts";
import { clearingsOf } from "../core/plan/open-violations.ts";
import type { CheckMark } from "../ports/forge-writer.ts";
import { failureText } from "./failure-text.ts";
import type { Gate } from "./gate.ts";

/**
 * Records what stands on the head of an open PR under the name of our check and is not what we wrote (E1, E2): somebody else's
 * check or status, or our own run that shows success though no decision on that head ever was. Says whether the ledger learnt
 * something by it. What was cleared is not recorded again, what comes after it is. A forge that does not tell holds nothing up:
 * the branch requires the check of our App alone.
 */
export async function observeChecks(
  gate: Gate,
  snapshot: Snapshot,
  decision: Decision,
): Promise<"something-new" | "nothing-new"> {
  const { state, baseRef, number: pull } = snapshot.pull;
  const isConcerned = state === "open" && baseRef === gate.governedBranch;
  if (!isConcerned || decision.kind === "ungoverned") return "nothing-new";
  const marks = await marksOn(gate, decision);
  const known = openCodes(gate, pull);
  const view = gate.ledger.view();
  const fresh = [foreign(decision, marks), tampered(gate, decision, marks)]
    .filter((draft) => draft !== null)
    .filter(({ result }) => !known.has(result.code))
    .filter(({ idempotencyKey }) => entryByKey(view, "audit/decisions", idempotencyKey) === null);
  if (fresh.length === 0) return "nothing-new";
  for (const { result } of fresh) {
    gate.log("error", "a check of our name is not ours", { pull, code: result.code });
  }
  await gate.ledger.append(fresh);
  return "something-new";
}

async function marksOn(gate: Gate, { pull, head }: Decision): Promise<readonly CheckMark[]> {
  try {
    return await gate.writer.marksOn(head);
  } catch (error) {
    gate.log("warn", "the checks on a head could not be read", {
      pull,
      reason: failureText(error),
    });
    return [];
  }
}

/** One of a kind is enough until somebody has cleared it: whoever may write a status can write a thousand. */
function openCodes({ ledger }: Gate, pull: number): ReadonlySet<string> {
  const view = ledger.view();
  const cleared = clearingsOf(view.decisions);
  return new Set(
    entriesOf(view, "violation")
      .filter(({ seq, inputs }) => inputs.pull === pull && !cleared.has(seq))
      .map(({ result }) => result.code),
  );
}

type Violation = EntryDraft & Draft<"violation">;

function foreign(decision: Decision, marks: readonly CheckMark[]): Violation | null {
  const others = marks.filter(({ of }) => of === "another");
  if (others.length === 0) return null;
  const ids = others.map(({ id }) => id).sort();
  const names = [...new Set(others.map(({ name }) => name.toWellFormed()))].join(", ");
  return violation(decision, {
    code: "FOREIGN-CHECK",
    detail: `A check of our name on ${decision.head.slice(0, 8)} is by ${names}.`,
    key: sha256(canonicalJson(ids)),
    by: others.flatMap(({ by }) => by ?? []),
  });
}

/** A check stands on a commit, so whatever PR of this head was approved may have made it green. */
function tampered(
  { ledger }: Gate,
  decision: Decision,
  marks: readonly CheckMark[],
): Violation | null {
  const green = marks.find(({ of, shows }) => of === "own-app" && shows === "success");
  if (green === undefined) return null;
  const wasApproved = entriesOf(ledger.view(), "decision").some(
    ({ result }) =>
      result.decision.head === decision.head && result.decision.verdict === "approved",
  );
  if (wasApproved) return null;
  return violation(decision, {
    code: "TAMPERED-CHECK",
    detail: `Our check on ${decision.head.slice(0, 8)} shows success, which no decision on it ever said.`,
    key: sha256(canonicalJson([green.id])),
    by: [],
  });
}

interface Fault {
  readonly code: "FOREIGN-CHECK" | "TAMPERED-CHECK";
  readonly detail: string;
  readonly key: string;
  readonly by: Draft<"violation">["inputs"]["by"];
}

/** It concerns the pull request alone: whoever names somebody else's access in one must not end that by a mark on it. */
function violation({ pull }: Decision, { code, detail, key, by }: Fault): Violation {
  return {
    type: "violation",
    idempotencyKey: `violation:check:${pull}:${code}:${key}`,
    summary: `#${pull}: ${code === "FOREIGN-CHECK" ? "somebody else's check has our name" : "our check was changed"}`,
    delivery: null,
    inputs: { pull, commit: null, request: null, paths: [], by },
    result: { code, detail },
  };
}
