import { canonicalJson } from "../../core/attest/canonical-json.ts";
import { entriesOf, entryByDigest } from "../../core/attest/ledger-view.ts";
import type { EntryOf } from "../../core/model/entry.ts";
import type { AuditRule } from "../audit-case.ts";
import type { AuditFinding } from "../audit-report.ts";
import { aboutEntry } from "../finding.ts";
import type { Observation } from "../finding.ts";

/** Demands that a grant follows its own intent and was read back at the target. */
export const grantsReadBack: AuditRule = ({ view }) => {
  const used = new Map<string, number>();
  return entriesOf(view, "grant").flatMap((entry) => {
    const { intent: named, grant } = entry.inputs;
    const intent = entryByDigest(view, "grant-intent", named);
    const before = used.get(named);
    if (before === undefined) used.set(named, entry.seq);
    const findings: AuditFinding[] = [];
    const say = (code: string, expected: string, actual: string, more: Partial<Observation> = {}) =>
      findings.push(aboutEntry(entry, { code, expected, actual, file: grant.path, ...more }));
    if (intent === null) {
      const lacks = { branch: "audit/executions", digest: named } as const;
      const expected = `a grant-intent entry ${named}`;
      say("grant-without-intent", expected, "it is not in the ledger", { lacks });
    } else if (canonicalJson({ ...intent.result.grant }) !== canonicalJson({ ...grant })) {
      say("grant-differs", `the grant of grant-intent entry ${intent.seq}`, "another grant");
    }
    if (before !== undefined) {
      say("grant-twice", "one grant an intent", `grant entry ${before} has the same intent`);
    }
    if (!showsPermission(entry)) {
      const seen = entry.result.readBack.permissions.join(", ") || "nothing";
      say(
        "grant-not-read-back",
        `${grant.identity} holding ${grant.permission}`,
        `holding ${seen}`,
      );
    }
    return findings;
  });
};

function showsPermission({ inputs, result }: EntryOf<"grant">): boolean {
  const { identity, permissions } = result.readBack;
  return identity === inputs.grant.identity && permissions.includes(inputs.grant.permission);
}
