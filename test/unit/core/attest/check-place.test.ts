import { beforeAll, describe, expect, it } from "vitest";
import { startChain } from "../../../../src/core/attest/chain-state.ts";
import { sha256 } from "../../../../src/core/attest/digest.ts";
import { startTimeline } from "../../../../src/core/attest/trust-timeline.ts";
import { verifyChain } from "../../../../src/core/attest/verify-chain.ts";
import type { ChainReport } from "../../../../src/core/attest/verify-chain.ts";
import type { StoredEntry } from "../../../../src/ports/ledger-store.ts";
import { digestOf, lapsedDraft, oidOf, revokeIntentDraft } from "../../../support/ledger/drafts.ts";
import { payloadOf, relinked, replaced, resigned } from "../../../support/ledger/tamper.ts";
import type { LooseStatement } from "../../../support/ledger/tamper.ts";
import { twoLedgers } from "../../../support/ledger/two-ledgers.ts";
import type { TwoLedgers } from "../../../support/ledger/two-ledgers.ts";

let world: TwoLedgers;
let decisions: readonly StoredEntry[];
let executions: readonly StoredEntry[];

beforeAll(async () => {
  world = await twoLedgers();
  for (const name of ["a", "b", "c", "d"]) await world.decisions.append([lapsedDraft(name)]);
  await world.executions.sync();
  for (const name of ["a", "b"]) await world.executions.append([revokeIntentDraft(name)]);
  decisions = world.remote.commits("audit/decisions");
  executions = world.remote.commits("audit/executions");
});

const unreadable: StoredEntry = { commit: oidOf("e"), parents: [], message: "", bytes: null };

function verify(entries: readonly StoredEntry[]): ChainReport {
  const trust = startTimeline(world.keys.rootDigest);
  return verifyChain(relinked(entries), startChain("audit/decisions"), trust);
}

function verifyExecutions(entries: readonly StoredEntry[]): ChainReport {
  const { trust } = verify(decisions);
  return verifyChain(relinked(entries), startChain("audit/executions"), trust);
}

/** Changes the last of the decisions, as a thief of the key would. */
function lastDecision(change: (predicate: LooseStatement["predicate"]) => void) {
  return replaced(decisions, 4, (entry) =>
    resigned(entry, world.keys.decision, ({ predicate }) => change(predicate)),
  );
}

function found({ problems }: ChainReport): readonly string[] {
  return problems.map(({ code, seq, detail }) => `${code}@${seq}: ${detail}`);
}

function codes({ problems }: ChainReport): readonly string[] {
  return problems.map(({ code, seq }) => `${code}@${seq}`);
}

function believed({ entries }: ChainReport): readonly number[] {
  return entries.map(({ seq }) => seq);
}

describe("entries that are missing", () => {
  it("are counted, with the digest of the last of them, so that it can be looked for elsewhere", () => {
    const report = verify(decisions.toSpliced(1, 2));
    const [, , two] = decisions.map((entry) => sha256(payloadOf(entry)));
    expect(found(report)).toEqual([
      `entry-missing@3: Entries 1 to 2 are missing before it; it follows ${two ?? ""}.`,
    ]);
    expect(report.problems[0]?.lost).toEqual({ count: 2, digest: two });
  });

  it("are counted where the entry after them claims to follow none, and no digest is made up", () => {
    const claims = lastDecision((predicate) => Object.assign(predicate, { seq: 6, prev: null }));
    const report = verify(claims);
    expect(found(report)).toEqual([
      "entry-missing@6: Entries 4 to 5 are missing before it; it follows none.",
    ]);
    expect(report.problems[0]).not.toHaveProperty("lost");
    expect(believed(report)).toEqual([0, 1, 2, 3]);
  });
});

describe("an unreadable commit that was put in", () => {
  it("is one problem in the middle of a ledger, and costs none of the entries", () => {
    const report = verify(decisions.toSpliced(3, 0, unreadable));
    expect(codes(report)).toEqual(["not-one-file@3"]);
    expect(believed(report)).toEqual([0, 1, 2, 3, 4]);
  });

  it("is one problem before the first entry of the executions, and costs none of them", () => {
    const report = verifyExecutions([unreadable, ...executions]);
    expect(codes(report)).toEqual(["not-one-file@0"]);
    expect(believed(report)).toEqual([0, 1]);
  });

  it("does not let an entry behind it follow another than the last one that could be read", () => {
    const forks = lastDecision((predicate) => (predicate.prev = digestOf("9")));
    const report = verify(forks.toSpliced(4, 0, unreadable));
    expect(codes(report)).toEqual(["not-one-file@4", "entry-moved@4"]);
    expect(believed(report)).toEqual([0, 1, 2, 3]);
  });

  it("does not let an entry behind it claim a later number than it has", () => {
    const claims = lastDecision((predicate) => (predicate.seq = 9));
    const report = verify(claims.toSpliced(4, 0, unreadable));
    expect(codes(report)).toEqual(["not-one-file@4", "entry-missing@9"]);
    expect(believed(report)).toEqual([0, 1, 2, 3]);
  });

  it("does not let the first entry of the executions be replayed behind it", () => {
    const report = verifyExecutions([...executions, unreadable, ...executions.slice(0, 1)]);
    expect(codes(report)).toEqual(["not-one-file@2", "entry-replayed@0"]);
    expect(believed(report)).toEqual([0, 1]);
  });
});
