import { afterAll, beforeAll, expect, test } from "vitest";
import { repo, startAcme } from "./acme.ts";
import type { Acme, Answer } from "./acme.ts";

let acme: Acme;
beforeAll(async () => {
  acme = await startAcme();
});
afterAll(() => acme.close());

const issues = `${repo}/issues`;

async function open(who: string, title: string): Promise<number> {
  return Number((await acme.ask(who, "POST", issues, { title })).at("number"));
}

const change = (who: string, number: number, body: object): Promise<Answer> =>
  acme.ask(who, "PATCH", `${issues}/${number}`, body);

test("counts issues and pull requests in one sequence", async () => {
  const first = await open("alice", "Before");
  const pull = await acme.open("alice", "between", { "between.txt": "b\n" });
  const second = await open("alice", "After");
  expect([pull, second]).toEqual([first + 1, first + 2]);
  const asIssue = await acme.ask("bob", "GET", `${issues}/${pull}`);
  expect(asIssue.at("pull_request.url")).toBe(
    `${acme.sandbox.apiUrl}${repo}/pulls/${String(pull)}`,
  );
  expect(asIssue.at("id")).not.toBe(
    (await acme.ask("bob", "GET", `${repo}/pulls/${pull}`)).at("id"),
  );
  expect((await acme.ask("bob", "GET", `${repo}/pulls/${first}`)).status).toBe(404);
});

test("closes a pull request by its number as the pull request that it is", async () => {
  const pull = await acme.open("alice", "as-issue", { "as-issue.txt": "a\n" });
  expect((await change("mallory", pull, { state: "closed" })).status).toBe(403);
  expect((await change("bob", pull, { state: "closed", state_reason: "completed" })).status).toBe(
    422,
  );
  const closed = await change("bob", pull, { title: "Renamed", state: "closed" });
  expect([closed.at("title"), closed.at("state"), closed.at("closed_by.login")]).toEqual([
    ...["Renamed", "closed", "bob"],
  ]);
  expect((await acme.ask("bob", "GET", `${repo}/pulls/${pull}`)).at("state")).toBe("closed");
  expect((await change("bob", pull, { state: "open" })).at("closed_by")).toBeNull();
  const heard = acme.sandbox.deliveries.filter((one) => one.event === "issues");
  expect(heard.filter(({ payload }) => "pull_request" in Object(payload["issue"]))).toEqual([]);
  const told = acme.sandbox.deliveries.filter((one) => one.event === "pull_request").slice(-3);
  expect(told.map((one) => one.action)).toEqual(["closed", "edited", "reopened"]);
});

test("keeps the words of a pull request that cannot be reopened", async () => {
  const pull = await acme.open("alice", "gone", { "gone.txt": "g\n" });
  await change("alice", pull, { state: "closed" });
  await acme.git("alice", "push", "--quiet", "origin", "--delete", "gone");
  const refused = await change("alice", pull, { state: "open", title: "Back" });
  expect(refused.status).toBe(422);
  expect((await acme.ask("bob", "GET", `${issues}/${pull}`)).at("title")).toBe("Ask for gone");
});

test("counts open issues and open pull requests as the repository's open issues", async () => {
  const count = async () => Number((await acme.ask("bob", "GET", repo)).at("open_issues_count"));
  const before = await count();
  const number = await open("alice", "Counted");
  await acme.open("alice", "counted", { "counted.txt": "c\n" });
  expect(await count()).toBe(before + 2);
  await change("alice", number, { state: "closed" });
  expect(await count()).toBe(before + 1);
});
