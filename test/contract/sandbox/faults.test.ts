import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { repo, startAcme } from "./acme.ts";
import type { Acme } from "./acme.ts";

let acme: Acme;
beforeAll(async () => {
  acme = await startAcme();
});
afterEach(() => {
  acme.sandbox.faults.clear();
});
afterAll(() => acme.close());

test("fails the next requests of a path and then works again", async () => {
  acme.sandbox.faults.fail(`${repo}/pulls`, 502, 2);
  expect((await acme.ask("alice", "GET", repo)).status).toBe(200);
  expect((await acme.ask("alice", "GET", `${repo}/pulls`)).status).toBe(502);
  expect((await acme.ask("alice", "GET", `${repo}/pulls`)).status).toBe(502);
  expect((await acme.ask("alice", "GET", `${repo}/pulls`)).status).toBe(200);
});

test("answers the secondary rate limit with 403 and Retry-After", async () => {
  acme.sandbox.faults.limitRate("/", 7, 1);
  const answer = await acme.ask("alice", "GET", repo);
  expect([answer.status, answer.headers.get("retry-after")]).toEqual([403, "7"]);
  expect(answer.at("message")).toContain("secondary rate limit");
});

test("takes orders from other programs that hold the control token", async () => {
  const { controlToken, tokens } = acme.sandbox;
  const faults = { faults: [{ kind: "fail", match: "/graphql", status: 503, times: 1 }] };
  const put = async (token: string) =>
    (await acme.askAnything(token, "PUT", "/_sandbox/faults", faults)).status;
  expect(await put(tokens["carol"] ?? "")).toBe(401);
  expect((await acme.query("alice", "{ viewer { login } }")).status).toBe(200);
  expect(await put(controlToken)).toBe(204);
  expect((await acme.query("alice", "{ viewer { login } }")).status).toBe(503);
  const wrong = { faults: [{ kind: "earthquake" }] };
  const answer = await acme.askAnything(controlToken, "PUT", "/_sandbox/faults", wrong);
  expect(answer.status).toBe(422);

  const url = { url: "http://127.0.0.1:1/" };
  const path = "/_sandbox/apps/other/webhook-url";
  expect((await acme.askAnything(controlToken, "PUT", path, url)).status).toBe(204);
  await acme.sandbox.settled();
  const seen = await acme.askAnything(controlToken, "GET", "/_sandbox/deliveries");
  expect([seen.at("0.event"), seen.at("0.app")]).toEqual(["ping", "other"]);
});
