import { describe, expect } from "vitest";
import { startChain } from "../../src/core/attest/chain-state.ts";
import { startTimeline } from "../../src/core/attest/trust-timeline.ts";
import { verifyChain } from "../../src/core/attest/verify-chain.ts";
import type { LedgerBranch } from "../../src/core/model/entry.ts";
import { observeReviews } from "../../src/gate/observe-reviews.ts";
import type { StoredEntry } from "../../src/ports/ledger-store.ts";
import { lapsedDraft, revokeIntentDraft } from "../support/ledger/drafts.ts";
import { payloadOf, resigned, signed } from "../support/ledger/tamper.ts";
import { twoLedgers } from "../support/ledger/two-ledgers.ts";
import type { TwoLedgers } from "../support/ledger/two-ledgers.ts";
import { account } from "../support/snapshot/cast.ts";
import { gateScene, request } from "../unit/gate/gate-scene.ts";
import { attack } from "./attack.ts";
import { refusedBy } from "./refused-by.ts";
import type { Try } from "./refused-by.ts";
import { deciding } from "./tries.ts";

/** Changes the newest entry of a ledger and lets an auditor verify both. */
const recording =
  (branch: LedgerBranch, change: (entry: StoredEntry, world: TwoLedgers) => StoredEntry): Try =>
  async () => {
    const world = await twoLedgers();
    await world.decisions.append([lapsedDraft("a")]);
    await world.executions.sync();
    await world.executions.append([revokeIntentDraft("a")]);
    const written = (on: LedgerBranch): readonly StoredEntry[] => {
      const all = world.remote.commits(on);
      return on === branch
        ? all.map((one, at) => (at === all.length - 1 ? change(one, world) : one))
        : all;
    };
    const trust = startTimeline(world.keys.rootDigest);
    const decisions = verifyChain(written("audit/decisions"), startChain("audit/decisions"), trust);
    const executions = verifyChain(
      written("audit/executions"),
      startChain("audit/executions"),
      decisions.trust,
    );
    const codes = [...decisions.problems, ...executions.problems].map(({ code }) => code);
    return { outcome: codes.length === 0 ? "passed" : "refused", codes };
  };

const honest = recording("audit/decisions", (entry) => entry);

describe("J6 — the App decides for nobody", () => {
  attack(
    "J6",
    "have the gate approve what it could merge",
    refusedBy("SOD-HUMAN", {
      attempt: deciding({ reviews: [{ by: "bob" }, { by: "countersign-gate[bot]" }] }),
      honest: deciding({ reviews: [{ by: "bob" }, { by: "carol" }] }),
    }),
  );
});

describe("J7 — what a webhook shows is recorded once", () => {
  attack("J7", "send the webhook of an approval again, for other bytes", async () => {
    const scene = await gateScene();
    const first = scene.open({ number: 7 });
    const seen = scene.review(7, "bob");
    await observeReviews(scene.gate, [seen]);
    const second = scene.mirror.commit({ parents: [first], files: { [request]: "other: text\n" } });
    scene.mirror.setPull(7, second);
    await observeReviews(scene.gate, [{ ...seen, commit: second, delivery: "again" }]);
    const observed = scene.entries("approval-observed");
    expect(observed.map(({ inputs }) => inputs.commit)).toEqual([first]);
    expect(observed[0]?.inputs.reviewer).toEqual(account("bob"));
    return "approval-observed";
  });
});

describe("J10 — one text, one key, one role", () => {
  attack(
    "J10",
    "sign an executor's entry with the gate's key",
    refusedBy("wrong-key-role", {
      attempt: recording("audit/executions", (entry, { keys }) =>
        resigned(entry, keys.decision, () => undefined),
      ),
      honest,
    }),
  );
  attack(
    "J10",
    "sign twice with one key to look like two",
    refusedBy("key-repeated-in-envelope", {
      attempt: recording("audit/decisions", (entry, { keys }) =>
        signed(Buffer.from(payloadOf(entry)).toString(), [keys.decision, keys.decision], entry),
      ),
      honest,
    }),
  );
  for (const [title, code, from, to] of [
    ["a key that stands twice", "payload-duplicate-key", '"seq":1', '"seq":1,"seq":1'],
    ["a number with a fraction", "payload-not-json", '"seq":1', '"seq":1.0'],
    ["true for a number", "statement-malformed", '"seq":1', '"seq":true'],
    ["white space that nobody sees", "payload-not-canonical", '"seq":1', '"seq": 1'],
  ] as const) {
    attack(
      "J10",
      `sign ${title}`,
      refusedBy(code, {
        attempt: recording("audit/decisions", (entry, { keys }) => {
          const text = Buffer.from(payloadOf(entry)).toString();
          return signed(text.replace(from, to), [keys.decision], entry);
        }),
        honest,
      }),
    );
  }
});
