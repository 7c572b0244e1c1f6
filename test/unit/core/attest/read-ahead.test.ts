import { beforeAll, describe, expect, it } from "vitest";
import { memorySigner } from "../../../../src/adapters/memory/memory-signer.ts";
import { startChain } from "../../../../src/core/attest/chain-state.ts";
import { readAhead } from "../../../../src/core/attest/read-ahead.ts";
import { startTimeline } from "../../../../src/core/attest/trust-timeline.ts";
import type { TrustTimeline } from "../../../../src/core/attest/trust-timeline.ts";
import { chainWalk, verifyChain } from "../../../../src/core/attest/verify-chain.ts";
import type { StoredEntry } from "../../../../src/ports/ledger-store.ts";
import { lapsedDraft } from "../../../support/ledger/drafts.ts";
import { payloadOf, replaced, resigned, signed } from "../../../support/ledger/tamper.ts";
import { twoLedgers } from "../../../support/ledger/two-ledgers.ts";
import type { TwoLedgers } from "../../../support/ledger/two-ledgers.ts";

let world: TwoLedgers;
let decisions: readonly StoredEntry[];
let trust: TrustTimeline;

beforeAll(async () => {
  world = await twoLedgers();
  for (const name of ["a", "b", "c"]) await world.decisions.append([lapsedDraft(name)]);
  decisions = world.remote.commits("audit/decisions");
  ({ trust } = verifyChain(decisions, startChain("audit/decisions"), startTimeline(null)));
});

type Change = (entry: StoredEntry) => StoredEntry;

const stranger = memorySigner();
const changes: readonly (readonly [string, string, Change])[] = [
  ["not one file", "not-one-file", (entry) => ({ ...entry, bytes: null })],
  ["no envelope", "envelope-malformed", (entry) => ({ ...entry, bytes: "{}" })],
  ["signed by nobody known", "key-unknown", (entry) => resigned(entry, stranger, () => undefined)],
  [
    "of another text than was signed",
    "signature-invalid",
    (entry) => {
      const { signatures } = JSON.parse(entry.bytes ?? "") as { signatures: unknown };
      const other = resigned(entry, stranger, ({ predicate }) => (predicate["at"] = ""));
      const bytes = JSON.stringify({ ...JSON.parse(other.bytes ?? ""), signatures });
      return { ...entry, bytes };
    },
  ],
];

describe("an entry whose signatures were verified ahead", () => {
  it("brings them along for the walk", async () => {
    const ahead = await Promise.all(decisions.map((entry) => readAhead(entry, trust)));
    expect(ahead.map(({ known }) => known.length)).toEqual([1, 1, 1, 1]);
  });

  it.each(changes)("is refused all the same when it is %s", async (_, code, change) => {
    const stored = replaced(decisions, 2, change);
    const ahead = await Promise.all(stored.map((entry) => readAhead(entry, trust)));
    expect(ahead[2]?.known).toEqual([]);
    const walk = () =>
      chainWalk(startChain("audit/decisions"), startTimeline(world.keys.rootDigest));
    const report = walk().take(ahead);
    expect(report.problems.map((one) => one.code)).toEqual([code]);
    expect(report.problems).toEqual(walk().take(stored).problems);
    expect(report.entries).toEqual(walk().take(stored).entries);
  });

  it("is refused all the same when one of its signatures is good and another is not", async () => {
    const { decision, root } = world.keys;
    const stored = replaced(decisions, 2, (entry) => {
      const other = { ...root, sign: (bytes: Uint8Array) => stranger.sign(bytes) };
      return signed(Buffer.from(payloadOf(entry)).toString(), [decision, other], entry);
    });
    const ahead = await Promise.all(stored.map((entry) => readAhead(entry, trust)));
    expect(ahead[2]?.known).toHaveLength(1);
    const none = startTimeline(world.keys.rootDigest);
    const { problems } = chainWalk(startChain("audit/decisions"), none).take(ahead);
    expect(problems.map(({ code, detail }) => `${code}: ${detail}`)).toEqual([
      `signature-invalid: The signature by ${root.keyid} is not over these bytes.`,
    ]);
  });

  it("is verified by the walk where no key was known ahead", async () => {
    const none = startTimeline(world.keys.rootDigest);
    const ahead = await Promise.all(decisions.map((entry) => readAhead(entry, none)));
    expect(ahead.flatMap(({ known }) => known)).toEqual([]);
    const report = chainWalk(startChain("audit/decisions"), none).take(ahead);
    expect(report.problems).toEqual([]);
    expect(report.entries).toHaveLength(decisions.length);
  });
});
