import { entriesOf } from "../../core/attest/ledger-view.ts";
import type { LedgerView } from "../../core/attest/ledger-view.ts";
import type { EntryOf } from "../../core/model/entry.ts";
import type { AuditRule } from "../audit-case.ts";
import type { AuditFinding } from "../audit-report.ts";
import { aboutEntry } from "../finding.ts";

type Ending = EntryOf<"revoke"> | EntryOf<"externally-removed"> | EntryOf<"nothing-to-do">;

const graceMilliseconds = 5 * 60 * 1000;

/**
 * Demands that every grant that began has ended in time, by the target's own word (P9; AC-2). A grant whose
 * outcome was never recorded counts as begun: the executor may have died right after provisioning.
 */
export const grantsEnded: AuditRule = ({ view, now }) => [
  ...entriesOf(view, "grant-intent").flatMap((intent) => timeFinding(intent, view, now)),
  ...entriesOf(view, "revoke").flatMap(stillHeld),
  ...entriesOf(view, "externally-removed").flatMap(stillHeld),
  // Access may stay when something else holds it up: an older right, or another grant of the same.
  ...entriesOf(view, "nothing-to-do")
    .filter((entry) => !isHeldUp(entry, view))
    .flatMap(stillHeld),
];

function timeFinding(
  intent: EntryOf<"grant-intent">,
  view: LedgerView,
  now: Date,
): readonly AuditFinding[] {
  const { id, expiresAt, path } = intent.result.grant;
  const end = endings(view).find(({ seq, inputs }) => seq > intent.seq && inputs.grant.id === id);
  const due = Date.parse(expiresAt);
  const expected = `the access read back as gone by ${expiresAt}`;
  if (end === undefined) {
    if (now.getTime() < due) return [];
    const actual = `no such entry by ${now.toISOString()}: the access may still be live`;
    return [aboutEntry(intent, { code: "ttl-overdue", expected, actual, file: path })];
  }
  const gone = Date.parse(end.result.readBack.at);
  if (gone <= due + graceMilliseconds) return [];
  const actual = `it was at ${end.result.readBack.at}`;
  return [
    aboutEntry(end, { code: "revoked-late", severity: "warning", expected, actual, file: path }),
  ];
}

function endings(view: LedgerView): readonly Ending[] {
  return [
    ...entriesOf(view, "revoke"),
    ...entriesOf(view, "externally-removed"),
    ...entriesOf(view, "nothing-to-do"),
  ];
}

function isHeldUp({ inputs, seq }: EntryOf<"nothing-to-do">, view: LedgerView): boolean {
  const { grant } = inputs;
  if (grant.preexisting === "yes") return true;
  const ended = new Set(
    endings(view)
      .filter((end) => end.seq <= seq)
      .map((end) => end.inputs.grant.id),
  );
  return entriesOf(view, "grant-intent").some(
    ({ seq: begun, result: { grant: other } }) =>
      begun < seq &&
      !ended.has(other.id) &&
      other.target === grant.target &&
      other.identity === grant.identity &&
      other.permission === grant.permission,
  );
}

function stillHeld(entry: Ending): readonly AuditFinding[] {
  const { grant } = entry.inputs;
  const { identity, permissions } = entry.result.readBack;
  if (identity === grant.identity && !permissions.includes(grant.permission)) return [];
  return [
    aboutEntry(entry, {
      code: "revoke-not-read-back",
      expected: `${grant.identity} without ${grant.permission}`,
      actual: `${identity} holding ${permissions.join(", ") || "nothing"}`,
      file: grant.path,
    }),
  ];
}
