import { entriesOf } from "../core/attest/ledger-view.ts";
import type { LedgerView } from "../core/attest/ledger-view.ts";
import type { EntryDraft, EntryOf } from "../core/model/entry.ts";
import { clearingsOf, commitsUndecided } from "../core/plan/open-violations.ts";
import { newestDecisions } from "../facts/newest-decision.ts";
import type { CommitNode } from "../ports/mirror.ts";
import { commitViolation } from "./commit-violation.ts";
import type { Gate } from "./gate.ts";
import { governedPaths } from "./governed-paths.ts";
import type { PushSighting } from "./sighting.ts";
import { movementsOf, whoBrought, whoTookAway } from "./who-brought.ts";

/**
 * Walks the governed branch from the trust root on and records what nobody decided (F3; NIST SP 800-53 AC-5, CM-5): a commit that
 * changes a governed file without being the merge of a pull request, and a recorded merge that is no longer there. Found by what the
 * branch is, not by who says so: a lost webhook, a squash and a force-push change nothing. Returns the pull requests whose
 * own look judges a merge. `before` is the ledgers from before the mirror was fetched: merges that were on record then must be on the
 * branch, and one recorded meanwhile need not be in sight yet. Repeatable; throws the errors of the ports, and what is not recorded
 * then is by the next sweep.
 */
export async function recordDirectPushes(
  gate: Gate,
  { before, seen }: { readonly before: LedgerView; readonly seen: readonly PushSighting[] },
): Promise<readonly number[]> {
  const { mirror, ledger, governedBranch } = gate;
  const tip = await mirror.tip(governedBranch);
  const origin = entriesOf(before, "trust-root")[0]?.inputs.main;
  if (tip === null || origin === undefined) return [];
  const isOurs = (await mirror.has(origin)) && (await mirror.isAncestor(origin, tip));
  const line = isOurs ? await mirror.firstParents(origin, tip) : [];
  await recordLost(gate, before, { line, seen });
  if (!isOurs) {
    await record(gate, [rewritten(origin, tip)]);
    return [];
  }
  const recorded = onRecord(ledger.view());
  const pulls: number[] = [];
  let first: { readonly error: unknown } | null = null;
  for (const node of line.filter(({ oid }) => !recorded.has(oid))) {
    try {
      const pull = await judge(gate, node, seen);
      if (pull !== null) pulls.push(pull);
    } catch (error) {
      // One commit that cannot be judged now must not keep those after it from being judged.
      first ??= { error };
    }
  }
  if (first !== null) throw first.error;
  return pulls;
}

/** Commits that were looked at and concern nobody: they never change. */
const harmless = new WeakMap<Gate, Set<string>>();

/** Records a commit that nobody decided; the number of a PR when the commit is its merge, which its own look judges. */
async function judge(
  gate: Gate,
  node: CommitNode,
  seen: readonly PushSighting[],
): Promise<number | null> {
  const known = harmless.get(gate) ?? new Set();
  harmless.set(gate, known);
  if (known.has(node.oid)) return null;
  const paths = await governedPaths(gate.mirror, node);
  if (paths.length === 0) {
    known.add(node.oid);
    return null;
  }
  const pull = await pullOf(gate, node);
  if (pull !== null) return pull;
  const by = await whoBrought(gate, node, await movementsOf(gate, seen));
  const isMerge = node.parents.length === 2;
  const short = node.oid.slice(0, 8);
  const what = `Commit ${short} changes ${inWords(paths)}`;
  await record(
    gate,
    commitViolation({
      ...{ commit: node.oid, pull: null, request: null, paths, by },
      code: isMerge ? "MERGED-WITHOUT-DECISION" : "DIRECT-PUSH",
      detail: isMerge
        ? `${what} by a merge that no decision is about.`
        : `${what} without a pull request that was decided on.`,
      summary: `${short}: ${isMerge ? "merged" : "pushed"} without a decision`,
    }),
  );
  return null;
}

