import { afterAll, beforeAll, expect, test } from "vitest";
import { repo, startAcme } from "./acme.ts";
import type { Acme, Answer } from "./acme.ts";

let acme: Acme;
beforeAll(async () => {
  acme = await startAcme();
});
afterAll(() => acme.close());

const issues = `${repo}/issues`;

async function open(who: string, title: string, body?: string): Promise<number> {
  const answer = await acme.ask(who, "POST", issues, { title, ...(body && { body }) });
  expect(answer.status).toBe(201);
  return Number(answer.at("number"));
}

const change = (who: string, number: number, body: object): Promise<Answer> =>
  acme.ask(who, "PATCH", `${issues}/${number}`, body);

const numbersOf = async (who: string, query: string): Promise<readonly unknown[]> => {
  const { body } = await acme.ask(who, "GET", `${issues}?${query}`);
  return (body as readonly { readonly number: number }[]).map(({ number }) => number);
};

const heard = (event: string, number: number) =>
  acme.sandbox.deliveries
    .filter((one) => one.event === event)
    .map((one) => one.payload as unknown as Heard)
    .filter(({ issue }) => issue.number === number);

interface Heard {
  readonly action: string;
  readonly sender: { readonly login: string };
  readonly issue: { readonly number: number; readonly [key: string]: unknown };
  readonly changes?: unknown;
}

test("opens an issue for whoever can read, and shows it", async () => {
  const opened = await acme.ask("mallory", "POST", issues, { title: "Review", body: "Why?" });
  expect([opened.status, opened.at("state"), opened.at("state_reason")]).toEqual([
    ...[201, "open", null],
  ]);
  const number = Number(opened.at("number"));
  const shown = await acme.ask("bob", "GET", `${issues}/${number}`);
  expect([shown.at("title"), shown.at("body"), shown.at("user.login")]).toEqual([
    ...["Review", "Why?", "mallory"],
  ]);
  expect([shown.at("pull_request"), shown.at("closed_by")]).toEqual([undefined, null]);
  expect(shown.at("html_url")).toBe(`${acme.sandbox.serverUrl}/acme/access/issues/${number}`);
  const byApp = await acme.ask(await acme.token("gate"), "POST", issues, { title: "By the App" });
  expect(byApp.at("user.login")).toBe("gate[bot]");
  expect(byApp.at("performed_via_github_app.slug")).toBe("gate");
  expect(heard("issues", number)).toMatchObject([
    { action: "opened", sender: { login: "mallory" }, issue: { state: "open", body: "Why?" } },
  ]);
});

test("refuses to open what GitHub refuses, and what it does not serve itself", async () => {
  const status = async (body: object) => (await acme.ask("alice", "POST", issues, body)).status;
  expect(await status({})).toBe(422);
  expect(await status({ title: " " })).toBe(422);
  expect(await status({ title: "t".repeat(257) })).toBe(422);
  expect(await status({ title: "t", body: "b".repeat(65_537) })).toBe(422);
  expect(await status({ title: "t", labels: ["late"] })).toBe(422);
  expect(await status({ title: "t".repeat(256), body: "b".repeat(65_536) })).toBe(201);
});

test("closes and reopens, with who and why", async () => {
  const number = await open("alice", "Lifecycle");
  const closed = await change("bob", number, { state: "closed" });
  expect([closed.at("state"), closed.at("state_reason"), closed.at("closed_by.login")]).toEqual([
    ...["closed", "completed", "bob"],
  ]);
  expect(closed.at("closed_at")).toBe(closed.at("updated_at"));
  const again = await change("carol", number, { state: "closed", state_reason: "not_planned" });
  expect([again.at("state_reason"), again.at("closed_by.login")]).toEqual(["completed", "bob"]);
  const reopened = await change("carol", number, { state: "open" });
  expect([reopened.at("state"), reopened.at("state_reason")]).toEqual(["open", "reopened"]);
  expect([reopened.at("closed_at"), reopened.at("closed_by")]).toEqual([null, null]);
  const reason = { state: "closed", state_reason: "not_planned" };
  expect((await change("alice", number, reason)).at("state_reason")).toBe("not_planned");
  expect(heard("issues", number).map(({ action, sender }) => [action, sender.login])).toEqual([
    ["opened", "alice"],
    ["closed", "bob"],
    ["reopened", "carol"],
    ["closed", "alice"],
  ]);
  expect(heard("issues", number).at(-1)?.issue["state_reason"]).toBe("not_planned");
});

