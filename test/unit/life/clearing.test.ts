import { beforeEach, describe, expect, it } from "vitest";
import { memoryLedgerStore } from "../../../src/adapters/memory/memory-ledger-store.ts";
import type { AuditReport } from "../../../src/audit/audit-report.ts";
import { renderText } from "../../../src/audit/render-text.ts";
import { verifyAudit } from "../../../src/audit/verify-audit.ts";
import { entriesOf } from "../../../src/core/attest/ledger-view.ts";
import { lifeWorld } from "../../support/life/life-world.ts";
import type { LifeWorld } from "../../support/life/life-world.ts";
import { account } from "../../support/snapshot/cast.ts";

let world: LifeWorld;
beforeEach(async () => {
  world = await lifeWorld();
});

const pull = 7;
const codes = (): readonly string[] =>
  entriesOf(world.view(), "command").map(
    ({ inputs, result }) => `${inputs.asked.actor.login} ${result.code}`,
  );
const violation = () => entriesOf(world.view(), "violation")[0];
const audit = (): Promise<AuditReport> => {
  const { mirror, remote, keys } = world.scene;
  const store = memoryLedgerStore(remote);
  return verifyAudit({ mirror, store, expectedRoot: keys.rootDigest, now: world.now() });
};

/** Somebody merged alice's request without an approval, with rights that go round the gate. */
async function mergedByHand(): Promise<number> {
  world.ask("alice", "request");
  await world.look(pull);
  await world.mergeByHand(pull);
  await world.look(pull);
  return violation()?.seq ?? 0;
}

