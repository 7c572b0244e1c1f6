import { describe, expect, it } from "vitest";
import { renderText } from "../../../src/audit/render-text.ts";
import { anchorTrailers } from "../../../src/core/attest/anchor-trailers.ts";
import { createForgeKey } from "../../../src/sandbox/signing/forge-key.ts";
import { auditedLife, codesOf } from "../../support/ledger/audited-life.ts";
import type { AuditedLife, Lies, MergeAbout } from "../../support/ledger/audited-life.ts";
import { digestOf } from "../../support/ledger/drafts.ts";
import { replaced } from "../../support/ledger/tamper.ts";
import { keysOf } from "../../support/openpgp/forge-keys.ts";

const forge = createForgeKey(new Date("2026-11-01T00:00:00Z"));
const stranger = createForgeKey(new Date("2026-11-01T00:00:00Z"));
const keys = keysOf(forge.armored);
const message = (about: MergeAbout): string =>
  `Grant x (#${about.pull})\n\n${anchorTrailers(about)}`;

/** A life of which every merge names the ledger, truly but for what a test changes. */
function anchored(
  change: (about: MergeAbout) => MergeAbout = (about) => about,
  lies: Lies = {},
): Promise<AuditedLife> {
  return auditedLife({ mergedBy: (about) => ({ message: message(change(about)) }), ...lies });
}

/** A life with signed merges; the clock of the life stands at 10:00 until its revoke at 14:00. */
function signed(at: (pull: number) => string, key = forge): Promise<AuditedLife> {
  const sign = (pull: number) => (bytes: Uint8Array) =>
    key.sign(Buffer.from(bytes), new Date(at(pull)));
  return auditedLife({
    mergedBy: (about) => ({ message: message(about), sign: sign(about.pull) }),
  });
}

const onTime = (pull: number): string =>
  pull === 7 ? "2026-11-21T10:00:02Z" : "2026-11-21T14:00:02Z";

describe("merges that name the ledger", () => {
  it("hold on a clean life, and are counted", async () => {
    const report = await (await anchored()).audit();
    expect(codesOf(report)).toEqual([]);
    expect(report.anchors).toEqual({
      held: 2,
      signaturesChecked: 0,
      unchecked: [{ reason: "give --forge-keys", count: 2 }],
      mergesWithout: 0,
    });
    expect(renderText(report)).toContain("2 held, 0 signatures checked");
  });

  it("may be missing, which is counted and no finding", async () => {
    const report = await (await auditedLife()).audit();
    expect(codesOf(report)).toEqual([]);
    expect(report.anchors).toMatchObject({ held: 0, mergesWithout: 2 });
  });

  it("show a tail that was cut off, where nothing else in the ledgers does", async () => {
    const life = await anchored(undefined, { until: "merged" });
    // Approvals, decision and merge entry are gone, and so is everything that the executor had seen of them.
    life.remote.forcePush("audit/decisions", life.remote.commits("audit/decisions").slice(0, 2));
    const report = await life.audit();
    expect(codesOf(report)).toContain("ledger-cut");
    expect(report.findings.find(({ code }) => code === "ledger-cut")).toMatchObject({
      commit: life.main,
      actual: "the ledger ends with entry 1",
    });
    expect(report.anchors.held).toBe(0);
  });

  it("do not call the ledger cut when its newest entry only does not verify", async () => {
    const life = await anchored(undefined, { until: "merged" });
    const decided = life.remote.commits("audit/decisions").slice(0, -1);
    const broken = replaced(decided, decided.length - 1, (entry) => {
      return { ...entry, bytes: (entry.bytes ?? "").replace("A", "B") };
    });
    life.remote.forcePush("audit/decisions", broken);
    const codes = codesOf(await life.audit());
    expect(codes).toContain("signature-invalid");
    expect(codes).not.toContain("ledger-cut");
  });

  const first =
    (change: (about: MergeAbout) => MergeAbout) =>
    (about: MergeAbout): MergeAbout =>
      about.pull === 7 ? change(about) : about;

  it("disagree with a ledger that was written anew", async () => {
    const other = first((about) => ({ ...about, head: { ...about.head, digest: digestOf("9") } }));
    expect(codesOf(await (await anchored(other)).audit())).toEqual(["anchor-disagrees"]);
  });

  it("disagree when they name another decision than the merge entry, or one that came later", async () => {
    const other = first((about) => ({ ...about, decision: digestOf("9") }));
    expect(codesOf(await (await anchored(other)).audit())).toEqual(["anchor-disagrees"]);
    const early = first((about) => ({ ...about, head: { seq: 0, digest: digestOf("9") } }));
    const report = await (await anchored(early)).audit();
    expect(codesOf(report)).toEqual(["anchor-disagrees", "anchor-disagrees"]);
    expect(report.findings.map(({ actual }) => actual)).toContainEqual(
      expect.stringMatching(/^it is entry \d/u),
    );
  });

  it("need the decided head where no merge entry says whose merge it is", async () => {
    const without: Lies = {
      until: "merged",
      rewrite: (draft) => (draft.type === "merge" ? [] : [draft]),
    };
    const codes = async (lies: Lies) =>
      codesOf(await (await anchored(undefined, { ...without, ...lies })).audit());
    expect(await codes({})).toEqual(["merge-without-decision"]);
    expect((await codes({ mergedHead: "another" })).toSorted()).toEqual([
      "anchor-disagrees",
      "merge-without-decision",
    ]);
  });

  it("never name a shorter ledger than an earlier one", async () => {
    const heads: MergeAbout["head"][] = [];
    const back = (about: MergeAbout): MergeAbout => {
      heads.push(about.head);
      return { ...about, head: heads[0] ?? about.head };
    };
    const same = await (await anchored(back)).audit();
    // The removal names its own, newer decision beside the old head.
    expect(codesOf(same)).toEqual(["anchor-disagrees"]);
    const shorter = await anchored((about) =>
      about.pull === 8 ? { ...about, head: { seq: 1, digest: digestOf("9") } } : about,
    );
    expect(codesOf(await shorter.audit())).toContain("anchor-backwards");
  });
});

