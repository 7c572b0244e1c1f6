import { beforeEach, describe, expect, it } from "vitest";
import { memoryLedgerStore } from "../../../src/adapters/memory/memory-ledger-store.ts";
import type { AuditReport } from "../../../src/audit/audit-report.ts";
import { renderText } from "../../../src/audit/render-text.ts";
import { verifyAudit } from "../../../src/audit/verify-audit.ts";
import { entriesOf } from "../../../src/core/attest/ledger-view.ts";
import { lifeWorld } from "../../support/life/life-world.ts";
import type { LifeWorld } from "../../support/life/life-world.ts";

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
    expect((await audit()).findings).toMatchObject([
      { code: "merge-without-decision", consequences: [{ code: "violation-recorded" }] },
    ]);

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
});
