import { describe, expect } from "vitest";
import { openGrants } from "../../src/core/plan/access-state.ts";
import { nextLook, setDriftScene } from "../unit/executor/drift-scene.ts";
import { attack } from "./attack.ts";

const access = "payments-db alice payments_readwrite";

describe("K13 — what a target holds is never written down as a grant", () => {
  attack("K13", "bring an expired member back by another account", async () => {
    const scene = await setDriftScene("{ mode: warn }");
    await scene.approve({ name: "first", pull: 1, duration: "PT1H" });
    await scene.pass();
    expect(scene.world.held, "the honest grant begins").toEqual(new Set([access]));
    scene.clock.advance(3600);
    await scene.pass();
    expect(scene.world.held.size).toBe(0);
    scene.world.held.add(access);
    await nextLook(scene);

    const executions = await scene.executions();
    expect(openGrants(executions)).toEqual([]);
    expect(executions.filter(({ type }) => type === "grant")).toHaveLength(1);
    const [drift] = await scene.entries("drift");
    expect(drift?.inputs).toMatchObject({ identity: "alice", permission: "payments_readwrite" });
    return drift?.result.response ?? "";
  });
});

describe("K14 — the first look at a target takes nothing out", () => {
  attack("K14", "let the sweeper take out what it does not know on its first day", async () => {
    const scene = await setDriftScene("{ mode: enforce, mostPerPass: 1 }");
    scene.world.held.add(access);
    await scene.pass();
    await scene.pass();
    await nextLook(scene);
    expect(scene.world.held).toEqual(new Set([access]));
    expect((await scene.entries("drift-baseline")).map(({ result }) => result.held)).toEqual([
      [{ identity: "alice", permission: "payments_readwrite" }],
    ]);

    scene.world.held.add("payments-db ivan payments_readwrite");
    await nextLook(scene);
    expect(scene.world.held, "what came later is taken out").toEqual(new Set([access]));

    scene.world.held.add("payments-db ivan payments_readonly");
    scene.world.held.add("payments-db settlement_bot payments_readonly");
    await nextLook(scene);
    expect(scene.world.held.size, "more than the limit stays").toBe(3);
    expect(scene.lines.some((line) => line.startsWith("error More drift"))).toBe(true);
    return (await scene.entries("drift")).at(-1)?.result.response ?? "";
  });
});
