import { expect, test } from "vitest";
import { setScene } from "./scene.ts";

const access = "payments-db alice payments_readwrite";
const name = "2026-11-21-alice-settlement";

test("an approved and merged request is granted, read back and recorded", async () => {
  const scene = await setScene();
  const { decision, merge } = await scene.approve({ name, pull: 7 });

  const report = await scene.pass();

  expect(scene.world.held).toEqual(new Set([access]));
  const all = await scene.executions();
  expect(all.map(({ type }) => type)).toEqual(["grant-intent", "grant"]);
  const [intent] = await scene.entries("grant-intent");
  const [grant] = await scene.entries("grant");
  expect(intent?.inputs).toEqual({
    decision: decision.digest,
    merge: merge.digest,
    approvals: [71, 72],
  });
  expect(intent?.result.grant).toMatchObject({
    id: `grant:${name}`,
    startsAt: "2026-11-21T10:00:00.000Z",
    expiresAt: "2026-11-21T14:00:00.000Z",
    preexisting: "no",
  });
  expect(grant?.inputs.intent).toBe(intent?.digest);
  expect(grant?.result.readBack).toEqual({
    at: "2026-11-21T10:00:00.000Z",
    identity: "alice",
    permissions: ["payments_readwrite"],
  });
  expect(report).toMatchObject({ stop: null, open: 1, overdue: 0 });
  expect(report.nextPassBy?.toISOString()).toBe("2026-11-21T14:00:00.000Z");
  expect(scene.world.open).toBe(0);
});
