import { entriesOn, extendView, newestEntry } from "../core/attest/ledger-view.ts";
import type { Entry, LedgerBranch } from "../core/model/entry.ts";
import type { AuditFinding } from "./audit-report.ts";
import { aboutEntry } from "./finding.ts";
import type { LedgersRead } from "./read-ledgers.ts";

/** An entry that an earlier audit saw: the head of a ledger at that time. */
export interface Pin {
  readonly branch: LedgerBranch;
  readonly seq: number;
  readonly digest: string;
}

/**
 * Demands that the entries which an earlier audit saw are still there (AU-9): `pin-ahead`, the ledger ends before it
 * and was cut; `pin-disagrees`, another entry has its place and the ledger was written again.
 */
export function pinFindings(
  pins: readonly Pin[],
  { view, unbelieved }: Pick<LedgersRead, "view" | "unbelieved">,
): readonly AuditFinding[] {
  const all = extendView(view, unbelieved);
  return pins.flatMap((pin) => {
    const found = all.byDigest.get(pin.digest);
    if (found?.branch === pin.branch && found.seq === pin.seq) return [];
    const newest = newestEntry(all, pin.branch);
    const there = entriesOn(all, pin.branch).find(({ seq }) => seq === pin.seq);
    return [lostPin(pin, newest, there)];
  });
}

function lostPin(
  { branch, seq, digest }: Pin,
  newest: Entry | null,
  there: Entry | undefined,
): AuditFinding {
  const place = there ?? newest ?? { branch, seq, commit: branch };
  const isBeyond = seq > (newest?.seq ?? -1);
  return aboutEntry(
    { ...place, seq },
    {
      code: isBeyond ? "pin-ahead" : "pin-disagrees",
      expected: `entry ${seq} (${digest}), which you pinned at an earlier audit`,
      actual: isBeyond
        ? `the ledger ends at entry ${newest?.seq ?? "none"}`
        : `entry ${seq} is ${there?.digest ?? "not readable"}`,
      lacks: { branch, digest },
    },
  );
}
