import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Webhook } from "standardwebhooks";
import { openWebhookTarget } from "../../src/adapters/targets/webhook/webhook-target.ts";
import { TargetRefused, TargetUnreachable } from "../../src/ports/target.ts";
import { json } from "../support/http/front-server.ts";
import { openWebhookWorld, sharedSecret, startWebhook } from "../support/webhook/webhook-world.ts";
import type { WebhookServer, WebhookWorld } from "../support/webhook/webhook-world.ts";
import { describeHttpTarget } from "./target-http.contract.ts";
import { describeTarget } from "./target.contract.ts";

let webhook: WebhookServer;
beforeAll(async () => {
  webhook = await startWebhook();
});
afterAll(() => webhook.stop());

const open = () => Promise.resolve(openWebhookWorld(webhook));
describeTarget("signed webhook", open);
describeHttpTarget("signed webhook", open);

describe("webhook target", () => {
  const end = new Date("2026-12-01T00:00:00Z");
  let world: WebhookWorld;
  const held = async (identity: string) => (await world.target.observe(identity)).permissions;
  const at = (options: { readonly secret?: string; readonly now?: () => Date }) =>
    openWebhookTarget({
      url: world.front.url,
      readBackUrl: world.front.url,
      secret: sharedSecret,
      timeoutSeconds: 5,
      ...options,
    });

  beforeEach(async () => {
    world = await open();
    await world.addIdentity("anna");
    await world.addPermission("read_all");
  });
  afterEach(() => world.close());

  it("sends what is wanted and until when, and nothing else", async () => {
    await world.target.provision("anna", "read_all", end);
    await world.target.revoke("anna", "read_all");
    const [provision, revoke] = world.receiver.received;
    expect(provision).toEqual({
      id: expect.stringMatching(/^evt_[\da-f]{64}$/u) as string,
      type: "access.provision",
      timestamp: expect.stringMatching(/^\d{4}-.*Z$/u) as string,
      data: { identity: "anna", permission: "read_all", expiresAt: "2026-12-01T00:00:00.000Z" },
    });
    expect(revoke?.type).toBe("access.revoke");
    expect(revoke?.data).toEqual({ identity: "anna", permission: "read_all" });
  });

  it("repeats a provision under one id, which the receiver carries out once", async () => {
    for (let n = 0; n < 3; n += 1) await world.target.provision("anna", "read_all", end);
    expect(new Set(world.receiver.received.map(({ id }) => id)).size).toBe(1);
    expect(world.receiver.received).toHaveLength(3);
    expect(world.receiver.carriedOut).toBe(1);
  });

  it("has another id for every other identity, permission and end", async () => {
    await world.addIdentity("ben");
    await world.addPermission("write_all");
    const later = new Date("2026-12-02T00:00:00Z");
    await world.target.provision("anna", "read_all", end);
    await world.target.provision("ben", "read_all", end);
    await world.target.provision("anna", "write_all", end);
    await world.target.provision("anna", "read_all", later);
    expect(new Set(world.receiver.received.map(({ id }) => id)).size).toBe(4);
  });

  it("no revoke is taken for one that the receiver has seen", async () => {
    for (let n = 0; n < 2; n += 1) {
      await world.target.provision("anna", "read_all", end);
      expect(await held("anna")).toEqual(["read_all"]);
      await world.target.revoke("anna", "read_all");
      expect(await held("anna")).toEqual([]);
    }
  });

  it("K4: the receiver keeps the longer end, and ends access by itself there", async () => {
    await world.target.provision("anna", "read_all", new Date("2026-12-02T00:00:00Z"));
    await world.target.provision("anna", "read_all", end);
    world.receiver.now = new Date("2026-12-01T12:00:00Z");
    expect(await held("anna")).toEqual(["read_all"]);
    world.receiver.now = new Date("2026-12-02T00:00:00Z");
    expect(await held("anna")).toEqual([]);
  });

  it("a receiver with another secret takes no event and answers nothing", async () => {
    const secret = `whsec_${Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString("base64")}`;
    const target = at({ secret });
    await expect(target.provision("anna", "read_all", end)).rejects.toThrow(/401.*same SECRET/u);
    await expect(target.observe("anna")).rejects.toThrow(TargetRefused);
    await expect(target.revoke("anna", "read_all")).rejects.toThrow(TargetRefused);
    expect(world.receiver.received).toEqual([]);
  });

  it.each([-6, 6])(
    "a clock that is wrong by %i minutes is refused with the reason",
    async (minutes) => {
      const target = at({ now: () => new Date(Date.now() + minutes * 60_000) });
      await expect(target.provision("anna", "read_all", end)).rejects.toThrow(/check both clocks/u);
      await expect(target.observe("anna")).rejects.toThrow(/check both clocks/u);
      expect(world.receiver.received).toEqual([]);
    },
  );

  it("signs so that no other body passes under the same signature", async () => {
    await world.target.provision("anna", "read_all", end);
    const { headers } = world.front.seen[0] ?? { headers: {} };
    const forged = JSON.stringify({ type: "access.provision", data: { identity: "ben" } });
    const verify = () => new Webhook(sharedSecret).verify(forged, headers);
    expect(verify).toThrow("No matching signature");
  });

  it("sends the secret nowhere", async () => {
    await world.target.provision("anna", "read_all", end);
    await held("anna");
    const sent = JSON.stringify(world.front.seen);
    expect(sent).toContain("webhook-signature");
    expect(sent).not.toContain(sharedSecret.slice("whsec_".length));
  });

  it.each([
    ["names another identity", { identity: "ben", permissions: [] }],
    ["names no identity", { permissions: [] }],
    ["has no permissions", { identity: "anna" }],
    ["has a text for permissions", { identity: "anna", permissions: "read_all" }],
    ["has null among the permissions", { identity: "anna", permissions: ["read_all", null] }],
    ["has an empty name", { identity: "anna", permissions: [""] }],
  ])("a read-back that %s says nothing", async (_, body) => {
    world.front.behave(() => json(200, body));
    await expect(held("anna")).rejects.toThrow(TargetUnreachable);
  });

  it("takes a 404 for an unknown identity only where it says so about that identity", async () => {
    world.front.behave(() => json(404, { identity: "anna", error: "unknown-identity" }));
    expect(await held("anna")).toEqual([]);
    for (const body of [
      { identity: "ben", error: "unknown-identity" },
      { identity: "anna", error: "not found" },
      { error: "unknown-identity" },
    ]) {
      world.front.behave(() => json(404, body));
      await expect(held("anna")).rejects.toThrow(TargetUnreachable);
    }
    world.front.behave(() => json(410, { identity: "anna", error: "unknown-identity" }));
    await expect(held("anna")).rejects.toThrow(TargetRefused);
  });

  it("a 404 to an event that does not say what is missing is no answer", async () => {
    world.front.behave(() => json(404, { error: "no such route" }));
    await expect(world.target.provision("anna", "read_all", end)).rejects.toThrow(
      TargetUnreachable,
    );
    await expect(world.target.revoke("anna", "read_all")).rejects.toThrow(TargetUnreachable);
  });

  it("keeps a name with the signs of a query in one parameter", async () => {
    await world.addIdentity("anna&identity=ben#x");
    await world.addIdentity("ben");
    await world.give("ben", "read_all");
    expect(await held("anna&identity=ben#x")).toEqual([]);
    expect(await held("ben")).toEqual(["read_all"]);
  });

  it("adds the identity to what the address already asks", async () => {
    await held("anna");
    expect(world.front.seen.map(({ path }) => path)).toEqual(["/held?key=2&identity=anna"]);
  });
});
