import { afterAll, beforeAll, expect, test } from "vitest";
import { repo, startAcme } from "./acme.ts";
import type { Acme } from "./acme.ts";

let acme: Acme;
beforeAll(async () => {
  acme = await startAcme();
});
afterAll(() => acme.close());

const pulls = `${repo}/pulls`;

test("pages lists with Link headers and filters them", async () => {
  for (const name of ["p1", "p2", "p3"]) await acme.open("alice", name, { [name]: "x\n" });
  const first = await acme.ask("bob", "GET", `${pulls}?per_page=2`);
  expect([first.at("0.number"), first.at("1.number"), first.at("2")]).toEqual([3, 2, undefined]);
  expect(first.headers.get("link")).toContain('page=2>; rel="next"');
  const second = await acme.ask("bob", "GET", `${pulls}?per_page=2&page=2`);
  expect([second.at("0.number"), second.at("1")]).toEqual([1, undefined]);
  expect(second.headers.get("link")).not.toContain("next");

  const byHead = await acme.ask("bob", "GET", `${pulls}?head=acme:p2`);
  expect([byHead.at("0.number"), byHead.at("1")]).toEqual([2, undefined]);
  await acme.ask("alice", "PATCH", `${pulls}/1`, { state: "closed" });
  const closed = await acme.ask("bob", "GET", `${pulls}?state=closed&base=main`);
  expect([closed.at("0.number"), closed.at("1")]).toEqual([1, undefined]);
});

test("refuses to open what GitHub refuses", async () => {
  await acme.open("alice", "once", { once: "x\n" });
  const open = async (head: string, base: string) =>
    (await acme.ask("alice", "POST", pulls, { title: "t", head, base })).status;
  expect(await open("once", "main")).toBe(422);
  expect(await open("missing", "main")).toBe(422);
  expect(await open("once", "missing")).toBe(422);
  await acme.push("alice", "empty", {});
  await acme.git("alice", "push", "--quiet", "--force", "origin", "origin/main:refs/heads/nothing");
  expect(await open("nothing", "main")).toBe(422);
  expect((await acme.ask("alice", "POST", pulls, { head: "once", base: "main" })).status).toBe(422);
});

test("shows commits and files, renames and patches included", async () => {
  const number = await acme.open("alice", "files", { "governance/ROLES": "approver carol\n" });
  const files = await acme.ask("bob", "GET", `${pulls}/${number}/files`);
  expect([files.at("0.filename"), files.at("0.status")]).toEqual(["governance/ROLES", "modified"]);
  expect(files.at("0.patch")).toBe("@@ -1 +1 @@\n-approver bob\n+approver carol");
  const commits = await acme.ask("bob", "GET", `${pulls}/${number}/commits`);
  expect([commits.at("0.author.login"), commits.at("1")]).toEqual(["alice", undefined]);
  const pull = await acme.ask("bob", "GET", `${pulls}/${number}`);
  expect([pull.at("additions"), pull.at("deletions"), pull.at("changed_files")]).toEqual([1, 1, 1]);
});

test("changes words, base and state, but not for a reader who did not open it", async () => {
  await acme.push("alice", "release", { "release.txt": "r\n" });
  const number = await acme.open("alice", "edited", { "edited.txt": "e\n" });
  const path = `${pulls}/${number}`;
  expect((await acme.ask("mallory", "PATCH", path, { title: "Mine" })).status).toBe(403);
  const changed = await acme.ask("alice", "PATCH", path, {
    title: "New",
    body: "b",
    base: "release",
  });
  expect([changed.at("title"), changed.at("base.ref")]).toEqual(["New", "release"]);
  const tip = (await acme.ask("bob", "GET", `${repo}/branches/release`)).at("commit.sha");
  expect(changed.at("base.sha")).toBe(tip);
  expect((await acme.ask("alice", "PATCH", path, { state: "closed" })).at("state")).toBe("closed");
  expect((await acme.ask("alice", "PATCH", path, { state: "open" })).at("state")).toBe("open");
  expect((await acme.ask("alice", "PATCH", path, { base: "missing" })).status).toBe(422);
  const actions = acme.sandbox.deliveries.filter((one) => one.event === "pull_request").slice(-5);
  const heard = actions.map((one) => one.action);
  expect(heard).toEqual(["opened", "edited", "edited", "closed", "reopened"]);
  expect(actions[1]?.payload["changes"]).toMatchObject({ base: { ref: { from: "main" } } });
});

