import { afterAll, beforeAll, expect, test } from "vitest";
import { repo, startAcme } from "./acme.ts";
import type { Acme } from "./acme.ts";

let acme: Acme;
beforeAll(async () => {
  acme = await startAcme();
});
afterAll(() => acme.close());

const issues = `${repo}/issues`;
const at = "data.repository.issue";

const select = (fields: string): string => `query ($n: Int!) {
  repository(owner: "acme", name: "access") { issue(number: $n) { ${fields} } } }`;

async function open(who: string, title: string, body = "b"): Promise<number> {
  return Number((await acme.ask(who, "POST", issues, { title, body })).at("number"));
}

test("shows an issue with its comments and who closed and reopened it", async () => {
  const gate = await acme.token("gate");
  const number = await open(gate, "Review of an emergency", "Was it one?");
  await acme.ask("bob", "POST", `${issues}/${number}/comments`, { body: "It was." });
  await acme.ask("bob", "PATCH", `${issues}/${number}`, { state: "closed" });
  await acme.ask("carol", "PATCH", `${issues}/${number}`, { state: "open", title: "Once more" });
  await acme.ask(gate, "PATCH", `${issues}/${number}`, {
    ...{ state: "closed", state_reason: "not_planned" },
  });
  const who = `login ... on User { databaseId } ... on Bot { databaseId }`;
  const answer = await acme.query(
    "alice",
    select(`id databaseId fullDatabaseId number title body state stateReason createdAt closedAt url
      lastEditedAt author { __typename ${who} }
      comments(first: 10) { totalCount nodes { databaseId body createdAt lastEditedAt
        author { ${who} } } }
      timelineItems(first: 10, itemTypes: [CLOSED_EVENT, REOPENED_EVENT]) { totalCount nodes {
        __typename
        ... on ClosedEvent { createdAt stateReason actor { ${who} } closable { closed } }
        ... on ReopenedEvent { createdAt stateReason actor { ${who} } } } }
      every: timelineItems(last: 10) { nodes { __typename
        ... on RenamedTitleEvent { previousTitle currentTitle } } }`),
    { n: number },
  );
  expect(answer.at("errors")).toBeUndefined();
  const shown = await acme.ask("alice", "GET", `${issues}/${number}`);
  const bot = acme.sandbox.apps[0]?.botId;
  expect(answer.at(at)).toMatchObject({
    ...{ id: shown.at("node_id"), databaseId: shown.at("id") },
    ...{ number, title: "Once more", body: "Was it one?", lastEditedAt: null },
    ...{ state: "CLOSED", stateReason: "NOT_PLANNED", closedAt: shown.at("closed_at") },
    ...{ createdAt: shown.at("created_at"), url: shown.at("html_url") },
    author: { __typename: "Bot", login: "gate", databaseId: bot },
    comments: { totalCount: 1, nodes: [{ body: "It was.", author: { databaseId: 1002 } }] },
    timelineItems: {
      totalCount: 3,
      nodes: [
        { __typename: "ClosedEvent", stateReason: "COMPLETED", actor: { databaseId: 1002 } },
        { __typename: "ReopenedEvent", actor: { login: "carol", databaseId: 1003 } },
        { __typename: "ClosedEvent", stateReason: "NOT_PLANNED", actor: { databaseId: bot } },
      ],
    },
    every: {
      nodes: [
        { __typename: "IssueComment" },
        { __typename: "ClosedEvent" },
        { __typename: "RenamedTitleEvent", previousTitle: "Review of an emergency" },
        { __typename: "ReopenedEvent" },
        { __typename: "ClosedEvent" },
      ],
    },
  });
});

test("pages a timeline from its end, and shows who rewrote the body", async () => {
  const number = await open("alice", "Paged");
  await acme.ask("bob", "PATCH", `${issues}/${number}`, { state: "closed" });
  await acme.ask("mallory", "POST", `${issues}/${number}/comments`, { body: "Why?" });
  await acme.ask("bob", "PATCH", `${issues}/${number}`, { state: "open", body: "rewritten" });
  const answer = await acme.query(
    "mallory",
    select(`state stateReason closedAt lastEditedAt editor { login }
      timelineItems(last: 1, itemTypes: [CLOSED_EVENT, REOPENED_EVENT]) {
        nodes { __typename } pageInfo { hasPreviousPage startCursor } }`),
    { n: number },
  );
  expect(answer.at(at)).toMatchObject({
    ...{ state: "OPEN", stateReason: "REOPENED", closedAt: null },
    ...{ lastEditedAt: expect.stringMatching(/Z$/) as unknown, editor: { login: "bob" } },
    timelineItems: {
      nodes: [{ __typename: "ReopenedEvent" }],
      pageInfo: { hasPreviousPage: true },
    },
  });
  const whole = await acme.query("mallory", select("timelineItems { totalCount }"), { n: number });
  expect(whole.at("errors.0.type")).toBe("MISSING_PAGINATION_BOUNDARIES");
});

test("says NOT_FOUND for a pull request's number and for one that nothing has", async () => {
  const pull = await acme.open("alice", "no-issue", { "no-issue.txt": "n\n" });
  for (const number of [pull, 9999]) {
    const answer = await acme.query("alice", select("id"), { n: number });
    expect([answer.status, answer.at(at)]).toEqual([200, null]);
    expect(answer.at("errors.0.type")).toBe("NOT_FOUND");
    const said = `Could not resolve to an Issue with the number of ${number}.`;
    expect(answer.at("errors.0.message")).toBe(said);
  }
  const issue = await open("alice", "No pull request");
  const asked = `{ repository(owner: "acme", name: "access") {
    pullRequest(number: ${issue}) { id } } }`;
  expect((await acme.query("alice", asked)).at("errors.0.type")).toBe("NOT_FOUND");
});

test("asks tokens for the permission to read issues", async () => {
  const number = await open("alice", "Permitted");
  const pulls = await acme.token("gate", { permissions: { pull_requests: "write" } });
  const refused = await acme.query(pulls, select("id"), { n: number });
  expect([refused.at("errors.0.type"), refused.at(at)]).toEqual(["FORBIDDEN", null]);
  const reading = await acme.token("gate", { permissions: { issues: "read" } });
  const shown = await acme.query(reading, select("number"), { n: number });
  expect(shown.at(`${at}.number`)).toBe(number);
});
