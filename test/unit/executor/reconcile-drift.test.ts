import { expect, test } from "vitest";
import { exampleFiles } from "../../support/snapshot/example-files.ts";
import { nextLook, setDriftScene } from "./drift-scene.ts";
import type { Scene } from "./scene.ts";

const access = "payments-db alice payments_readwrite";

async function afterBaseline(drift: string): Promise<Scene> {
  const scene = await setDriftScene(drift);
  await scene.pass();
  await scene.pass();
  expect(await scene.entries("drift-baseline")).toHaveLength(1);
  return scene;
}

const looks = (scene: Scene): number =>
  scene.world.calls.filter((call) => call === "observe payments-db ivan").length;

test("a target is looked at once in its hours, and again after a restart without a second baseline", async () => {
  const scene = await afterBaseline("{ mode: observe, everyHours: 2 }");
  scene.clock.advance(3600);
  await scene.pass();
  expect(looks(scene)).toBe(1);
  scene.clock.advance(3600);
  await scene.pass();
  expect(looks(scene)).toBe(2);
  await scene.restart();
  await scene.pass();
  await scene.pass();
  expect(looks(scene)).toBe(3);
  expect(await scene.entries("drift-baseline")).toHaveLength(1);
});

test("observe records drift once and its end once, and takes nothing out", async () => {
  const scene = await afterBaseline("{ mode: observe }");
  scene.world.held.add(access);
  await nextLook(scene);
  await nextLook(scene);
  expect(scene.world.held.has(access)).toBe(true);
  expect(await scene.entries("drift")).toHaveLength(1);
  scene.world.held.delete(access);
  await nextLook(scene);
  await nextLook(scene);
  expect((await scene.entries("drift-outcome")).map(({ result }) => result.outcome)).toEqual([
    "gone",
  ]);
});

test("enforce leaves what an open grant explains, and what it includes", async () => {
  const scene = await afterBaseline("{ mode: enforce, everyHours: 1 }");
  await scene.approve({ name: "first", pull: 1, duration: "PT4H" });
  await scene.pass();
  scene.world.held.add("payments-db alice payments_readonly");
  scene.clock.advance(3600);
  await scene.pass();
  await scene.pass();
  expect(looks(scene)).toBe(2);
  expect(scene.world.held.size).toBe(2);
  expect(await scene.entries("drift")).toEqual([]);
});

test("a take-out that the target ignores is recorded as failed and tried again at the next look", async () => {
  const scene = await afterBaseline("{ mode: enforce }");
  scene.world.held.add(access);
  scene.world.faults.set("payments-db", "ignores");
  await nextLook(scene);
  expect((await scene.entries("drift-outcome")).at(-1)?.result.outcome).toBe("failed");
  scene.world.faults.clear();
  await nextLook(scene);
  expect((await scene.entries("drift-outcome")).at(-1)?.result.outcome).toBe("taken-out");
  expect(scene.world.held.size).toBe(0);
});

test("an exempt identity is not looked at", async () => {
  const scene = await afterBaseline("{ mode: enforce, exempt: [alice] }");
  scene.world.held.add(access);
  await nextLook(scene);
  expect(scene.world.calls).not.toContain("observe payments-db alice");
  expect(scene.world.held.has(access)).toBe(true);
});

test("nothing is looked at by governance that nobody decided", async () => {
  const scene = await afterBaseline("{ mode: enforce }");
  const path = "governance/targets/payments-db.yaml";
  const file = exampleFiles.find((one) => one.path === path)?.text ?? "";
  scene.push(
    path,
    file.replace("  entitlements:\n", "  drift: { mode: enforce }\n  entitlements:\n  # by hand\n"),
  );
  scene.world.held.add(access);
  await nextLook(scene);
  expect(looks(scene)).toBe(1);
  expect(scene.lines.some((line) => line.includes("Governance is not as decided"))).toBe(true);
});

test("a target that does not answer gets no baseline", async () => {
  const scene = await setDriftScene("{ mode: enforce }");
  scene.world.faults.set("payments-db", "down");
  await scene.pass();
  await scene.pass();
  expect(await scene.entries("drift-baseline")).toEqual([]);
});
