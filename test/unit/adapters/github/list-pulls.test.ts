import { describe, expect, it } from "vitest";
import { githubReader } from "../../../../src/adapters/github/github-reader.ts";
import { strictFetch } from "../../../support/forge/strict-fetch.ts";
import { testOctokit } from "../../../support/forge/test-octokit.ts";

const many = Array.from({ length: 101 }, (_, index) => index + 1);

describe("the lists of pull requests", () => {
  const listed = (number: number, over: object = {}) => ({
    ...{ number, state: "open" },
    base: { ref: "main", repo: { id: 700001 } },
    head: { ref: "alice/settlement", repo: { id: 700001 } },
    ...over,
  });

  function readerOfList(items: readonly object[]) {
    const server = strictFetch({
      "GET /repos/acme/access/pulls": ({ url }) => {
        const page = Number(url.searchParams.get("page"));
        return { body: items.slice((page - 1) * 100, page * 100) };
      },
    });
    const place = { owner: "acme", repository: "access", governedBranch: "main" };
    return { reader: githubReader({ octokit: testOctokit(server.fetch), ...place }), server };
  }

  it("lists all open ones to the governed branch over 101 of them, ascending", async () => {
    const { reader, server } = readerOfList(many.toReversed().map((number) => listed(number)));
    expect(await reader.openPulls()).toEqual(many);
    expect(server.requests.map(({ url }) => url.searchParams.get("base"))).toEqual([
      "main",
      "main",
    ]);
  });

  it("reads on where a full page was the last one", async () => {
    const { reader } = readerOfList(many.slice(0, 100).map((number) => listed(number)));
    expect(await reader.openPulls()).toHaveLength(100);
  });

  it("leaves out what GitHub returns beside the filter", async () => {
    const { reader } = readerOfList([
      listed(1),
      listed(2, { state: "closed" }),
      listed(3, { base: { ref: "release", repo: { id: 700001 } } }),
    ]);
    expect(await reader.openPulls()).toEqual([1]);
  });

  it("finds those of a branch of this repository, not of a fork or of a deleted one", async () => {
    const { reader, server } = readerOfList([
      listed(4, { state: "closed" }),
      listed(3),
      listed(5, { head: { ref: "alice/settlement", repo: { id: 1 } } }),
      listed(6, { head: { ref: "alice/settlement", repo: null } }),
      listed(7, { head: { ref: "other", repo: { id: 700001 } } }),
    ]);
    expect(await reader.pullsFromBranch("alice/settlement")).toEqual([
      { number: 3, state: "open" },
      { number: 4, state: "closed" },
    ]);
    const query = server.requests[0]?.url.searchParams;
    expect([query?.get("head"), query?.get("state")]).toEqual(["acme:alice/settlement", "all"]);
  });
});