test("changes nothing at all when a part of the change is refused", async () => {
  const number = await open("alice", "Whole");
  const status = async (body: object) => (await change("alice", number, body)).status;
  expect(await status({ title: "New", state: "merged" })).toBe(422);
  expect(await status({ title: "New", state: "closed", state_reason: "reopened" })).toBe(422);
  expect(await status({ title: "New", state: "open", state_reason: "completed" })).toBe(422);
  expect(await status({ title: "New", state: "closed", state_reason: "duplicate" })).toBe(422);
  expect(await status({ title: "New", assignees: ["bob"] })).toBe(422);
  expect(await status({ title: "" })).toBe(422);
  const shown = await acme.ask("bob", "GET", `${issues}/${number}`);
  expect([shown.at("title"), shown.at("state")]).toEqual(["Whole", "open"]);
  expect(heard("issues", number)).toHaveLength(1);
});

test("tells what the words were before, and nothing when they stay", async () => {
  const number = await open("alice", "Old", "before");
  await change("alice", number, { title: "Old", body: "before", state_reason: "completed" });
  const edited = await change("bob", number, { title: "New", body: "after" });
  expect([edited.at("title"), edited.at("body")]).toEqual(["New", "after"]);
  expect(heard("issues", number).slice(1)).toMatchObject([
    {
      action: "edited",
      sender: { login: "bob" },
      changes: { title: { from: "Old" }, body: { from: "before" } },
    },
  ]);
});

test("lets readers change only what they opened, and reopen only what they closed", async () => {
  const number = await open("alice", "Not hers");
  expect((await change("mallory", number, { state: "closed" })).status).toBe(403);
  expect((await change("mallory", number, { title: "Mine" })).status).toBe(403);
  const own = await open("mallory", "Hers");
  expect((await change("mallory", own, { state: "closed" })).at("state")).toBe("closed");
  expect((await change("mallory", own, { state: "open" })).at("state")).toBe("open");
  await change("bob", own, { state: "closed" });
  expect((await change("mallory", own, { state: "open", title: "Again" })).status).toBe(403);
  const shown = await acme.ask("bob", "GET", `${issues}/${own}`);
  expect([shown.at("title"), shown.at("state")]).toEqual(["Hers", "closed"]);
});

test("lists by creator and state, pull requests among them, in pages", async () => {
  const gate = await acme.token("gate");
  const [one, two] = [await open(gate, "List 1"), await open(gate, "List 2")];
  const pull = await acme.open("carol", "listed", { "listed.txt": "l\n" });
  await change("alice", one, { state: "closed" });
  const mine = "creator=gate%5Bbot%5D";
  const own = await numbersOf("bob", `${mine}&state=all&per_page=2`);
  expect(own).toEqual([two, one]);
  expect(await numbersOf("bob", `${mine}&state=closed`)).toEqual([one]);
  expect(await numbersOf("bob", mine)).not.toContain(one);
  expect(await numbersOf("bob", "creator=Carol")).toEqual([pull]);
  expect(await numbersOf("bob", "since=2999-01-01T00:00:00%2B01:00")).toEqual([]);
  expect(await numbersOf("bob", "creator=nobody&state=all")).toEqual([]);
  const page = await acme.ask("bob", "GET", `${issues}?state=all&per_page=1&page=2`);
  expect([page.at("0.number"), page.at("1")]).toEqual([two, undefined]);
  expect(page.headers.get("link")).toContain('page=3>; rel="next"');
  const newest = await acme.ask("bob", "GET", `${issues}?state=all&per_page=1`);
  expect(newest.at("0.pull_request.url")).toContain(`/pulls/${pull}`);
});

test("refuses a filter that it does not serve, and one that GitHub does not know", async () => {
  const status = async (query: string) =>
    (await acme.ask("bob", "GET", `${issues}?${query}`)).status;
  expect(await status("labels=late")).toBe(422);
  expect(await status("state=merged")).toBe(422);
  expect(await status("sort=comments")).toBe(422);
  expect(await status("sort=updated&direction=asc")).toBe(200);
});

