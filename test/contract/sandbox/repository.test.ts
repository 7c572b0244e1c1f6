import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { repo, startAcme } from "./acme.ts";
import type { Acme } from "./acme.ts";

let acme: Acme;
beforeAll(async () => {
  acme = await startAcme();
});
afterAll(() => acme.close());

const base64 = (text: string): string => Buffer.from(text).toString("base64");

test("shows the repository, accounts and the rate limit", async () => {
  const shown = await acme.ask("alice", "GET", repo);
  expect([shown.at("id"), shown.at("full_name")]).toEqual([700_001, "acme/access"]);
  expect((await acme.ask("alice", "GET", "/user")).at("id")).toBe(1001);
  expect((await acme.ask(await acme.token("gate"), "GET", "/user")).status).toBe(403);
  const bot = await acme.ask("alice", "GET", "/users/gate%5Bbot%5D");
  expect([bot.at("id"), bot.at("type")]).toEqual([acme.sandbox.apps[0]?.botId, "Bot"]);
  expect((await acme.ask("alice", "GET", "/users/nobody")).status).toBe(404);
  expect((await acme.ask("alice", "GET", "/rate_limit")).at("rate.limit")).toBe(5000);
});

test("answers 304 when nothing changed", async () => {
  const first = await acme.ask("alice", "GET", repo);
  const etag = first.headers.get("etag") ?? "";
  const headers = {
    authorization: `Bearer ${acme.sandbox.tokens["alice"] ?? ""}`,
    "if-none-match": etag,
  };
  const second = await fetch(`${acme.sandbox.apiUrl}${repo}`, { headers });
  expect(second.status).toBe(304);
});

test("answers 404 for what it does not serve and says so on stderr", async () => {
  const stderr = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  const token = acme.sandbox.tokens["alice"] ?? "";
  const answer = await acme.askAnything(token, "GET", `${repo}/milestones`);
  expect([answer.status, answer.at("message")]).toEqual([404, "Not Found"]);
  const said = stderr.mock.calls.map(([text]) => String(text)).join("");
  stderr.mockRestore();
  expect(said).toContain(`GET ${repo}/milestones is not served`);
  expect((await acme.askAnything(token, "GET", "/repos/acme/elsewhere")).status).toBe(404);
});

test("reads, writes and deletes files, each as a commit of the person", async () => {
  const branch = "contents";
  await acme.push("alice", branch, {});
  const file = `${repo}/contents/folder/new.txt`;
  const put = { message: "Add", content: base64("1\n"), branch };
  const created = await acme.ask("alice", "PUT", file, put);
  expect(created.status).toBe(201);
  expect(created.at("commit.author.email")).toBe("alice@acme.example");
  expect(created.at("commit.verification.verified")).toBe(true);
  expect((await acme.ask("alice", "PUT", file, put)).status).toBe(422);
  const stale = { ...put, sha: "0".repeat(40) };
  expect((await acme.ask("alice", "PUT", file, stale)).status).toBe(409);
  const sha = created.at("content.sha");
  const changed = await acme.ask("alice", "PUT", file, { ...put, content: base64("2\n"), sha });
  expect(changed.status).toBe(200);

  const shown = await acme.ask("bob", "GET", `${file}?ref=${branch}`);
  expect(Buffer.from(String(shown.at("content")), "base64").toString()).toBe("2\n");
  const listed = await acme.ask("bob", "GET", `${repo}/contents/folder?ref=${branch}`);
  expect([listed.at("0.path"), listed.at("0.type")]).toEqual(["folder/new.txt", "file"]);
  expect((await acme.ask("bob", "GET", file)).status).toBe(404);

  const gone = { message: "Remove", branch, sha: changed.at("content.sha") };
  expect((await acme.ask("mallory", "DELETE", file, gone)).status).toBe(403);
  expect((await acme.ask("alice", "DELETE", file, gone)).status).toBe(200);
  expect((await acme.ask("bob", "GET", `${file}?ref=${branch}`)).status).toBe(404);
});

