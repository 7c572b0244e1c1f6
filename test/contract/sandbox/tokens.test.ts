import { generateKeyPairSync } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { repo, startAcme } from "./acme.ts";
import type { Acme } from "./acme.ts";

let acme: Acme;
beforeAll(async () => {
  acme = await startAcme();
});
afterAll(() => acme.close());

test("takes an App's own JSON web token", async () => {
  const jwt = acme.jwt("gate");
  const app = await acme.ask(jwt, "GET", "/app");
  expect([app.status, app.at("slug"), app.at("id")]).toEqual([200, "gate", 101]);
  const installations = await acme.ask(jwt, "GET", "/app/installations");
  expect(installations.at("0.id")).toBe(acme.sandbox.apps[0]?.installationId);
  const installation = await acme.ask(jwt, "GET", `${repo}/installation`);
  expect(installation.at("app_slug")).toBe("gate");
});

test.each([
  ["of another key", { iss: "101" }, "another"],
  ["of an unknown App", { iss: "999" }, "own"],
  ["that is over", { exp: Math.floor(Date.now() / 1000) - 60 }, "own"],
  ["that lasts too long", { exp: Math.floor(Date.now() / 1000) + 3600 }, "own"],
  ["from the future", { iat: Math.floor(Date.now() / 1000) + 3600 }, "own"],
  ["without an end", { exp: null }, "own"],
])("refuses a token %s", async (_, claims, whose) => {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const key = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const jwt = acme.jwt("gate", claims, whose === "another" ? key : undefined);
  expect((await acme.ask(jwt, "GET", "/app")).status).toBe(401);
});

test("refuses a token that claims to need no signature, and one App's key for another", async () => {
  const [, claims = ""] = acme.jwt("gate").split(".");
  const header = Buffer.from(JSON.stringify({ alg: "none" })).toString("base64url");
  expect((await acme.ask(`${header}.${claims}.`, "GET", "/app")).status).toBe(401);
  const swapped = acme.jwt("other", { iss: "101" });
  expect((await acme.ask(swapped, "GET", "/app")).status).toBe(401);
});

test("asks everybody who they are", async () => {
  expect((await acme.askAnything(null, "GET", repo)).status).toBe(401);
  expect((await acme.ask("ghp_invented", "GET", repo)).status).toBe(401);
  expect((await acme.ask(acme.jwt("gate"), "GET", repo)).status).toBe(401);
  expect((await acme.ask(await acme.token("gate"), "GET", "/app")).status).toBe(401);
});

test("keeps a narrowed token inside its permissions", async () => {
  const token = await acme.token("gate", {
    permissions: { pull_requests: "read" },
    repository_ids: [700_001],
  });
  expect((await acme.ask(token, "GET", `${repo}/pulls`)).status).toBe(200);
  const wish = { title: "No", head: "x", base: "main" };
  expect((await acme.ask(token, "POST", `${repo}/pulls`, wish)).status).toBe(403);
  expect((await acme.ask(token, "GET", `${repo}/branches/main`)).status).toBe(403);
  const run = { name: "countersign", head_sha: "0".repeat(40) };
  expect((await acme.ask(token, "POST", `${repo}/check-runs`, run)).status).toBe(403);

  const query = `{ repository(owner: "acme", name: "access") {
    databaseId object(expression: "main") { oid } } }`;
  const answer = await acme.query(token, query);
  expect(answer.at("data.repository.databaseId")).toBe(700_001);
  expect(answer.at("data.repository.object")).toBeNull();
  expect(answer.at("errors.0.type")).toBe("FORBIDDEN");
});

test("does not widen a token, nor point it at another repository", async () => {
  const path = `/app/installations/${acme.sandbox.apps[0]?.installationId ?? 0}/access_tokens`;
  const ask = async (body: object) => (await acme.ask(acme.jwt("gate"), "POST", path, body)).status;
  expect(await ask({ permissions: { administration: "write" } })).toBe(422);
  expect(await ask({ permissions: { members: "write" } })).toBe(422);
  expect(await ask({ repository_ids: [1] })).toBe(422);
  expect((await acme.ask(acme.jwt("other"), "POST", path, {})).status).toBe(404);
});

test("ends tokens after an hour, or at once when told to", async () => {
  const path = `/app/installations/${acme.sandbox.apps[0]?.installationId ?? 0}/access_tokens`;
  const answer = await acme.ask(acme.jwt("gate"), "POST", path);
  const seconds = (Date.parse(String(answer.at("expires_at"))) - Date.now()) / 1000;
  expect(Math.round(seconds / 60)).toBe(60);
  const token = String(answer.at("token"));
  expect((await acme.ask(token, "GET", repo)).status).toBe(200);
  acme.sandbox.faults.expireTokens();
  expect((await acme.ask(token, "GET", repo)).status).toBe(401);
  expect((await acme.ask("alice", "GET", repo)).status).toBe(200);
});