test("answers 404 for numbers that nothing has", async () => {
  expect((await acme.ask("alice", "GET", `${issues}/9999`)).status).toBe(404);
  expect((await change("alice", 9999, { state: "closed" })).status).toBe(404);
  expect((await acme.ask("alice", "GET", `${issues}/9999/comments`)).status).toBe(404);
  const said = { body: "Hello?" };
  expect((await acme.ask("alice", "POST", `${issues}/9999/comments`, said)).status).toBe(404);
});

test("keeps comments of issues, and tells of them without calling it a pull request", async () => {
  const number = await open("alice", "Talk");
  const comments = `${issues}/${number}/comments`;
  const said = await acme.ask("mallory", "POST", comments, { body: "/access reviewed" });
  expect([said.status, said.at("user.login")]).toEqual([201, "mallory"]);
  const id = Number(said.at("id"));
  expect(said.at("html_url")).toContain(`/issues/${number}#issuecomment-${id}`);
  const path = `${issues}/comments/${id}`;
  expect((await acme.ask("bob", "PATCH", path, { body: "edited" })).at("body")).toBe("edited");
  const byBob = await acme.ask("bob", "POST", comments, { body: "Mine" });
  const other = `${issues}/comments/${Number(byBob.at("id"))}`;
  expect((await acme.ask("mallory", "PATCH", other, { body: "x" })).status).toBe(403);
  expect((await acme.ask("bob", "GET", comments)).at("1.body")).toBe("Mine");
  expect((await acme.ask("bob", "GET", `${issues}/${number}`)).at("comments")).toBe(2);
  const told = heard("issue_comment", number);
  expect(told.map(({ action }) => action)).toEqual(["created", "edited", "created"]);
  expect(told.filter(({ issue }) => "pull_request" in issue)).toEqual([]);
});

test("keeps a narrowed token inside its permissions", async () => {
  const number = await open("alice", "Narrow");
  const pull = await acme.open("alice", "narrow", { "narrow.txt": "n\n" });
  const said = await acme.ask("alice", "POST", `${issues}/${number}/comments`, { body: "a" });
  const comment = `${issues}/comments/${Number(said.at("id"))}`;
  const narrow = (permissions: object) => acme.token("gate", { permissions });
  const tried = async (token: string, method: string, path: string, body?: object) =>
    (await acme.ask(token, method, path, body)).status;

  const pulls = await narrow({ pull_requests: "write" });
  expect(await tried(pulls, "GET", `${issues}/${number}`)).toBe(403);
  expect(await tried(pulls, "PATCH", `${issues}/${number}`, { state: "closed" })).toBe(403);
  expect(await tried(pulls, "POST", issues, { title: "t" })).toBe(403);
  expect(await tried(pulls, "GET", `${issues}/${number}/comments`)).toBe(403);
  expect(await tried(pulls, "POST", `${issues}/${number}/comments`, { body: "b" })).toBe(403);
  expect(await tried(pulls, "PATCH", comment, { body: "b" })).toBe(403);
  expect(await tried(pulls, "GET", `${issues}/${pull}`)).toBe(200);
  expect(await tried(pulls, "POST", `${issues}/${pull}/comments`, { body: "b" })).toBe(201);
  const seen = await numbersOf(pulls, "state=all&per_page=100");
  expect([seen.includes(pull), seen.includes(number)]).toEqual([true, false]);

  const reading = await narrow({ issues: "read" });
  expect(await tried(reading, "GET", `${issues}/${number}`)).toBe(200);
  expect(await tried(reading, "POST", issues, { title: "t" })).toBe(403);
  expect(await tried(reading, "PATCH", `${issues}/${number}`, { state: "closed" })).toBe(403);
  expect(await tried(reading, "POST", `${issues}/${number}/comments`, { body: "b" })).toBe(403);

  const none = await narrow({ contents: "write" });
  expect(await tried(none, "GET", issues)).toBe(403);
  expect(await tried(none, "GET", `${issues}/${number}`)).toBe(403);

  const writing = await narrow({ issues: "write" });
  expect(await tried(writing, "POST", issues, { title: "t" })).toBe(201);
  expect(await tried(writing, "PATCH", `${issues}/${number}`, { state: "closed" })).toBe(200);
});
