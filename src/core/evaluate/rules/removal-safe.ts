import type { Finding } from "../../model/finding.ts";
import type { RequestRecord } from "../../model/snapshot.ts";
import type { Case } from "../case.ts";

/**
 * Requires, for each request file that is deleted, that its access is over: read back as gone, or never
 * given and past the time at which it could still begin. Red while access is live: the file on main is the
 * truth about what should be, and must not say "ended" before it has (K1).
 */
export function removalSafe({ snapshot, now }: Case): readonly Finding[] {
  return snapshot.pull.changes.map(({ path }) => {
    const record = snapshot.ledger.requests.find((known) => known.path === path);
    if (record === undefined) {
      return finding(path, "indeterminate", `Where the access of ${path} stands is not known.`);
    }
    return judge(record, now);
  });
}

function judge(record: RequestRecord, now: Date): Finding {
  switch (record.access) {
    case "failed":
      return finding(
        record.path,
        "violated",
        `The access of ${record.name} is STILL LIVE: revoking it failed and is being repeated.`,
      );
    case "active":
      return finding(
        record.path,
        "pending",
        `The access of ${record.name} is in effect: it is revoked first.`,
      );
    case "none":
      if (record.notAfter === null || now.getTime() >= Date.parse(record.notAfter)) {
        return finding(
          record.path,
          "satisfied",
          `${record.name} never began and can no longer begin.`,
        );
      }
      return finding(
        record.path,
        "pending",
        `${record.name} can still begin until ${record.notAfter}.`,
      );
    case "ended":
      return finding(
        record.path,
        "satisfied",
        `The access of ${record.name} was read back as gone.`,
      );
  }
}

function finding(path: string, outcome: Finding["outcome"], reason: string): Finding {
  return { rule: "removal-safe", code: "SOD-REMOVAL", outcome, reason, facts: [`path:${path}`] };
}
