import { afterAll, beforeAll, expect, test } from "vitest";
import { repo, startAcme } from "./acme.ts";
import type { Acme } from "./acme.ts";

let acme: Acme;
beforeAll(async () => {
  acme = await startAcme();
});
afterAll(() => acme.close());

const select = (fields: string): string =>
  `query ${fields.includes("$n") ? "($n: Int!)" : ""} {
    repository(owner: "acme", name: "access") { ${fields} } }`;

test("reads governance at the tip of a branch, nested", async () => {
  const answer = await acme.query(
    "alice",
    select(`ref(qualifiedName: "refs/heads/main") { target { ... on Commit { oid
      file(path: "governance") { mode type object { ... on Tree { entries {
        name path mode type oid object { ... on Blob { text byteSize isBinary isTruncated } } } } } }
      missing: file(path: "nowhere") { mode } } } }
      gone: ref(qualifiedName: "refs/heads/gone") { name }
      blob: object(expression: "main:governance/ROLES") { ... on Blob { text } }`),
  );
  expect(answer.at("errors.0.type")).toBe("NOT_FOUND");
  expect(answer.at("errors.0.message")).toBe("Could not resolve file for path 'nowhere'.");
  expect(answer.at("errors.1")).toBeUndefined();
  const entry = "data.repository.ref.target.file.object.entries.0";
  expect(answer.at(`${entry}.path`)).toBe("governance/ROLES");
  expect(answer.at(`${entry}.mode`)).toBe(0o100644);
  expect(answer.at(`${entry}.object.text`)).toBe("approver bob\n");
  expect(answer.at("data.repository.ref.target.missing")).toBeNull();
  expect(answer.at("data.repository.gone")).toBeNull();
  expect(answer.at("data.repository.blob.text")).toBe("approver bob\n");
});

test("shows authors of commits with co-authors, and whose e-mail belongs to nobody", async () => {
  const message = [
    "Ask",
    "",
    "Co-authored-by: Bob <1002+bob@users.noreply.github.com>",
    "Co-authored-by: Stranger <stranger@elsewhere.example>",
  ].join("\n");
  await acme.push("alice", "authored", { "a.txt": "a\n" }, { message });
  const wish = { title: "t", head: "authored", base: "main" };
  const number = (await acme.ask("alice", "POST", `${repo}/pulls`, wish)).at("number");
  await acme.ask("alice", "PUT", `${repo}/contents/b.txt`, {
    message: "Web",
    content: "Yg==",
    branch: "authored",
  });
  const answer = await acme.query(
    "alice",
    select(`pullRequest(number: $n) { author { __typename login ... on User { databaseId } }
      commits(first: 10) { totalCount nodes { commit {
        authors(first: 5) { totalCount nodes { email user { databaseId login } } }
        committer { email user { databaseId login } } parents(first: 2) { nodes { oid } }
        signature { isValid wasSignedByGitHub } } } } }`),
    { n: number },
  );
  expect(answer.at("errors")).toBeUndefined();
  const commit = "data.repository.pullRequest.commits.nodes.0.commit";
  expect(answer.at(`${commit}.authors.nodes.0.user.databaseId`)).toBe(1001);
  expect(answer.at(`${commit}.authors.nodes.1.user.databaseId`)).toBe(1002);
  expect(answer.at(`${commit}.authors.nodes.2.user`)).toBeNull();
  expect(answer.at(`${commit}.signature`)).toBeNull();
  const web = "data.repository.pullRequest.commits.nodes.1.commit";
  expect(answer.at(`${web}.committer.user.databaseId`)).toBe(19_864_447);
  expect(answer.at(`${web}.signature.wasSignedByGitHub`)).toBe(true);
});