/**
 * The PR that a commit is the merge of, by the head it merges and by what the forge says of that PR. One that still looks open
 * may be merged this very moment. What the forge says was merged otherwise, or not at all, is a push.
 */
async function pullOf(gate: Gate, { oid, parents }: CommitNode): Promise<number | null> {
  const [, head] = parents;
  if (head === undefined || parents.length !== 2) return null;
  for (const [pull, { result }] of newestDecisions(gate.ledger.view())) {
    if (result.decision.head !== head) continue;
    const { state, mergeCommit, baseRef } = await gate.reader.readPull(pull, []);
    if (baseRef !== gate.governedBranch) continue;
    if (state === "open" || mergeCommit === oid) return pull;
  }
  return null;
}

/** Commits whose merge is recorded, or of which a violation says that nobody decided them. */
function onRecord(view: LedgerView): ReadonlySet<string> {
  const merged = entriesOf(view, "merge").map(({ inputs }) => inputs.mergeCommit);
  return new Set([...merged, ...commitsUndecided(view)]);
}

interface Walked {
  readonly line: readonly CommitNode[];
  readonly seen: readonly PushSighting[];
}

/** A force-push that takes a recorded merge away; once more if it is taken away again after somebody cleared that. */
async function recordLost(gate: Gate, view: LedgerView, { line, seen }: Walked): Promise<void> {
  const there = new Set(line.map(({ oid }) => oid));
  const cleared = clearingsOf(view.decisions);
  for (const merge of entriesOf(view, "merge")) {
    const { mergeCommit } = merge.inputs;
    if (there.has(mergeCommit)) continue;
    const earlier = entriesOf(view, "violation").filter(
      ({ inputs, result }) => result.code === "MERGE-LOST" && inputs.commit === mergeCommit,
    );
    if (earlier.some(({ seq }) => !cleared.has(seq))) continue;
    const by = await whoTookAway(gate, mergeCommit, await movementsOf(gate, seen));
    await record(gate, lost(merge, { again: earlier.length, by }));
  }
}

function lost(
  { inputs, result: { requests } }: EntryOf<"merge">,
  { again, by }: { readonly again: number; readonly by: Awaited<ReturnType<typeof whoTookAway>> },
): readonly EntryDraft[] {
  const { pull, mergeCommit: commit } = inputs;
  const names: readonly (string | null)[] = requests.length === 0 ? [null] : requests;
  return names.map((request) => ({
    type: "violation",
    idempotencyKey: `violation:lost:${commit}:${again}:${request ?? ""}`,
    summary: `#${pull}: its merge is no longer on the branch`,
    delivery: null,
    inputs: { pull, commit, request, paths: [], by },
    result: {
      code: "MERGE-LOST",
      detail: `The branch no longer contains ${commit.slice(0, 8)}, the recorded merge of #${pull}.`,
    },
  }));
}

function rewritten(origin: string, tip: string): EntryDraft {
  return {
    type: "violation",
    idempotencyKey: `violation:rewritten:${origin}`,
    summary: "the branch no longer contains where its record begins",
    delivery: null,
    inputs: { pull: null, commit: null, request: null, paths: [], by: null },
    result: {
      code: "MAIN-REWRITTEN",
      detail: `The branch at ${tip.slice(0, 8)} does not descend from ${origin.slice(0, 8)}, where the trust root begins.`,
    },
  };
}

async function record(gate: Gate, drafts: readonly EntryDraft[]): Promise<void> {
  for (const { type, inputs, result, summary } of drafts) {
    if (type !== "violation") continue;
    gate.log("error", "the governed branch was changed without a decision", {
      ...{ code: result.code, commit: inputs.commit, summary },
    });
  }
  await gate.ledger.append(drafts);
}

function inWords(paths: readonly string[]): string {
  const [first = "nothing", ...others] = paths.map((path) => path.toWellFormed());
  return others.length === 0 ? first : `${first} and ${others.length} more`;
}
