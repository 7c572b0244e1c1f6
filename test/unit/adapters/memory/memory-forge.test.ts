import { describe, expect, it } from "vitest";
import { memoryForge } from "../../../../src/adapters/memory/memory-forge.ts";
import { memoryPull, memoryWorld } from "../../../../src/adapters/memory/memory-world.ts";
import { ForgeUnavailable } from "../../../../src/ports/forge-reader.ts";
import { forgeContract } from "../../../support/forge/forge-contract.ts";
import { memoryScene } from "../../../support/forge/memory-scene.ts";

forgeContract("the forge in memory", memoryScene);

describe("memoryForge", () => {
  const world = memoryWorld();
  const forge = memoryForge(world);
  const author = { id: 1001, login: "alice", type: "User" as const };
  world.pulls.set(1, memoryPull({ number: 1, author, headRef: "a", headOid: "a".repeat(40) }));

  it("shows a copy: what a caller does to it changes nothing", async () => {
    const read = await forge.readPull(1, []);
    (read.commits as unknown[]).pop();
    expect((await forge.readPull(1, [])).commits).toHaveLength(1);
  });

  it("fails every call during an outage", async () => {
    world.outage = new ForgeUnavailable("down", 5);
    await expect(forge.readPull(1, [])).rejects.toBe(world.outage);
    await expect(forge.merge(1, "a".repeat(40), "x", "y")).rejects.toBe(world.outage);
    world.outage = null;
    expect(await forge.openPulls()).toEqual([1]);
  });

  it("can be a forge that does not tell who pushed", async () => {
    expect(await forge.pushes("a")).toEqual([]);
    world.pushes = null;
    expect(await forge.pushes("a")).toBeNull();
  });

  it("merges no draft", async () => {
    const head = "d".repeat(40);
    const draft = memoryPull({ number: 2, author, headRef: "d", headOid: head, draft: true });
    world.pulls.set(2, draft);
    const check = { conclusion: "success", title: "", summary: "", text: "" } as const;
    await forge.publishCheck(head, check);
    expect(await forge.merge(2, head, "x", "y")).toMatchObject({ outcome: "stale" });
  });
});
