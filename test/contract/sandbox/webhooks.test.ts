import { createHmac } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { repo, startAcme } from "./acme.ts";
import type { Acme } from "./acme.ts";

let acme: Acme;
beforeAll(async () => {
  acme = await startAcme();
  await acme.open("alice", "hooked", { "h.txt": "h\n" });
});
beforeEach(() => {
  acme.sandbox.faults.clear();
});
afterAll(() => acme.close());

async function comment(body: string): Promise<void> {
  await acme.ask("alice", "POST", `${repo}/issues/1/comments`, { body });
  await acme.sandbox.settled();
}

function heard(body: string) {
  return acme.received.filter((one) => one.body.includes(body));
}

test("signs every delivery with the App's secret and names event, delivery and hook", async () => {
  await comment("signed");
  const [delivery] = heard("signed");
  const [app] = acme.sandbox.apps;
  const mac = createHmac("sha256", app?.webhookSecret ?? "").update(delivery?.body ?? "");
  expect(delivery?.headers["x-hub-signature-256"]).toBe(`sha256=${mac.digest("hex")}`);
  expect(delivery?.headers["x-github-event"]).toBe("issue_comment");
  expect(delivery?.headers["x-github-delivery"]).toMatch(/^[0-9a-f-]{36}$/);
  expect(delivery?.headers["x-github-hook-id"]).toMatch(/^\d+$/);
  expect(delivery?.headers["x-github-hook-installation-target-id"]).toBe("101");
  const payload = JSON.parse(delivery?.body ?? "") as { installation: { id: number } };
  expect(payload.installation.id).toBe(app?.installationId);
});

test("tells in the order of the events", async () => {
  await acme.push("bob", "hooked", { "h.txt": "2\n" }, { from: "origin/hooked" });
  await acme.ask("bob", "POST", `${repo}/pulls/1/reviews`, { event: "APPROVE" });
  await acme.sandbox.settled();
  const last = acme.received.slice(-3).map((one) => one.headers["x-github-event"]);
  expect(last).toEqual(["push", "pull_request", "pull_request_review"]);
  const synchronize = JSON.parse(acme.received.at(-2)?.body ?? "") as {
    action: string;
    sender: { login: string };
  };
  expect([synchronize.action, synchronize.sender.login]).toEqual(["synchronize", "bob"]);
});

test("loses a delivery for good, and sends one twice with the same id", async () => {
  acme.sandbox.faults.loseDeliveries("issue_comment", 1);
  await comment("lost one");
  await comment("kept one");
  expect([heard("lost one").length, heard("kept one").length]).toEqual([0, 1]);
  acme.sandbox.faults.doubleDeliveries("*", 1);
  await comment("twice");
  const ids = heard("twice").map((one) => one.headers["x-github-delivery"]);
  expect(ids).toHaveLength(2);
  expect(new Set(ids).size).toBe(1);
});

test("does not try again when the receiver is away", async () => {
  const url = acme.sandbox.deliveries[0]?.url ?? "";
  acme.sandbox.setWebhookUrl("gate", "http://127.0.0.1:1/");
  await comment("nobody listens");
  acme.sandbox.setWebhookUrl("gate", url);
  await comment("somebody listens");
  expect([heard("nobody listens").length, heard("somebody listens").length]).toEqual([0, 1]);
  expect(acme.received.some((one) => one.headers["x-github-event"] === "ping")).toBe(true);
  const failed = acme.sandbox.deliveries.filter((one) => one.outcome === "failed");
  expect(failed.map((one) => one.event)).toEqual(["ping", "issue_comment"]);
});

test("tells nothing to an App without an address", () => {
  expect(acme.sandbox.deliveries.filter((one) => one.app === "other")).toEqual([]);
});

test("tells of a second check on one head with every pull request that has it", async () => {
  const [open] = [await acme.ask("bob", "GET", `${repo}/pulls/1`)];
  const head = String(open.at("head.sha"));
  await acme.push("alice", "release", { "r.txt": "r\n" });
  const wish = { title: "Same head", head: "hooked", base: "release" };
  const second = await acme.ask("alice", "POST", `${repo}/pulls`, wish);
  const run = await acme.check(head, "success");
  expect([run.at("pull_requests.0.number"), run.at("pull_requests.1.number")]).toEqual([
    1,
    second.at("number"),
  ]);
});