test("pages connections, and refuses a page without a size", async () => {
  const number = await acme.open("alice", "paged", { "p.txt": "p\n" });
  for (const body of ["1", "2", "3"]) {
    await acme.ask("bob", "POST", `${repo}/pulls/${number}/reviews`, { event: "COMMENT", body });
  }
  const reviews = (args: string): string =>
    select(`pullRequest(number: $n) { reviews(${args}) {
      totalCount pageInfo { hasNextPage endCursor } nodes { body fullDatabaseId submittedAt } } }`);
  const first = await acme.query("alice", reviews("first: 2"), { n: number });
  const at = "data.repository.pullRequest.reviews";
  expect([first.at(`${at}.totalCount`), first.at(`${at}.pageInfo.hasNextPage`)]).toEqual([3, true]);
  const after = JSON.stringify(first.at(`${at}.pageInfo.endCursor`));
  const second = await acme.query("alice", reviews(`first: 2, after: ${after}`), { n: number });
  expect([second.at(`${at}.nodes.0.body`), second.at(`${at}.nodes.1`)]).toEqual(["3", undefined]);
  const last = await acme.query("alice", reviews("last: 1"), { n: number });
  expect(last.at(`${at}.nodes.0.body`)).toBe("3");
  const none = await acme.query("alice", reviews("states: APPROVED"), { n: number });
  expect(none.at("errors.0.type")).toBe("MISSING_PAGINATION_BOUNDARIES");
  const many = await acme.query("alice", reviews("first: 101"), { n: number });
  expect(many.at("errors.0.type")).toBe("EXCESSIVE_PAGINATION");
});

test("shows the timeline of everything that voids an approval", async () => {
  const number = await acme.open("alice", "eventful", { "e.txt": "e\n" });
  await acme.push("alice", "elsewhere", { "f.txt": "f\n" });
  const path = `${repo}/pulls/${number}`;
  const review = await acme.ask("bob", "POST", `${path}/reviews`, { event: "APPROVE" });
  const id = Number(review.at("id"));
  await acme.ask("carol", "PUT", `${path}/reviews/${id}/dismissals`, { message: "no" });
  await acme.push("alice", "eventful", { "e.txt": "other\n" }, { force: "yes" });
  await acme.ask("alice", "PATCH", path, { base: "elsewhere" });
  const node = String((await acme.ask("alice", "GET", path)).at("node_id"));
  const draft = (name: string): string =>
    `mutation { ${name}(input: { pullRequestId: ${JSON.stringify(node)} }) { pullRequest { isDraft } } }`;
  const convert = "convertPullRequestToDraft";
  const drafted = await acme.query("alice", draft(convert));
  expect(drafted.at(`data.${convert}.pullRequest.isDraft`)).toBe(true);
  const refused = await acme.query("mallory", draft("markPullRequestReadyForReview"));
  expect(refused.at("errors.0.type")).toBe("FORBIDDEN");
  await acme.query("alice", draft("markPullRequestReadyForReview"));
  await acme.ask("alice", "PATCH", path, { state: "closed" });
  await acme.ask("alice", "PATCH", path, { state: "open" });
  const kinds = `[HEAD_REF_FORCE_PUSHED_EVENT, BASE_REF_CHANGED_EVENT, CONVERT_TO_DRAFT_EVENT,
    READY_FOR_REVIEW_EVENT, CLOSED_EVENT, REOPENED_EVENT, REVIEW_DISMISSED_EVENT]`;
  const answer = await acme.query(
    "bob",
    select(`pullRequest(number: $n) { timelineItems(first: 50, itemTypes: ${kinds}) { totalCount
      nodes { __typename ... on HeadRefForcePushedEvent { createdAt actor { login } beforeCommit { oid } }
        ... on ReviewDismissedEvent { dismissalMessage previousReviewState review { state } } } }
      all: timelineItems(first: 50) { nodes { __typename } } }`),
    { n: number },
  );
  expect(answer.at("errors")).toBeUndefined();
  const at = "data.repository.pullRequest.timelineItems.nodes";
  const shown = [0, 1, 2, 3, 4, 5, 6].map((n) => answer.at(`${at}.${n}.__typename`));
  expect(shown).toEqual([
    "ReviewDismissedEvent",
    "HeadRefForcePushedEvent",
    "BaseRefChangedEvent",
    "ConvertToDraftEvent",
    "ReadyForReviewEvent",
    "ClosedEvent",
    "ReopenedEvent",
  ]);
  expect(answer.at(`${at}.0.previousReviewState`)).toBe("APPROVED");
  expect(answer.at(`${at}.1.actor.login`)).toBe("alice");
  expect(answer.at("data.repository.pullRequest.all.nodes.0.__typename")).toBe("PullRequestReview");
});