describe("the forge's signature", () => {
  it("is checked with the given keys", async () => {
    const report = await (await signed(onTime)).audit(undefined, undefined, keys);
    expect(codesOf(report)).toEqual([]);
    expect(report.anchors).toEqual({
      held: 2,
      signaturesChecked: 2,
      unchecked: [],
      mergesWithout: 0,
    });
  });

  it("is a finding when it is not over the commit, or outside the era of its key", async () => {
    const lied = await auditedLife({
      until: "merged",
      mergedBy: (about) => ({
        message: message(about),
        sign: () => forge.sign(Buffer.from("another commit"), new Date(onTime(7))),
      }),
    });
    const report = await lied.audit(undefined, undefined, keys);
    expect(codesOf(report)).toEqual(["anchor-signature-bad"]);
    expect(report.anchors).toMatchObject({ held: 0, signaturesChecked: 1 });
    const retired = keysOf(forge.armored, { until: "2026-11-21T12:00:00Z" });
    const late = await (await signed(onTime)).audit(undefined, undefined, retired);
    expect(codesOf(late)).toEqual(["anchor-signature-bad"]);
  });

  it("by nobody known, or missing, is not checked, and that is said", async () => {
    const unknown = await (await signed(onTime, stranger)).audit(undefined, undefined, keys);
    expect(codesOf(unknown)).toEqual([]);
    expect(unknown.anchors).toMatchObject({ held: 2, signaturesChecked: 0 });
    expect(renderText(unknown).replaceAll(/\s+/gu, " ")).toContain(
      `2 not: the key is not given: ${stranger.fingerprint.slice(-16)}`,
    );
    const unsigned = await (await anchored()).audit(undefined, undefined, keys);
    expect(unsigned.anchors.unchecked).toEqual([{ reason: "the commit is not signed", count: 2 }]);
  });
});

describe("the forge's clock", () => {
  const codes = async (first: string) => {
    const life = await signed((pull) => (pull === 7 ? first : onTime(pull)));
    return codesOf(await life.audit(undefined, undefined, keys));
  };

  it("bears with ten minutes, in both directions", async () => {
    expect(await codes("2026-11-21T09:50:00Z")).toEqual([]);
    expect(await codes("2026-11-21T10:10:00Z")).toEqual([]);
  });

  it("shows entries that are dated after the commit that names them", async () => {
    expect(await codes("2026-11-21T09:49:59Z")).toEqual(["clock-disagrees"]);
  });

  it("shows an entry that came after the commit and is dated long before it", async () => {
    expect(await codes("2026-11-21T10:10:01Z")).toEqual(["clock-disagrees"]);
  });
});
