import { entriesOf } from "../../core/attest/ledger-view.ts";
import type { AuditRule } from "../audit-case.ts";
import { aboutEntry } from "../finding.ts";

/** Demands that every recorded merge is on the governed branch, and that a decision carries one merge only. */
export const mergesOnMain: AuditRule = ({ governed, view }) => {
  const onMain = new Set(governed.map(({ oid }) => oid));
  const used = new Map<string, number>();
  return entriesOf(view, "merge").flatMap((merge) => {
    const { pull, mergeCommit, decision } = merge.inputs;
    const before = used.get(decision);
    if (before === undefined) used.set(decision, merge.seq);
    const absent = {
      code: "merge-not-on-main",
      expected: `${mergeCommit} on the first-parent line of the governed branch`,
      actual: "it is not there, or changes nothing governed",
      pull,
    };
    const reused = {
      code: "decision-reused",
      expected: "a decision that no other merge has used",
      actual: `merge entry ${before ?? 0} names the same decision`,
      pull,
      names: [mergeCommit],
    };
    return [
      ...(onMain.has(mergeCommit) ? [] : [aboutEntry(merge, absent)]),
      ...(before === undefined ? [] : [aboutEntry(merge, reused)]),
    ];
  });
};