test("lets everybody review but the author, who can only comment", async () => {
  const number = await acme.open("alice", "reviewed", { "reviewed.txt": "e\n" });
  const reviews = `${pulls}/${number}/reviews`;
  const say = async (who: string, event: string, body = "because") =>
    acme.ask(who, "POST", reviews, { event, body });
  const own = await say("alice", "APPROVE");
  expect([own.status, own.at("errors.0")]).toEqual([422, "Can not approve your own pull request"]);
  expect((await say("alice", "REQUEST_CHANGES")).status).toBe(422);
  expect((await say("alice", "COMMENT")).status).toBe(200);
  expect((await say("bob", "REQUEST_CHANGES", "")).status).toBe(422);
  const denial = await say("bob", "REQUEST_CHANGES");
  expect(denial.at("state")).toBe("CHANGES_REQUESTED");
  expect((await say("mallory", "APPROVE")).at("state")).toBe("APPROVED");

  const dismissal = `${reviews}/${Number(denial.at("id"))}/dismissals`;
  const message = { message: "settled" };
  expect((await acme.ask("mallory", "PUT", dismissal, message)).status).toBe(403);
  const dismissed = await acme.ask("carol", "PUT", dismissal, message);
  expect(dismissed.at("state")).toBe("DISMISSED");
  expect((await acme.ask("carol", "PUT", dismissal, message)).status).toBe(422);
  const heard = acme.sandbox.deliveries.filter((one) => one.event === "pull_request_review");
  expect(heard.at(-1)?.action).toBe("dismissed");
});

test("takes the commit that a reviewer chooses, if the repository has it", async () => {
  const number = await acme.open("alice", "chosen", { "chosen.txt": "1\n" });
  const first = (await acme.ask("bob", "GET", `${pulls}/${number}`)).at("head.sha");
  await acme.push("alice", "chosen", { "chosen.txt": "2\n" }, { from: "origin/chosen" });
  const review = { event: "APPROVE", commit_id: first };
  const answer = await acme.ask("bob", "POST", `${pulls}/${number}/reviews`, review);
  expect(answer.at("commit_id")).toBe(first);
  const unknown = { event: "APPROVE", commit_id: "f".repeat(40) };
  expect((await acme.ask("bob", "POST", `${pulls}/${number}/reviews`, unknown)).status).toBe(422);
});

test("keeps comments, which everybody writes and only the author or a writer edits", async () => {
  const number = await acme.open("alice", "talk", { "talk.txt": "1\n" });
  const comments = `${repo}/issues/${number}/comments`;
  const said = await acme.ask("mallory", "POST", comments, { body: "/access explain" });
  expect([said.status, said.at("user.login")]).toEqual([201, "mallory"]);
  expect(said.at("performed_via_github_app")).toBeNull();
  const path = `${repo}/issues/comments/${Number(said.at("id"))}`;
  expect((await acme.ask("bob", "PATCH", path, { body: "edited" })).at("body")).toBe("edited");
  const byApp = await acme.ask(await acme.token("gate"), "POST", comments, { body: "Decision" });
  expect(byApp.at("performed_via_github_app.slug")).toBe("gate");
  const mine = `${repo}/issues/comments/${Number(byApp.at("id"))}`;
  expect((await acme.ask("mallory", "PATCH", mine, { body: "x" })).status).toBe(403);
  expect((await acme.ask("bob", "GET", comments)).at("1.user.login")).toBe("gate[bot]");
  const heard = acme.sandbox.deliveries.filter((one) => one.event === "issue_comment");
  expect(heard.map((one) => one.action)).toEqual(["created", "edited", "created"]);
});

test("asks people for a review, not its author, and forgets whom it asked once they gave one", async () => {
  const number = await acme.open("alice", "asked", { "asked.txt": "a\n" });
  const path = `${pulls}/${number}/requested_reviewers`;
  const ask = (by: string, method: "POST" | "DELETE", ...reviewers: string[]) =>
    acme.ask(by, method, path, { reviewers });
  expect((await ask("alice", "POST", "alice")).status).toBe(422);
  expect((await ask("alice", "POST", "nobody")).status).toBe(422);
  expect((await ask("mallory", "POST", "bob")).status).toBe(403);
  const asked = await ask("alice", "POST", "bob", "carol");
  expect([asked.status, asked.at("requested_reviewers.1.login")]).toEqual([201, "carol"]);
  const fewer = await ask("alice", "DELETE", "carol", "carol");
  expect([fewer.status, fewer.at("requested_reviewers.1")]).toEqual([200, undefined]);
  await acme.ask("bob", "POST", `${pulls}/${number}/reviews`, { event: "APPROVE" });
  const pull = await acme.ask("bob", "GET", `${pulls}/${number}`);
  expect(pull.at("requested_reviewers.0")).toBeUndefined();
});
