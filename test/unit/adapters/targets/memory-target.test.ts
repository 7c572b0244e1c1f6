import { describe, expect, it } from "vitest";
import { memoryTarget } from "../../../../src/adapters/memory/memory-target.ts";
import type { MemoryTargetBehaviour } from "../../../../src/adapters/memory/memory-target.ts";
import { TargetUnreachable } from "../../../../src/ports/target.ts";

describe("memoryTarget", () => {
  const end = new Date("2026-12-01T00:00:00Z");
  const cast = { identities: ["anna"], permissions: ["read_all"] };

  it("lies on demand, and shows the truth when it is asked", async () => {
    let behaviour: MemoryTargetBehaviour = "lying";
    const target = memoryTarget({ ...cast, behaviour: () => behaviour });
    await target.provision("anna", "read_all", end);
    expect((await target.observe("anna")).permissions).toEqual([]);
    target.administrator.give("anna", "read_all");
    await target.revoke("anna", "read_all");
    expect((await target.observe("anna")).permissions).toEqual(["read_all"]);
    behaviour = "honest";
    await target.revoke("anna", "read_all");
    expect((await target.observe("anna")).permissions).toEqual([]);
  });

  it("fails for one verb and changes nothing", async () => {
    const target = memoryTarget({
      ...cast,
      behaviour: (verb) => (verb === "revoke" ? "unreachable" : "honest"),
    });
    await target.provision("anna", "read_all", end);
    await expect(target.revoke("anna", "read_all")).rejects.toThrow(TargetUnreachable);
    expect((await target.observe("anna")).permissions).toEqual(["read_all"]);
  });

  it("hangs without an answer", async () => {
    const target = memoryTarget({ ...cast, behaviour: () => "hanging" });
    const turns = new Promise((resolve) => setImmediate(() => resolve("no answer")));
    expect(await Promise.race([target.observe("anna"), turns])).toBe("no answer");
  });

  it("tells the instant of the clock it was given", async () => {
    const target = memoryTarget({ ...cast, now: () => end });
    expect((await target.observe("anna")).at).toBe("2026-12-01T00:00:00.000Z");
  });
});