describe("a violation", () => {
  it("is cleared by a post-reviewer without a part in it, by its number, and by nobody else", async () => {
    const entry = await mergedByHand();
    const clear = `/access clear ${entry} reason=known ticket=SEC-9`;
    for (const [login, text] of [
      ["alice", clear],
      ["bob", clear],
      ["erin", clear],
      ["frank", `/access clear ${entry + 1} reason=known ticket=SEC-9`],
      ["frank", "/access clear it reason=known ticket=SEC-9"],
    ] as const) {
      world.comment(login, pull, text);
      await world.look(pull);
    }
    expect(codes()).toEqual([
      "alice CMD-ROLE",
      "bob CMD-ROLE",
      "erin CMD-ROLE",
      "frank CMD-NO-VIOLATION",
      "frank CMD-MALFORMED",
    ]);
    // One fault is one finding.
    expect((await audit()).findings.map(({ code }) => code)).toEqual(["violation-recorded"]);

    world.comment("frank", pull, clear);
    // Its webhook is lost: the sweep looks at what is accused.
    await world.sweep();
    expect(codes().at(-1)).toBe("frank CMD-CLEARED");
    const report = await audit();
    expect(report.findings).toEqual([]);
    expect(report.cleared).toMatchObject([{ seq: entry, pull, by: "frank" }]);
    expect(renderText(report)).toContain("by frank at");
  });

  it("grants nothing once it is cleared", async () => {
    const entry = await mergedByHand();
    world.comment("frank", pull, `/access clear ${entry} reason=known ticket=SEC-9`);
    await world.look(pull);
    await world.execute();
    await world.sweep();
    await world.execute();
    expect([...world.held]).toEqual([]);
    expect(entriesOf(world.view(), "merge")).toEqual([]);
    expect(entriesOf(world.view(), "violation")).toHaveLength(1);
  });

  it("is not cleared by a post-reviewer who wrote or reviewed what was merged", async () => {
    world.ask("alice", "request");
    world.review("frank", pull, "APPROVED");
    await world.look(pull);
    await world.mergeByHand(pull);
    await world.look(pull);
    const entry = violation()?.seq ?? 0;
    world.comment("frank", pull, `/access clear ${entry} reason=known ticket=SEC-9`);
    await world.look(pull);
    expect(codes()).toEqual(["frank CMD-OWN-REQUEST"]);
  });

  it("stays no merge when what stood against it heals: clearing grants nothing", async () => {
    const { writer } = world.scene.gate;
    const late = { outcome: "stale", reason: "not now" } as const;
    Object.assign(writer, { merge: () => Promise.resolve(late) });
    world.ask("alice", "request");
    await world.look(pull);
    for (const by of ["bob", "carol"]) world.review(by, pull, "APPROVED");
    await world.look(pull);
    expect(entriesOf(world.view(), "decision").at(-1)?.result.decision.verdict).toBe("approved");

    const { teams } = world.scene.world;
    const owners = teams.get("payments-owners") ?? [];
    teams.set("payments-owners", []);
    await world.mergeByHand(pull);
    await world.look(pull);
    expect(violation()?.result.detail).toContain("no longer approved");
    teams.set("payments-owners", owners);
    world.comment(
      "frank",
      pull,
      `/access clear ${violation()?.seq ?? 0} reason=known ticket=SEC-9`,
    );
    await world.look(pull);
    await world.look(pull);
    await world.execute();
    expect(codes()).toEqual(["frank CMD-CLEARED"]);
    expect(entriesOf(world.view(), "merge")).toEqual([]);
    expect([...world.held]).toEqual([]);
  });

  it("is cleared where it happened, not on another pull request about the same request", async () => {
    const entry = await mergedByHand();
    const { scene } = world;
    const path = "access-requests/payments-db/life-7.yaml";
    scene.open({ number: 8, author: "heidi", files: { [path]: null } });
    world.comment("frank", 8, `/access clear ${entry} reason=known ticket=SEC-9`);
    await world.look(8);
    expect(codes()).toEqual(["frank CMD-OTHER-PULL"]);
    world.comment("frank", pull, `/access clear ${entry} reason=known ticket=SEC-9`);
    await world.look(pull);
    expect(codes().at(-1)).toBe("frank CMD-CLEARED");
  });

  describe("of a push to main", () => {
    const files = ["one", "two"].map((name) => `access-requests/payments-db/${name}.yaml`);
    const pushed = async (by: string | null): Promise<number> => {
      const { scene } = world;
      const before = scene.world.tip;
      const texts = Object.fromEntries(files.map((path) => [path, "a: 1\n"]));
      const after = scene.mirror.commit({ parents: [before], files: texts });
      await scene.moveMain(after);
      const at = world.now().toISOString();
      if (by !== null) {
        scene.world.pushes?.set("main", [{ before, after, at, actor: account(by) }]);
      }
      await world.sweep();
      return violation()?.seq ?? 0;
    };
    const removal = (number: number, path: string | undefined): void =>
      void world.scene.open({ number, author: "heidi", files: { [path ?? ""]: null } });

    it("is one entry that names every file, and stops and is cleared on a pull request about any of them", async () => {
      const entry = await pushed("dave");
      await world.sweep();
      expect(entriesOf(world.view(), "violation")).toMatchObject([
        { inputs: { pull: null, paths: files, by: [{ login: "dave" }] } },
      ]);
      removal(8, files[1]);
      await world.look(8);
      const newest = (): string =>
        entriesOf(world.view(), "decision").at(-1)?.result.decision.verdict ?? "";
      expect(newest()).toBe("denied");
      expect((await audit()).findings.map(({ code }) => code)).toEqual(["violation-recorded"]);

      world.comment("frank", 8, `/access clear ${entry} reason=known ticket=SEC-9`);
      await world.sweep();
      expect(codes()).toEqual(["frank CMD-CLEARED"]);
      expect(newest()).not.toBe("denied");
      expect((await audit()).findings).toEqual([]);
    });

    it.each([
      ["frank", "frank CMD-OWN-REQUEST"],
      [null, "frank CMD-PARTIES-UNKNOWN"],
    ])(
      "is not cleared by who pushed, nor by anybody when that is not known: %s",
      async (by, code) => {
        const entry = await pushed(by);
        removal(8, files[0]);
        world.comment("frank", 8, `/access clear ${entry} reason=known ticket=SEC-9`);
        await world.look(8);
        expect(codes()).toEqual([code]);
      },
    );
  });

  describe("of a check of our name", () => {
    const head = (): string => world.scene.world.pulls.get(pull)?.headOid ?? "";
    const mark = (id: string, of: "own-app" | "another", by: string | null): void =>
      void world.scene.world.marks.set(head(), [
        { id, of, name: by ?? "ci", by: account(by ?? "ivan"), shows: "success" },
      ]);

    it("E2 denies what somebody else marked as ours until it is cleared, then once more for a new mark", async () => {
      world.ask("alice", "request");
      mark("status:1", "another", "ivan");
      for (const by of ["bob", "carol"]) world.review(by, pull, "APPROVED");
      await world.look(pull);
      expect(violation()?.result.code).toBe("FOREIGN-CHECK");
      // It names no access: a mark on a pull request about somebody else's must not end that.
      expect(violation()?.inputs).toMatchObject({ pull, request: null, paths: [] });
      expect(entriesOf(world.view(), "merge")).toEqual([]);

      world.comment(
        "frank",
        pull,
        `/access clear ${violation()?.seq ?? 0} reason=known ticket=S-1`,
      );
      await world.look(pull);
      expect(entriesOf(world.view(), "violation")).toHaveLength(1);
      expect(entriesOf(world.view(), "merge")).toHaveLength(1);
    });

    it("is one entry however many marks there are, and another one after it was cleared", async () => {
      world.ask("alice", "request");
      mark("status:1", "another", "ivan");
      await world.look(pull);
      mark("status:2", "another", "ivan");
      await world.look(pull);
      expect(entriesOf(world.view(), "violation")).toHaveLength(1);
      world.comment(
        "frank",
        pull,
        `/access clear ${violation()?.seq ?? 0} reason=known ticket=S-1`,
      );
      await world.look(pull);
      await world.look(pull);
      expect(entriesOf(world.view(), "violation")).toHaveLength(2);
    });

    it("is recorded when our own run shows a success that no decision on that head ever was", async () => {
      world.ask("alice", "request");
      mark("run:1", "own-app", null);
      await world.look(pull);
      expect(violation()?.result.code).toBe("TAMPERED-CHECK");
    });

    it("does not keep a merge by hand from being judged", async () => {
      world.ask("alice", "request");
      mark("status:1", "another", "ivan");
      await world.look(pull);
      await world.mergeByHand(pull);
      await world.sweep();
      const found = entriesOf(world.view(), "violation").map(({ result }) => result.code);
      expect(found).toEqual(["FOREIGN-CHECK", "MERGED-WITHOUT-DECISION"]);
    });
  });
});