test("creates, shows and deletes refs", async () => {
  const tip = (await acme.ask("bob", "GET", `${repo}/git/ref/heads/main`)).at("object.sha");
  const wish = { ref: "refs/heads/made/here", sha: tip };
  expect((await acme.ask("alice", "POST", `${repo}/git/refs`, wish)).status).toBe(201);
  expect((await acme.ask("alice", "POST", `${repo}/git/refs`, wish)).status).toBe(422);
  const bad = { ref: "refs/pull/1/head", sha: tip };
  expect((await acme.ask("alice", "POST", `${repo}/git/refs`, bad)).status).toBe(422);
  const path = `${repo}/git/refs/heads/made/here`;
  expect((await acme.ask("mallory", "DELETE", path)).status).toBe(403);
  expect((await acme.ask("alice", "DELETE", path)).status).toBe(204);
  expect((await acme.ask("alice", "GET", `${repo}/git/ref/heads/made/here`)).status).toBe(404);
  expect((await acme.ask("alice", "DELETE", path)).status).toBe(422);
  const branch = await acme.ask("alice", "GET", `${repo}/branches/main`);
  expect([branch.at("protected"), branch.at("commit.sha")]).toEqual([true, tip]);
});

test("keeps teams, which only administrators change", async () => {
  const team = "/orgs/acme/teams/risk";
  expect((await acme.ask("bob", "GET", "/orgs/acme/teams")).at("0.slug")).toBe("risk");
  const path = `${team}/memberships/bob`;
  expect((await acme.ask("bob", "PUT", path, { role: "member" })).status).toBe(403);
  expect((await acme.ask("carol", "PUT", path, { role: "member" })).at("state")).toBe("active");
  const members = await acme.ask(await acme.token("gate"), "GET", `${team}/members`);
  expect([members.at("0.login"), members.at("1.login")]).toEqual(["bob", "carol"]);
  expect((await acme.ask("carol", "DELETE", path)).status).toBe(204);
  expect((await acme.ask("bob", "GET", `${team}/members`)).at("1")).toBeUndefined();
});

test("lets only Apps publish check runs, each its own, within GitHub's sizes", async () => {
  const head = await acme.push("alice", "checked", { "c.txt": "c\n" });
  const runs = `${repo}/check-runs`;
  const wish = { name: "countersign", head_sha: head, status: "in_progress" };
  expect((await acme.ask("carol", "POST", runs, wish)).status).toBe(403);
  const gate = await acme.token("gate");
  const made = await acme.ask(gate, "POST", runs, wish);
  expect([made.status, made.at("conclusion"), made.at("app.slug")]).toEqual([201, null, "gate"]);
  const path = `${runs}/${Number(made.at("id"))}`;
  const done = { conclusion: "success", output: { title: "t", summary: "s" } };
  expect((await acme.ask(await acme.token("other"), "PATCH", path, done)).status).toBe(403);
  expect((await acme.ask(gate, "PATCH", path, done)).at("status")).toBe("completed");

  const output = { title: "t", summary: "s".repeat(65_536) };
  expect((await acme.ask(gate, "PATCH", path, { output })).status).toBe(422);
  const full = { title: "t", summary: "s".repeat(65_535) };
  expect((await acme.ask(gate, "PATCH", path, { output: full })).status).toBe(200);
  const note = {
    path: "c.txt",
    start_line: 1,
    end_line: 1,
    annotation_level: "notice",
    message: "m",
  };
  const many = { title: "t", summary: "s", annotations: Array.from({ length: 51 }, () => note) };
  expect((await acme.ask(gate, "PATCH", path, { output: many })).status).toBe(422);
  const unknown = { ...wish, head_sha: "f".repeat(40) };
  expect((await acme.ask(gate, "POST", runs, unknown)).status).toBe(422);

  await acme.ask(await acme.token("other"), "POST", runs, wish);
  const listed = await acme.ask("bob", "GET", `${repo}/commits/${head}/check-runs`);
  expect(listed.at("total_count")).toBe(2);
  const own = await acme.ask("bob", "GET", `${repo}/commits/checked/check-runs?app_id=101`);
  expect([own.at("total_count"), own.at("check_runs.0.conclusion")]).toEqual([1, "success"]);
});
