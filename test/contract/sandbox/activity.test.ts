import { afterAll, beforeAll, expect, test } from "vitest";
import { repo, startAcme } from "./acme.ts";
import type { Acme, Answer } from "./acme.ts";

let acme: Acme;
beforeAll(async () => {
  acme = await startAcme();
});
afterAll(() => acme.close());

const x = { "x.txt": "x\n" };
const pulls = `${repo}/pulls`;

function rows(answer: Answer): readonly (readonly unknown[])[] {
  const list = answer.body as readonly { activity_type: string; actor: { login: string } | null }[];
  return list.map((one) => [one.activity_type, one.actor?.login]);
}

async function activity(query: string, who = "carol"): Promise<Answer> {
  return acme.ask(who, "GET", `${repo}/activity?${query}`);
}

test("names the pusher of every movement by git, newest first", async () => {
  const first = await acme.push("alice", "active", x);
  await acme.push("bob", "active", { "z.txt": "z\n" }, { from: "origin/active" });
  await acme.push("alice", "active", { "w.txt": "w\n" }, { force: "yes" });
  await acme.git("alice", "push", "--quiet", "origin", ":active");
  const answer = await activity("ref=active");
  expect(rows(answer)).toEqual([
    ["branch_deletion", "alice"],
    ["force_push", "alice"],
    ["push", "bob"],
    ["branch_creation", "alice"],
  ]);
  expect([answer.at("3.before"), answer.at("3.after")]).toEqual(["0".repeat(40), first]);
  expect(answer.at("0.after")).toBe("0".repeat(40));
  expect(rows(await activity("ref=refs/heads/active&activity_type=push"))).toHaveLength(1);
});

test("names who used the API, not who the commit says wrote it", async () => {
  const main = (await acme.ask("bob", "GET", `${repo}/git/ref/heads/main`)).at("object.sha");
  const born = { ref: "refs/heads/by-api", sha: main };
  await acme.ask("bob", "POST", `${repo}/git/refs`, born);
  const author = { name: "alice", email: "alice@acme.example" };
  const put = { message: "m", content: "eAo=", branch: "by-api", author };
  await acme.ask("carol", "PUT", `${repo}/contents/by-api.txt`, put);
  const tip = (await acme.ask("bob", "GET", `${repo}/git/ref/heads/by-api`)).at("object.sha");
  const input = {
    branch: { repositoryNameWithOwner: "acme/access", branchName: "by-api" },
    ...{ expectedHeadOid: tip, message: { headline: "by the App" } },
    fileChanges: { additions: [{ path: "by-app.txt", contents: "eAo=" }] },
  };
  const mutation = `mutation($input: CreateCommitOnBranchInput!) {
    createCommitOnBranch(input: $input) { commit { oid } } }`;
  const made = await acme.query(await acme.token("gate"), mutation, { input });
  expect(made.at("errors")).toBeUndefined();
  await acme.ask("alice", "DELETE", `${repo}/git/refs/heads/by-api`);
  expect(rows(await activity("ref=refs/heads/by-api&direction=asc"))).toEqual([
    ["branch_creation", "bob"],
    ["push", "carol"],
    ["push", "gate[bot]"],
    ["branch_deletion", "alice"],
  ]);
});

test("calls a merge pr_merge by its merger, and an update of the branch a push by who clicked", async () => {
  const waiting = await acme.open("alice", "waiting", { "waiting.txt": "w\n" });
  const merged = await acme.open("alice", "merging", { "merging.txt": "m\n" });
  const head = String((await acme.ask("bob", "GET", `${pulls}/${merged}`)).at("head.sha"));
  await acme.check(head, "success");
  const merge = await acme.ask("bob", "PUT", `${pulls}/${merged}/merge`, {});
  expect(rows(await activity("ref=refs/heads/main"))[0]).toEqual(["pr_merge", "bob"]);

  await acme.ask("carol", "PUT", `${pulls}/${waiting}/update-branch`, {});
  const answer = await activity("ref=refs/heads/waiting");
  expect(rows(answer)).toEqual([
    ["push", "carol"],
    ["branch_creation", "alice"],
  ]);
  const commits = await acme.ask("bob", "GET", `${pulls}/${waiting}/commits`);
  expect(commits.at("1.sha")).toBe(answer.at("0.after"));
  expect([commits.at("1.author.login"), commits.at("1.committer.login")]).toEqual([
    "carol",
    "web-flow",
  ]);
  expect([commits.at("1.parents.0.sha"), commits.at("1.parents.1.sha")]).toEqual([
    commits.at("0.sha"),
    merge.at("sha"),
  ]);
});

test("pages by cursor, in both directions, and knows no page numbers", async () => {
  for (const n of [1, 2, 3, 4, 5]) {
    const from = n === 1 ? {} : { from: "origin/paged" };
    await acme.push("alice", "paged", { "n.txt": `${n}\n` }, from);
  }
  const all = (await activity("ref=paged")).body as readonly object[];
  const first = await activity("ref=paged&per_page=2&page=2");
  expect(first.body).toEqual(all.slice(0, 2));
  expect(linked(first, "prev")).toBeNull();
  const second = await acme.ask("carol", "GET", linked(first, "next") ?? "");
  expect(second.body).toEqual(all.slice(2, 4));
  await acme.push("alice", "paged", { "n.txt": "6\n" }, { from: "origin/paged" });
  const third = await acme.ask("carol", "GET", linked(second, "next") ?? "");
  expect([third.body, linked(third, "next")]).toEqual([all.slice(4), null]);
  const back = await acme.ask("carol", "GET", linked(third, "prev") ?? "");
  expect(back.body).toEqual(all.slice(2, 4));
  expect((await activity("ref=paged&after=invented")).status).toBe(422);
});

test("shows the activity to who may read contents, and to nobody else", async () => {
  expect((await activity("ref=main", "mallory")).status).toBe(200);
  const reading = await acme.token("gate", { permissions: { contents: "read" } });
  expect((await activity("ref=main", reading)).status).toBe(200);
  const other = await acme.token("gate", { permissions: { pull_requests: "write" } });
  expect((await acme.askAnything(other, "GET", `${repo}/activity`)).status).toBe(403);
});

function linked(answer: Answer, rel: "next" | "prev"): string | null {
  const found = new RegExp(`<([^>]+)>; rel="${rel}"`).exec(answer.headers.get("link") ?? "");
  const url = found === null ? null : new URL(found[1] ?? "");
  return url === null ? null : url.pathname + url.search;
}
