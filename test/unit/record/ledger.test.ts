import { describe, expect, it } from "vitest";

import { memorySigner } from "../../../src/adapters/memory/memory-signer.ts";
import {
  memoryLedgerRemote,
  memoryLedgerStore,
} from "../../../src/adapters/memory/memory-ledger-store.ts";
import { entriesOf, entryByDigest, entryByKey } from "../../../src/core/attest/ledger-view.ts";
import type { EntryDraft, LedgerBranch } from "../../../src/core/model/entry.ts";
import {
  DraftRefused,
  LedgerBroken,
  SignerNotTrusted,
  TrustRootRefused,
} from "../../../src/record/ledger-errors.ts";
import { ensureTrustRoot } from "../../../src/record/ensure-trust-root.ts";
import { openLedgerReader } from "../../../src/record/ledger-reader.ts";
import { openLedger } from "../../../src/record/ledger.ts";
import { LedgerMoved, LedgerRefused, LedgerUnreachable } from "../../../src/ports/ledger-store.ts";
import type { LedgerStore } from "../../../src/ports/ledger-store.ts";
import type { Signer } from "../../../src/ports/signer.ts";
import { acmeKeys } from "../../support/ledger/acme-keys.ts";
import type { AcmeKeys } from "../../support/ledger/acme-keys.ts";
import { lapsedDraft, oidOf, revokeIntentDraft } from "../../support/ledger/drafts.ts";
import { evenChance } from "../../support/ledger/even-chance.ts";
import { stillClock } from "../../support/ledger/still-clock.ts";
import { gateLedger, twoLedgers } from "../../support/ledger/two-ledgers.ts";

const decisions: LedgerBranch = "audit/decisions";
const executions: LedgerBranch = "audit/executions";

describe("openLedger", () => {
  const open = (keys: AcmeKeys, branch: LedgerBranch, signer: Signer = keys.decision) => {
    const [store, clock] = [memoryLedgerStore(), stillClock()];
    const chance = evenChance;
    return () => openLedger({ store, signer, clock, chance, branch, trustRoot: keys.trustRoot });
  };

  it("refuses the executor started with the gate's key, and the other way round", () => {
    const keys = acmeKeys();
    const refusal = expect.objectContaining({ code: "wrong-key-role" }) as Error;
    expect(open(keys, executions, keys.decision)).toThrow(refusal);
    expect(open(keys, executions, keys.decision)).toThrow(/execution\.pem/u);
    expect(open(keys, decisions, keys.execution)).toThrow(refusal);
    expect(open(keys, decisions, keys.root)).toThrow(refusal);
    expect(open(keys, decisions, keys.decision)).not.toThrow();
  });

  it("refuses a key that the trust root does not name", () => {
    const opening = open(acmeKeys(), decisions, memorySigner());
    expect(opening).toThrow(SignerNotTrusted);
    expect(opening).toThrow(expect.objectContaining({ code: "key-unknown" }) as Error);
  });

  it("refuses a threshold that one key cannot reach", () => {
    const keys = acmeKeys();
    const other = acmeKeys();
    const [extra] = other.trustRoot.keys;
    if (extra === undefined) throw new Error("no key");
    const trustRoot = {
      ...keys.trustRoot,
      keys: [...keys.trustRoot.keys, extra],
      keyRoles: keys.trustRoot.keyRoles.map((role) =>
        role.name === "decision"
          ? { ...role, threshold: 2, keyids: [...role.keyids, extra.keyid] }
          : role,
      ),
    };
    expect(open({ ...keys, trustRoot }, decisions)).toThrow(
      expect.objectContaining({ code: "threshold" }) as Error,
    );
  });

  it("refuses a trust root with a key in two key roles", () => {
    const keys = acmeKeys();
    const keyRoles = keys.trustRoot.keyRoles.map((role) => ({
      ...role,
      keyids: [keys.decision.keyid],
    }));
    expect(open({ ...keys, trustRoot: { ...keys.trustRoot, keyRoles } }, decisions)).toThrow(
      TrustRootRefused,
    );
  });
});

