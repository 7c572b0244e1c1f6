import { describe, expect, it } from "vitest";
import { askGitHub } from "../../../../src/adapters/github/github-errors.ts";
import { queryGitHub } from "../../../../src/adapters/github/query-github.ts";
import type { FakeReply } from "../../../support/forge/strict-fetch.ts";
import { strictFetch } from "../../../support/forge/strict-fetch.ts";
import { testOctokit } from "../../../support/forge/test-octokit.ts";

const repository = { id: 700001 };

/** Answers the replies in turn, then for ever the last one. */
function serve(...replies: readonly (FakeReply | "never")[]) {
  let asked = 0;
  const answer = (): Promise<FakeReply> => {
    const reply = replies[Math.min(asked++, replies.length - 1)] ?? "never";
    return reply === "never" ? new Promise(() => undefined) : Promise.resolve(reply);
  };
  const server = strictFetch({ "GET /repos/acme/access": answer, "POST /graphql": answer });
  const octokit = testOctokit(server.fetch, { timeoutMilliseconds: 200 });
  const rest = () =>
    askGitHub("reading the repository", () =>
      octokit.request("GET /repos/{owner}/{repo}", { owner: "acme", repo: "access" }),
    );
  const query = () =>
    queryGitHub(octokit, "asking", { text: "{ viewer { login } }", variables: {} });
  return { rest, query, server };
}

const bad = (status: number): FakeReply => ({ status, body: { message: "broken" } });
const limited = (seconds: number): FakeReply => ({
  status: 403,
  headers: { "retry-after": String(seconds) },
  body: { message: "You have exceeded a secondary rate limit." },
});

describe("patientOctokit", () => {
  it.each([502, 503, 504])("survives %i three times in a row", async (status) => {
    const { rest, server } = serve(bad(status), bad(status), bad(status), { body: repository });
    expect((await rest()).data).toEqual(repository);
    expect(server.requests).toHaveLength(4);
  });

  it("gives up after the third retry", async () => {
    const { rest, server } = serve(bad(502));
    await expect(rest()).rejects.toMatchObject({ name: "ForgeUnavailable" });
    expect(server.requests).toHaveLength(4);
  });

  it("survives 502 three times on a GraphQL query", async () => {
    const { query, server } = serve(bad(502), bad(502), bad(502), {
      body: { data: { viewer: 1 } },
    });
    expect(await query()).toEqual({ viewer: 1 });
    expect(server.requests).toHaveLength(4);
  });

  it.each([400, 401, 403, 404, 405, 409, 422])(
    "asks once when the answer is %i",
    async (status) => {
      const { rest, server } = serve(bad(status));
      await expect(rest()).rejects.toMatchObject({ name: "ForgeRefused", status });
      // 401: once more with a fresh token.
      expect(server.requests).toHaveLength(status === 401 ? 2 : 1);
    },
  );

  it("waits as long as a secondary limit asks, twice at most", async () => {
    const once = serve(limited(1), { body: repository });
    expect((await once.rest()).data).toEqual(repository);
    const always = serve(limited(1));
    await expect(always.rest()).rejects.toMatchObject({
      name: "ForgeUnavailable",
      retryAfterSeconds: 1,
    });
    expect(always.server.requests).toHaveLength(3);
  });

  it("does not wait for a limit of more than a minute but says how long it is", async () => {
    const { rest, server } = serve(limited(61));
    await expect(rest()).rejects.toMatchObject({ name: "ForgeUnavailable", retryAfterSeconds: 61 });
    expect(server.requests).toHaveLength(1);
  });

  it("finds a GraphQL rate limit worth a later retry, although it comes with 200", async () => {
    const reset = String(Math.floor(Date.now() / 1000) + 600);
    const headers = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": reset };
    const body = {
      data: null,
      errors: [{ type: "RATE_LIMITED", message: "API rate limit exceeded" }],
    };
    const { query } = serve({ headers, body });
    await expect(query()).rejects.toMatchObject({ name: "ForgeUnavailable" });
  });

  it("repeats a query that GitHub broke off, although it comes with 200", async () => {
    const message =
      "Something went wrong while executing your query. This may be the result of a timeout.";
    const { query, server } = serve(
      { body: { errors: [{ message }] } },
      { body: { data: { viewer: 1 } } },
    );
    expect(await query()).toEqual({ viewer: 1 });
    expect(server.requests).toHaveLength(2);
  });

  it.each(["rest", "query"] as const)("ends a %s request that is never answered", async (way) => {
    const served = serve("never");
    await expect(served[way]()).rejects.toMatchObject({ name: "ForgeUnavailable" });
  });

  it("follows no redirect", async () => {
    const { rest, server } = serve({
      status: 301,
      headers: { location: "http://evil.test/" },
      body: {},
    });
    await expect(rest()).rejects.toMatchObject({ name: "ForgeRefused", status: 301 });
    expect(server.requests).toHaveLength(1);
  });

  it("sends nothing to another host", async () => {
    const server = strictFetch({});
    const octokit = testOctokit(server.fetch);
    const asked = askGitHub("asking", () => octokit.request("GET https://api.github.com/user"));
    await expect(asked).rejects.toMatchObject({ name: "ForgeRefused", status: 0 });
    expect(server.requests).toEqual([]);
  });
});