test("commits on a branch only from the head that the caller saw, as the App and signed", async () => {
  const gate = await acme.token("gate", { permissions: { contents: "write" } });
  const tip = String((await acme.ask("bob", "GET", `${repo}/branches/main`)).at("commit.sha"));
  await acme.ask("alice", "POST", `${repo}/git/refs`, { ref: "refs/heads/revert/a", sha: tip });
  const mutation = `mutation ($input: CreateCommitOnBranchInput!) {
    createCommitOnBranch(input: $input) { commit { oid author { email user { databaseId } }
      committer { email } signature { wasSignedByGitHub isValid } } } }`;
  const input = {
    branch: { repositoryNameWithOwner: "acme/access", branchName: "revert/a" },
    expectedHeadOid: tip,
    message: { headline: "Remove", body: "why" },
    fileChanges: { deletions: [{ path: "governance/ROLES" }] },
  };
  const made = await acme.query(gate, mutation, { input });
  expect(made.at("errors")).toBeUndefined();
  const at = "data.createCommitOnBranch.commit";
  const bot = acme.sandbox.apps[0]?.botId;
  expect(made.at(`${at}.author.user.databaseId`)).toBe(bot);
  expect(made.at(`${at}.committer.email`)).toBe("noreply@github.com");
  expect(made.at(`${at}.signature.wasSignedByGitHub`)).toBe(true);
  expect((await acme.query(gate, mutation, { input })).at("errors.0.type")).toBe("STALE_DATA");
  const again = { ...input, expectedHeadOid: made.at(`${at}.oid`) };
  const missing = await acme.query(gate, mutation, { input: again });
  expect(missing.at("errors.0.type")).toBe("UNPROCESSABLE");
  const branch = { ...input.branch, branchName: "main" };
  const onMain = await acme.query(gate, mutation, { input: { ...input, branch } });
  expect(onMain.at("errors.0.message")).toContain('Required status check "countersign"');
  expect((await acme.query("mallory", mutation, { input })).at("errors.0.type")).toBe("FORBIDDEN");
});

test("says NOT_FOUND beside the message, with partial data and status 200", async () => {
  const answer = await acme.query(
    "alice",
    `{ here: repository(owner: "acme", name: "access") { databaseId pullRequest(number: 999) { id } }
       there: repository(owner: "acme", name: "nowhere") { id }
       organization(login: "acme") { none: team(slug: "none") { id }
         team(slug: "risk") { members(first: 10) { totalCount nodes { databaseId login } } } } }`,
  );
  expect(answer.status).toBe(200);
  expect(answer.at("data.here.databaseId")).toBe(700_001);
  expect(answer.at("data.there")).toBeNull();
  expect(answer.at("data.organization.none")).toBeNull();
  expect(answer.at("data.organization.team.members.nodes.0.databaseId")).toBe(1003);
  expect([answer.at("errors.0.type"), answer.at("errors.1.type")]).toEqual([
    "NOT_FOUND",
    "NOT_FOUND",
  ]);
  expect(answer.at("errors.0.extensions")).toBeUndefined();
});

test("refuses a query that GitHub's schema does not know", async () => {
  const answer = await acme.query("alice", "{ repository(owner: 1) { colour } }");
  expect(answer.status).toBe(200);
  expect(answer.at("data")).toBeUndefined();
  expect(answer.at("errors.0.message")).toBeDefined();
});

test("shows a bot without [bot], as GraphQL does and REST does not", async () => {
  const gate = await acme.token("gate");
  await acme.push("alice", "by-bot", { "b.txt": "b\n" });
  const wish = { title: "t", head: "by-bot", base: "main" };
  const opened = await acme.ask(gate, "POST", `${repo}/pulls`, wish);
  expect(opened.at("user.login")).toBe("gate[bot]");
  const query = select(
    `pullRequest(number: $n) { author { __typename login ... on Bot { databaseId } } }`,
  );
  const answer = await acme.query("alice", query, { n: opened.at("number") });
  expect(answer.at("data.repository.pullRequest.author")).toEqual({
    __typename: "Bot",
    login: "gate",
    databaseId: acme.sandbox.apps[0]?.botId,
  });
});
