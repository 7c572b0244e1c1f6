import { commitsUndecided } from "../../core/plan/open-violations.ts";
import { entriesOf, entryByDigest } from "../../core/attest/ledger-view.ts";
import type { LedgerView } from "../../core/attest/ledger-view.ts";
import type { EntryOf } from "../../core/model/entry.ts";
import type { AuditRule, GovernedCommit } from "../audit-case.ts";
import type { AuditFinding } from "../audit-report.ts";
import { aboutCommit } from "../finding.ts";
import type { Observation } from "../finding.ts";

/**
 * Demands a decision for every change of a governed path: the commit is the recorded merge of exactly the
 * head and bytes that were approved (P10). A direct push and an administrator's merge have none.
 */
export const mergesDecided: AuditRule = ({ governed, view }) => {
  const answered = answeredFor(view);
  return governed.filter(({ oid }) => !answered.has(oid)).flatMap((commit) => judge(commit, view));
};

function judge(commit: GovernedCommit, view: LedgerView): readonly AuditFinding[] {
  const merge = entriesOf(view, "merge").find(({ inputs }) => inputs.mergeCommit === commit.oid);
  const say = (observation: Observation): AuditFinding =>
    aboutCommit(commit.oid, { file: commit.paths[0] ?? "", ...observation });
  if (merge === undefined) return [say(unrecorded(commit))];
  const { pull } = merge.inputs;
  const decision = entryByDigest(view, "decision", merge.inputs.decision);
  if (decision === null) return [say({ ...undecided(merge), pull })];
  return defects(commit, merge, decision, view).map((observation) => say({ ...observation, pull }));
}

/**
 * Commits without a merge entry that the gate recorded as a violation itself: one fault is one finding, which names the entry
 * (`violation-recorded`), and none once somebody answers for it by name. The report lists who cleared what.
 */
function answeredFor(view: LedgerView): ReadonlySet<string> {
  const merged = new Set(entriesOf(view, "merge").map(({ inputs }) => inputs.mergeCommit));
  return new Set([...commitsUndecided(view)].filter((commit) => !merged.has(commit)));
}

function unrecorded({ parents, paths }: GovernedCommit): Observation {
  const expected = "a merge entry that names this commit and an approved decision";
  if (parents.length === 2) {
    return {
      code: "merge-without-decision",
      expected,
      actual: `a merge of ${paths.join(", ")} without one`,
    };
  }
  return {
    code: "direct-push",
    expected,
    actual: `a commit with ${parents.length} parents that changes ${paths.join(", ")}`,
  };
}

function undecided({ seq, inputs }: EntryOf<"merge">): Observation {
  return {
    code: "merge-without-decision",
    expected: `a decision entry ${inputs.decision}`,
    actual: `merge entry ${seq} names one that is not in the ledger`,
    lacks: { branch: "audit/decisions", digest: inputs.decision },
  };
}

function defects(
  { parents, contentDigest }: GovernedCommit,
  merge: EntryOf<"merge">,
  entry: EntryOf<"decision">,
  view: LedgerView,
): readonly Observation[] {
  const { decision } = entry.result;
  const found: Observation[] = [];
  if (decision.verdict !== "approved") {
    found.push({
      code: "merge-not-approved",
      expected: "the verdict approved",
      actual: `decision entry ${entry.seq} says ${decision.verdict}`,
    });
  }
  if (decision.pull !== merge.inputs.pull) {
    found.push({
      code: "decision-of-another-pull",
      expected: `a decision on pull request ${merge.inputs.pull}`,
      actual: `decision entry ${entry.seq} is on pull request ${decision.pull}`,
    });
  }
  if (parents.length !== 2 || parents[1] !== decision.head || merge.inputs.head !== decision.head) {
    found.push({
      code: "merge-of-another-head",
      expected: `the approved head ${decision.head} as second parent`,
      actual: `parents ${parents.join(" ")}`,
    });
  }
  if (contentDigest === null || contentDigest !== decision.digests.content) {
    found.push({
      code: "merged-bytes-differ",
      expected: `governed content ${decision.digests.content ?? "none"}`,
      actual: `governed content ${contentDigest ?? "none"}`,
    });
  }
  return [...found, ...superseded(merge, entry, view)];
}

function superseded(
  merge: EntryOf<"merge">,
  entry: EntryOf<"decision">,
  view: LedgerView,
): readonly Observation[] {
  const newest = entriesOf(view, "decision").findLast(
    ({ seq, result }) => seq < merge.seq && result.decision.pull === merge.inputs.pull,
  );
  if (newest === undefined || newest.seq <= entry.seq) return [];
  if (newest.result.decision.verdict === "approved") return [];
  return [
    {
      code: "decision-superseded",
      expected: "the newest decision on the pull request",
      actual: `entry ${newest.seq}, which is newer than ${entry.seq}, says ${newest.result.decision.verdict}`,
    },
  ];
}
