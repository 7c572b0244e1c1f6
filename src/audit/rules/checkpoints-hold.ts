import { entriesOf } from "../../core/attest/ledger-view.ts";
import type { LedgerBranch } from "../../core/model/entry.ts";
import type { AuditRule } from "../audit-case.ts";
import { aboutEntry } from "../finding.ts";

/**
 * Demands that a checkpoint counts what its own ledger had, and names the entry that stands there (AU-9): people keep its
 * number and digest outside of the repository, and must not be given another one to keep.
 */
export const checkpointsHold: AuditRule = ({ view }) => {
  const before = new Map<LedgerBranch, number>();
  return entriesOf(view, "checkpoint").flatMap((entry) => {
    const { branch, inputs, result } = entry;
    const { head } = inputs;
    const earlier = before.get(branch) ?? -1;
    before.set(branch, entry.seq);
    if ((head?.seq ?? -1) < earlier) {
      return [miscounts(entry, `at least the ${earlier + 1} up to the checkpoint before`)];
    }
    if (head === null)
      return result.entries === 0 ? [] : [miscounts(entry, "0 entries, as it names none")];
    const named = view.byDigest.get(head.digest);
    const isThere = named?.branch === branch && named.seq === head.seq && head.seq < entry.seq;
    if (isThere && result.entries === head.seq + 1) return [];
    if (isThere) return [miscounts(entry, `${head.seq + 1} entries`)];
    return [
      aboutEntry(entry, {
        code: "checkpoint-disagrees",
        expected: `entry ${head.seq} of ${branch} to be ${head.digest}`,
        actual:
          named === undefined
            ? "there is no such entry"
            : `it is entry ${named.seq} of ${named.branch}`,
        ...(named === undefined ? { lacks: { branch, digest: head.digest } } : {}),
      }),
    ];
  });
};

type Checkpoint = Parameters<typeof aboutEntry>[0] & {
  readonly result: { readonly entries: number };
};

function miscounts(entry: Checkpoint, expected: string) {
  const actual = `${entry.result.entries} entries`;
  return aboutEntry(entry, { code: "checkpoint-disagrees", expected, actual });
}