describe("append", () => {
  it("chains entries and makes them findable by type, key and digest", async () => {
    const { decisions: ledger } = await twoLedgers();
    const [first, second] = await ledger.append([lapsedDraft("a"), lapsedDraft("b")]);
    expect([first?.seq, second?.seq]).toEqual([1, 2]);
    expect(second?.prev).toBe(first?.digest);
    expect(second?.prevBySigner).toBe(first?.digest);
    const view = ledger.view();
    expect(entriesOf(view, "lapsed").map(({ seq }) => seq)).toEqual([1, 2]);
    expect(entryByKey(view, decisions, "lapsed:b")?.digest).toBe(second?.digest);
    expect(entryByDigest(view, "lapsed", second?.digest ?? "")?.inputs.request).toBe("b");
    expect(entryByDigest(view, "merge", second?.digest ?? "")).toBeNull();
  });

  it("writes an idempotency key once, in one call and over many", async () => {
    const { decisions: ledger, remote } = await twoLedgers();
    const twice = await ledger.append([lapsedDraft("a"), lapsedDraft("a")]);
    expect(twice.map(({ seq }) => seq)).toEqual([1, 1]);
    const other: EntryDraft = { ...lapsedDraft("b"), idempotencyKey: "lapsed:a" };
    const [again] = await ledger.append([other]);
    expect(again?.inputs).toEqual(lapsedDraft("a").inputs);
    expect(remote.commits(decisions)).toHaveLength(2);
  });

  it("finds a key that an earlier process wrote", async () => {
    const { keys, clock, remote, decisions: ledger } = await twoLedgers();
    await ledger.append([lapsedDraft("a")]);
    const restarted = gateLedger(keys, clock, memoryLedgerStore(remote));
    const [entry] = await restarted.append([lapsedDraft("a")]);
    expect(entry?.seq).toBe(1);
    expect(remote.commits(decisions)).toHaveLength(2);
  });

  it("loses and doubles nothing when two writers append at once", async () => {
    const { keys, clock, remote, decisions: one } = await twoLedgers();
    const other = gateLedger(keys, clock, memoryLedgerStore(remote));
    const names = Array.from({ length: 12 }, (_, index) => `r${index}`);
    await Promise.all(
      names.flatMap((name) => [one.append([lapsedDraft(name)]), other.append([lapsedDraft(name)])]),
    );
    const view = await openLedgerReader({
      store: memoryLedgerStore(remote),
      expectedRoot: keys.rootDigest,
    }).sync();
    const written = entriesOf(view, "lapsed").map(({ inputs }) => inputs.request);
    expect(written.toSorted()).toEqual(names.toSorted());
  });

  it("does not write again what a push wrote whose answer was lost", async () => {
    const { remote, clock, decisions: ledger } = await twoLedgers();
    remote.loseNextAnswer();
    const [entry] = await ledger.append([lapsedDraft("a")]);
    expect(entry?.seq).toBe(1);
    expect(remote.commits(decisions)).toHaveLength(2);
    expect(clock.slept).toHaveLength(1);
  });

  it("chains again after another writer was faster", async () => {
    const { keys, clock, remote, decisions: one } = await twoLedgers();
    const other = gateLedger(keys, clock, memoryLedgerStore(remote));
    await other.append([lapsedDraft("faster")]);
    const [entry] = await one.append([lapsedDraft("slower")]);
    expect(entry?.seq).toBe(2);
  });

  it("gives way before its next pushes to whoever was faster, and no longer after a minute", async () => {
    const { keys, clock, remote, decisions: one } = await twoLedgers();
    await gateLedger(keys, clock, memoryLedgerStore(remote)).append([lapsedDraft("faster")]);
    await one.append([lapsedDraft("slower")]);
    expect(clock.slept).toEqual([50]);
    clock.set("2026-11-21T10:01:00.000Z");
    await one.append([lapsedDraft("polite")]);
    expect(clock.slept).toEqual([50, 500]);
    clock.set("2026-11-21T10:01:00.001Z");
    await one.append([lapsedDraft("alone")]);
    expect(clock.slept).toEqual([50, 500]);
  });

  it("gives up on a ledger that stays out of reach, and says so", async () => {
    const { remote, clock, decisions: ledger } = await twoLedgers();
    remote.goOffline();
    await expect(ledger.append([lapsedDraft("a")])).rejects.toThrow(LedgerUnreachable);
    expect(clock.slept.length).toBeGreaterThan(3);
    remote.goOnline();
    const [entry] = await ledger.append([lapsedDraft("a")]);
    expect(entry?.seq).toBe(1);
  });

  it("does not retry what another error stopped", async () => {
    const { keys, clock, remote } = await twoLedgers();
    const store: LedgerStore = {
      ...memoryLedgerStore(remote),
      append: () => Promise.reject(new TypeError("a bug")),
    };
    await expect(gateLedger(keys, clock, store).append([lapsedDraft("a")])).rejects.toThrow(
      TypeError,
    );
    expect(clock.slept).toEqual([]);
  });

  it("gives up when it is never the fastest, after far more attempts than for a silent remote", async () => {
    const { keys, clock, remote } = await twoLedgers();
    const store: LedgerStore = {
      ...memoryLedgerStore(remote),
      append: () => Promise.reject(new LedgerMoved("again")),
    };
    await expect(gateLedger(keys, clock, store).append([lapsedDraft("a")])).rejects.toThrow(
      LedgerMoved,
    );
    expect(clock.slept).toHaveLength(60);
  });

  it("is written in the end by whoever lost fifty times", async () => {
    const { keys, clock, remote } = await twoLedgers();
    const whole = memoryLedgerStore(remote);
    let losses = 0;
    const store: LedgerStore = {
      ...whole,
      append: (...args) =>
        losses++ < 50 ? Promise.reject(new LedgerMoved("again")) : whole.append(...args),
    };
    const [entry] = await gateLedger(keys, clock, store).append([lapsedDraft("a")]);
    expect(entry?.seq).toBe(1);
  });

  it("waits between attempts for a time drawn by lot, from longer and longer ones up to a bound", async () => {
    const pauses = async (lot: number): Promise<readonly number[]> => {
      const { keys, clock, remote } = await twoLedgers();
      remote.goOffline();
      const ledger = openLedger({
        ...{ store: memoryLedgerStore(remote), signer: keys.decision, clock },
        ...{ chance: { draw: () => lot }, branch: decisions, trustRoot: keys.trustRoot },
      });
      remote.goOnline();
      await ledger.sync();
      remote.goOffline();
      await expect(ledger.append([lapsedDraft("a")])).rejects.toThrow(LedgerUnreachable);
      return clock.slept;
    };
    expect(await pauses(0)).toEqual([0, 0, 0, 0, 0, 0, 0]);
    expect(await pauses(0.5)).toEqual([50, 100, 200, 400, 800, 1_600, 2_500]);
  });

  it("does not try again what the remote's rules forbid", async () => {
    const { keys, clock, remote } = await twoLedgers();
    let pushes = 0;
    const store: LedgerStore = {
      ...memoryLedgerStore(remote),
      append: () => {
        pushes += 1;
        return Promise.reject(new LedgerRefused("a ruleset"));
      },
    };
    await expect(gateLedger(keys, clock, store).append([lapsedDraft("a")])).rejects.toThrow(
      LedgerRefused,
    );
    expect([pushes, clock.slept]).toEqual([1, []]);
  });

  it("never back-dates: a clock that went back writes the newest time there is", async () => {
    const { clock, decisions: ledger } = await twoLedgers();
    clock.set("2026-11-21T08:00:00Z");
    const [entry] = await ledger.append([lapsedDraft("a")]);
    expect(entry?.at).toBe("2026-11-21T10:00:00.000Z");
  });

  it("records the newest entry of the other ledger that it has verified", async () => {
    const { decisions: ledger, executions: other } = await twoLedgers();
    const [root] = ledger.view().decisions;
    const [entry] = await other.append([revokeIntentDraft("a")]);
    expect(entry?.observedPeer).toEqual({ seq: 0, digest: root?.digest });
  });

  it("refuses drafts that no reader would believe, and writes none of the batch", async () => {
    const { remote, decisions: ledger } = await twoLedgers();
    const lacking = { ...lapsedDraft("a"), inputs: { request: "a" } } as unknown as EntryDraft;
    const foreign = revokeIntentDraft("a");
    const lone = { ...lapsedDraft("\ud800") };
    for (const bad of [lacking, foreign, lone]) {
      await expect(ledger.append([lapsedDraft("good"), bad])).rejects.toThrow(DraftRefused);
    }
    expect(remote.commits(decisions)).toHaveLength(1);
  });

  describe("by several at once", () => {
    /** A ledger whose pushes are counted by how many entries they carry, and wait until told to go on. */
    const slow = async () => {
      const { keys, clock, remote } = await twoLedgers();
      const whole = memoryLedgerStore(remote);
      const pushes: number[] = [];
      let release: () => void = () => undefined;
      const store: LedgerStore = {
        ...whole,
        append: async (branch, expected, entries) => {
          pushes.push(entries.length);
          if (pushes.length === 1) await new Promise<void>((resolve) => (release = resolve));
          return whole.append(branch, expected, entries);
        },
      };
      const ledger = gateLedger(keys, clock, store);
      await ledger.sync();
      const first = ledger.append([lapsedDraft("first")]);
      await expect.poll(() => pushes).toEqual([1]);
      return { clock, remote, ledger, pushes, first, release: () => release() };
    };

    it("pushes at once when idle, and gathers for one next push while busy, in the order of asking", async () => {
      const { clock, ledger, pushes, first, release } = await slow();
      const others = [
        ledger.append([lapsedDraft("b"), lapsedDraft("a")]),
        ledger.append([lapsedDraft("c")]),
        ledger.append([]),
        ledger.append([lapsedDraft("d"), lapsedDraft("b")]),
      ];
      release();
      expect((await first).map(({ seq }) => seq)).toEqual([1]);
      const seqs = (await Promise.all(others)).map((one) => one.map(({ seq }) => seq));
      expect(seqs).toEqual([[2, 3], [4], [], [5, 2]]);
      expect(pushes).toEqual([1, 4]);
      expect(clock.slept).toEqual([250]);
    });

    it("never pauses for who appends one after another", async () => {
      const { clock, decisions: ledger } = await twoLedgers();
      for (const name of ["a", "b", "c"]) await ledger.append([lapsedDraft(name)]);
      expect(clock.slept).toEqual([]);
    });

    it("gives an idempotency key that two bring to the first, and its entry to both", async () => {
      const { ledger, remote, first, release } = await slow();
      const mine = ledger.append([lapsedDraft("a")]);
      const theirs = ledger.append([{ ...lapsedDraft("b"), idempotencyKey: "lapsed:a" }]);
      release();
      await first;
      const [[one], [two]] = await Promise.all([mine, theirs]);
      expect(two).toEqual(one);
      expect(two?.inputs).toEqual(lapsedDraft("a").inputs);
      expect(remote.commits(decisions)).toHaveLength(3);
    });

    it("refuses only the one who brought a draft that no reader would believe, and all that they brought", async () => {
      const { ledger, remote, first, release } = await slow();
      const foreign = revokeIntentDraft("x");
      const appends = [
        ledger.append([lapsedDraft("a")]),
        ledger.append([lapsedDraft("with-it"), foreign]),
        ledger.append([lapsedDraft("b")]),
        ledger.append([{ ...lapsedDraft("\ud800"), idempotencyKey: "lapsed:c" }]),
        ledger.append([lapsedDraft("c")]),
      ];
      const settled = Promise.allSettled(appends);
      release();
      await first;
      const outcomes = (await settled).map((one) =>
        one.status === "fulfilled"
          ? one.value.map(({ inputs }) => inputs)
          : (one.reason as unknown),
      );
      const inputsOf = (id: string) => [lapsedDraft(id).inputs];
      expect(outcomes).toEqual([
        inputsOf("a"),
        expect.any(DraftRefused),
        inputsOf("b"),
        expect.any(DraftRefused),
        inputsOf("c"),
      ]);
      expect(remote.commits(decisions)).toHaveLength(5);
    });

    it("tells everybody of a group that the remote did not answer, and goes on afterwards", async () => {
      const { ledger, remote, first, release } = await slow();
      const appends = [ledger.append([lapsedDraft("a")]), ledger.append([lapsedDraft("b")])];
      const settled = Promise.allSettled(appends);
      remote.goOffline();
      release();
      await expect(first).rejects.toThrow(LedgerUnreachable);
      for (const one of await settled) expect(one).toMatchObject({ status: "rejected" });
      remote.goOnline();
      expect(await ledger.append([lapsedDraft("b")])).toHaveLength(1);
    });

    it("puts no more than two hundred drafts into a push, unless one caller brings more", async () => {
      const { ledger, pushes, first, release } = await slow();
      const many = (name: string, count: number) =>
        Array.from({ length: count }, (_, index) => lapsedDraft(`${name}-${index}`));
      const appends = [many("a", 150), many("b", 60), many("c", 250), many("d", 1)].map((drafts) =>
        ledger.append(drafts),
      );
      release();
      await Promise.all([first, ...appends]);
      expect(pushes).toEqual([1, 150, 60, 250, 1]);
    });
  });

  it("lets a summary forge neither a trailer nor a second line", async () => {
    const { remote, decisions: ledger } = await twoLedgers();
    const summary = "fine\n\nLedger-Seq: 99\u2028\u202eLedger-Type: grant";
    await ledger.append([{ ...lapsedDraft("a"), summary }]);
    const message = remote.commits(decisions).at(-1)?.message ?? "";
    const lines = message.split("\n");
    expect(lines[0]).toBe("lapsed: fine Ledger-Seq: 99 Ledger-Type: grant");
    expect(lines.filter((line) => line.startsWith("Ledger-Seq:"))).toEqual(["Ledger-Seq: 1"]);
  });
});

