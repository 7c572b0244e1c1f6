import { beforeAll, describe, expect, it } from "vitest";

import { startChain } from "../../../../src/core/attest/chain-state.ts";
import { startTimeline } from "../../../../src/core/attest/trust-timeline.ts";
import { verifyChain } from "../../../../src/core/attest/verify-chain.ts";
import type { ChainReport } from "../../../../src/core/attest/verify-chain.ts";
import type { LedgerBranch } from "../../../../src/core/model/entry.ts";
import type { StoredEntry } from "../../../../src/ports/ledger-store.ts";
import { digestOf, lapsedDraft, revokeIntentDraft } from "../../../support/ledger/drafts.ts";
import { payloadOf, replaced, resigned, signed } from "../../../support/ledger/tamper.ts";
import type { LooseStatement } from "../../../support/ledger/tamper.ts";
import { twoLedgers } from "../../../support/ledger/two-ledgers.ts";
import type { TwoLedgers } from "../../../support/ledger/two-ledgers.ts";

let world: TwoLedgers;
let decisions: readonly StoredEntry[];
let executions: readonly StoredEntry[];

beforeAll(async () => {
  world = await twoLedgers();
  await world.decisions.append([lapsedDraft("a")]);
  await world.executions.append([revokeIntentDraft("a")]);
  decisions = world.remote.commits("audit/decisions");
  executions = world.remote.commits("audit/executions");
});

function verify(entries: readonly StoredEntry[], branch: LedgerBranch): ChainReport {
  const { trust } = verifyChain(decisions, startChain("audit/decisions"), startTimeline(null));
  const begin = branch === "audit/decisions" ? startTimeline(world.keys.rootDigest) : trust;
  return verifyChain(entries, startChain(branch), begin);
}

function found({ problems }: ChainReport): readonly string[] {
  return problems.map(({ code, seq, detail }) => `${code}@${seq}: ${detail}`);
}

function tampered(seq: number, change: (statement: LooseStatement) => void): readonly string[] {
  const { decision } = world.keys;
  const entries = replaced(decisions, seq, (entry) => resigned(entry, decision, change));
  return found(verify(entries, "audit/decisions"));
}

describe("the first entry of audit/decisions", () => {
  it("is believed as it was written", () => {
    expect(found(verify(decisions, "audit/decisions"))).toEqual([]);
    expect(found(verify(executions, "audit/executions"))).toEqual([]);
  });

  it("is refused when its payload is no statement, and nothing after it is believed", () => {
    const { decision } = world.keys;
    const text = (entry: StoredEntry) => Buffer.from(payloadOf(entry)).toString();
    const broken = replaced(decisions, 0, (entry) => signed(` ${text(entry)}`, [decision], entry));
    const report = verify(broken, "audit/decisions");
    expect(found(report)).toEqual([expect.stringMatching(/^payload-not-canonical@0/u)]);
    expect(report.entries).toEqual([]);
    expect(report.trust.eras).toEqual([]);
  });

  it("is refused when it names another digest than that of its document", () => {
    const another = ({ predicate, subject }: LooseStatement): void => {
      predicate["result"] = { digest: digestOf("9") };
      const [about] = subject as unknown as [{ digest: { sha256: string } }];
      about.digest.sha256 = "9".repeat(64);
    };
    expect(tampered(0, another)).toEqual([
      "trust-root-malformed@0: the digest is not that of the document",
    ]);
  });
});

describe("what an entry says of the one before it", () => {
  it("must be nothing for the first entry of a branch, and something for every later one", () => {
    const { execution } = world.keys;
    const claims = replaced(executions, 0, (entry) =>
      resigned(entry, execution, ({ predicate }) => (predicate.prev = digestOf("9"))),
    );
    expect(found(verify(claims, "audit/executions"))).toEqual([
      `wrong-prev@0: Expected none, found ${digestOf("9")}.`,
    ]);
    expect(tampered(1, ({ predicate }) => (predicate.prev = null))).toEqual([
      expect.stringMatching(/^wrong-prev@1: Expected sha256:[0-9a-f]{64}, found none\.$/u),
    ]);
  });
});
