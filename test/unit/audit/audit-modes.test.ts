import { describe, expect, it } from "vitest";
import { memoryLedgerStore } from "../../../src/adapters/memory/memory-ledger-store.ts";
import type { AuditMode } from "../../../src/audit/audit-report.ts";
import { renderText } from "../../../src/audit/render-text.ts";
import { verifyAudit } from "../../../src/audit/verify-audit.ts";
import type { EntryDraft } from "../../../src/core/model/entry.ts";
import type { StoredEntry } from "../../../src/ports/ledger-store.ts";
import { auditedLife, codesOf } from "../../support/ledger/audited-life.ts";
import type { AuditedLife } from "../../support/ledger/audited-life.ts";
import { resigned } from "../../support/ledger/tamper.ts";

const decisions = "audit/decisions";
const now = new Date("2026-11-21T18:00:00Z");

function audit(
  { mirror, remote, keys }: AuditedLife,
  { mode = "full", since = null }: { readonly mode?: AuditMode; readonly since?: Date | null },
) {
  const store = memoryLedgerStore(remote);
  return verifyAudit({ mirror, store, expectedRoot: keys.rootDigest, now, mode, since });
}

/** Replaces one entry of the decisions, counted from the end; the commits above it stay as they are. */
function replace(
  { remote }: AuditedLife,
  at: number,
  change: (old: StoredEntry) => StoredEntry,
): void {
  const all = remote.commits(decisions);
  const old = all.at(at);
  if (old !== undefined) remote.forcePush(decisions, all.with(at, change(old)));
}

/** Another signature by the same key, over other bytes. */
function badlySigned(old: StoredEntry): StoredEntry {
  const envelope = JSON.parse(old.bytes ?? "") as { signatures: { sig: string }[] };
  const [first] = envelope.signatures;
  if (first !== undefined) first.sig = Buffer.alloc(64, 7).toString("base64");
  return { ...old, bytes: JSON.stringify(envelope) };
}

const denied = (draft: EntryDraft): readonly EntryDraft[] =>
  draft.type === "decision"
    ? [
        {
          ...draft,
          result: { decision: { ...draft.result.decision, notAfter: "2027-01-01T00:00:00Z" } },
        },
      ]
    : [draft];

describe("the chains alone", () => {
  it("verify, and the last line says that nothing was judged", async () => {
    const report = await audit(await auditedLife(), { mode: "chain" });
    expect([codesOf(report), report.doubts, report.mode]).toEqual([[], [], "chain"]);
    expect(renderText(report)).toContain("What they say was not judged");
    expect(renderText(report)).not.toMatch(/^(?:requests|anchors) /mu);
  });

  it("are judged by what is signed last by each key, and by every link before it", async () => {
    const last = await auditedLife();
    replace(last, -1, badlySigned);
    expect(codesOf(await audit(last, { mode: "chain" }))).toContain("signature-invalid");

    const between = await auditedLife();
    replace(between, -3, (old) =>
      resigned(old, between.keys.decision, (statement) => {
        statement.predicate["delivery"] = "another";
      }),
    );
    expect(codesOf(await audit(between, { mode: "chain" }))).toContain("wrong-prev");
  });

  it("say nothing of what an entry says, which the whole audit does", async () => {
    const life = await auditedLife({ rewrite: denied, until: "decided" });
    expect(codesOf(await audit(life, { mode: "chain" }))).toEqual([]);
    expect(codesOf(await audit(life, { mode: "full" }))).toContain("decision-not-repeatable");
  });
});

describe("an audit since an instant", () => {
  it("repeats what is newer, not what is older, and says so", async () => {
    const life = await auditedLife({ rewrite: denied, until: "decided" });
    const [before, after] = [new Date("2026-01-01T00:00:00Z"), new Date("2026-11-21T17:00:00Z")];
    expect(codesOf(await audit(life, { since: before }))).toContain("decision-not-repeatable");
    const report = await audit(life, { since: after });
    expect(codesOf(report)).not.toContain("decision-not-repeatable");
    expect(renderText(report)).toContain(`from before ${after.toISOString()} were not repeated`);
  });

  it("still finds who approved their own, however old", async () => {
    const own = (draft: EntryDraft): readonly EntryDraft[] => {
      if (draft.type !== "decision") return [draft];
      const { decision } = draft.result;
      const approvals = decision.approvals.map((one, at) =>
        at === 0 ? { ...one, principal: 1001, login: "alice", person: "alice" } : one,
      );
      return [{ ...draft, result: { decision: { ...decision, approvals } } }];
    };
    const life = await auditedLife({ rewrite: own, until: "decided" });
    const since = new Date("2026-11-21T17:00:00Z");
    expect(codesOf(await audit(life, { since }))).toContain("self-approval");
  });
});