describe("sync", () => {
  it("believes nothing any more after one bad entry, also when it is mended", async () => {
    const { keys, remote, decisions: writer } = await twoLedgers();
    await writer.append([lapsedDraft("a"), lapsedDraft("b")]);
    const good = remote.commits(decisions);
    const reader = openLedgerReader({
      store: memoryLedgerStore(remote),
      expectedRoot: keys.rootDigest,
    });
    remote.forcePush(
      decisions,
      good.map((entry, at) => (at === 1 ? { ...entry, bytes: "{}" } : entry)),
    );
    await expect(reader.sync()).rejects.toMatchObject({
      name: "LedgerBroken",
      code: "envelope-malformed",
      at: { seq: 1, branch: decisions, commit: good[1]?.commit },
    });
    remote.forcePush(decisions, good);
    await expect(reader.sync()).rejects.toThrow(LedgerBroken);
    expect(() => reader.view()).toThrow(LedgerBroken);
  });

  it("takes a rewritten remote for tampering", async () => {
    const { remote, decisions: ledger } = await twoLedgers();
    await ledger.append([lapsedDraft("a")]);
    remote.forcePush(decisions, remote.commits(decisions).slice(0, 1));
    await expect(ledger.sync()).rejects.toMatchObject({ name: "LedgerBroken", code: "rewritten" });
    await expect(ledger.append([lapsedDraft("b")])).rejects.toThrow(LedgerBroken);
  });

  it("leaves the view as it was when the remote is out of reach", async () => {
    const { remote, decisions: ledger } = await twoLedgers();
    remote.goOffline();
    await expect(ledger.sync()).rejects.toThrow(LedgerUnreachable);
    expect(ledger.view().decisions).toHaveLength(1);
  });

  it("is given away by the other ledger when the tail of one was cut off", async () => {
    const { keys, remote, decisions: gate, executions: executor } = await twoLedgers();
    await gate.append([lapsedDraft("a")]);
    await executor.sync();
    await executor.append([revokeIntentDraft("a")]);
    remote.forcePush(decisions, remote.commits(decisions).slice(0, 1));
    const reader = openLedgerReader({
      store: memoryLedgerStore(remote),
      expectedRoot: keys.rootDigest,
    });
    await expect(reader.sync()).rejects.toMatchObject({ code: "peer-ahead" });
  });

  it("looks once more when one branch was read a moment before the other", async () => {
    const { keys, remote, decisions: gate, executions: executor } = await twoLedgers();
    await gate.append([lapsedDraft("a")]);
    await executor.sync();
    await executor.append([revokeIntentDraft("a")]);
    const whole = memoryLedgerStore(remote);
    let reads = 0;
    const store: LedgerStore = {
      ...whole,
      read: async (branch, after) => {
        const entries = await whole.read(branch, after);
        return reads++ === 0 ? entries.slice(0, 1) : entries;
      },
    };
    const view = await openLedgerReader({ store, expectedRoot: keys.rootDigest }).sync();
    expect(view.decisions).toHaveLength(2);
  });

  it("refuses a ledger whose trust root is not the expected one", async () => {
    const { remote } = await twoLedgers();
    const reader = openLedgerReader({
      store: memoryLedgerStore(remote),
      expectedRoot: acmeKeys().rootDigest,
    });
    await expect(reader.sync()).rejects.toMatchObject({ code: "trust-root-unexpected" });
  });

  it("verifies only what is new", async () => {
    const { remote, decisions: gate, executions: executor } = await twoLedgers();
    const first = await executor.sync();
    await gate.append([lapsedDraft("a")]);
    const second = await executor.sync();
    expect(first.decisions).toHaveLength(1);
    expect(second.decisions[0]).toBe(first.decisions[0]);
    expect(second.decisions).toHaveLength(remote.commits(decisions).length);
  });
});

describe("ensureTrustRoot", () => {
  it("writes the trust root once", async () => {
    const { keys, remote, decisions: ledger } = await twoLedgers();
    const entry = await ensureTrustRoot(ledger, keys.trustRoot, oidOf("9"));
    expect(entry.inputs.main).toBe(oidOf("0"));
    expect(remote.commits(decisions)).toHaveLength(1);
  });

  it("is not for the executor", async () => {
    const { keys, executions: ledger } = await twoLedgers();
    await expect(ensureTrustRoot(ledger, keys.trustRoot, oidOf("0"))).rejects.toThrow(
      TrustRootRefused,
    );
  });

  it("comes before every other entry", async () => {
    const keys = acmeKeys();
    const ledger = gateLedger(keys, stillClock(), memoryLedgerStore(memoryLedgerRemote()));
    await expect(ledger.append([lapsedDraft("a")])).rejects.toThrow(/trust-root-missing/u);
  });
});
