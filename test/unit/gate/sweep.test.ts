import { describe, expect, it } from "vitest";
import { sweep } from "../../../src/gate/sweep.ts";
import { ForgeRefused } from "../../../src/ports/forge-reader.ts";
import type { Removal } from "../../../src/ports/forge-writer.ts";
import { execute, granted, merged, path, readBackGone } from "./ended-scene.ts";

describe("sweep", () => {
  it("looks at every open pull request, at unrecorded merges and at access that can be ended early, or only at what an end can have changed", async () => {
    const scene = await merged("one");
    scene.open({ number: 20 });
    expect(await sweep(scene.gate, "everything")).toEqual([7, 20]);
    expect(await sweep(scene.gate, "ends")).toEqual([]);
  });

  it("opens the revert when the time is over; it is red until the read-back and merged then", async () => {
    const scene = await merged("one");
    await execute(scene, granted(scene, "one"));
    expect(await sweep(scene.gate, "ends")).toEqual([]);
    scene.clock.set("2026-11-21T14:00:00.000Z");
    const [revert = 0] = await sweep(scene.gate, "ends");
    await scene.look(revert);
    expect(scene.published.at(-1)?.conclusion).toBe("action_required");
    expect(await sweep(scene.gate, "ends")).toEqual([revert]);
    expect(scene.entries("revert")).toHaveLength(1);

    await execute(scene, readBackGone("one"));
    await scene.look(revert);
    expect(scene.entries("merge").at(-1)?.result).toEqual({ kind: "removal", requests: ["one"] });
    expect(await sweep(scene.gate, "ends")).toEqual([]);
  });

  it("looks at a person's own removal instead of opening a second one, as long as it is open", async () => {
    const scene = await merged("one");
    await execute(scene, granted(scene, "one"));
    scene.open({ number: 8, author: "heidi", files: { [path("one")]: null } });
    await scene.look(8);
    expect(scene.entries("ending")).toHaveLength(1);
    await execute(scene, readBackGone("one"));
    expect(await sweep(scene.gate, "ends")).toEqual([8]);
    expect(scene.entries("revert")).toEqual([]);
    Object.assign(scene.world.pulls.get(8) ?? {}, { draft: true });
    await scene.look(8);
    expect(await sweep(scene.gate, "ends")).not.toContain(8);
    expect(scene.entries("revert").map(({ inputs }) => inputs.cause)).toEqual(["removed"]);
  });

  it("removes what was approved and never began, once it can no longer begin", async () => {
    const scene = await merged("one");
    scene.clock.set("2026-11-22T10:00:00.000Z");
    expect(await sweep(scene.gate, "ends")).toHaveLength(1);
    expect(scene.entries("lapsed")).toHaveLength(1);
    expect(scene.entries("revert").map(({ inputs }) => inputs.cause)).toEqual(["lapsed"]);
  });

  it("opens the other reverts, and looks at the open pull requests, when one revert cannot be opened", async () => {
    const scene = await merged("one", "two");
    scene.open({ number: 20 });
    scene.clock.set("2026-11-23T10:00:00.000Z");
    const { gate } = scene;
    const { writer } = gate;
    const refusing = (removal: Removal): Promise<{ readonly pull: number }> =>
      removal.paths.includes(path("one"))
        ? Promise.reject(new ForgeRefused("the branch is in the way", 422))
        : writer.openRemoval(removal);
    Object.assign(gate, { writer: { ...writer, openRemoval: refusing } });
    expect(await sweep(gate, "everything")).toEqual([20, 21]);
    expect(scene.entries("revert").map(({ inputs }) => inputs.request)).toEqual(["two"]);
  });

  it("looks at the reverts though the forge does not list the open pull requests", async () => {
    const scene = await merged("one");
    scene.clock.set("2026-11-22T10:00:00.000Z");
    const { gate } = scene;
    const openPulls = (): Promise<never> => Promise.reject(new ForgeRefused("no", 403));
    Object.assign(gate, { reader: { ...gate.reader, openPulls } });
    expect(await sweep(gate, "everything")).toHaveLength(1);
  });
});
