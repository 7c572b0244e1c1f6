import { describe, expect, it } from "vitest";
import { githubReader } from "../../../../src/adapters/github/github-reader.ts";
import { strictFetch } from "../../../support/forge/strict-fetch.ts";
import type { FakeReply } from "../../../support/forge/strict-fetch.ts";
import { testOctokit } from "../../../support/forge/test-octokit.ts";

const branch = "alice/settlement";
const path = "/repos/acme/access/activity";
const zero = "0".repeat(40);
const alice = { id: 1001, login: "alice", type: "User" };

function oid(n: number): string {
  return n.toString(16).padStart(40, "a");
}

function activity(n: number, over: object = {}) {
  return {
    ...{ id: n, before: oid(n - 1), after: oid(n), ref: `refs/heads/${branch}` },
    ...{ timestamp: "2026-11-21T08:00:00Z", activity_type: "push", actor: alice },
    ...over,
  };
}

function readerOf(answer: (query: URLSearchParams) => FakeReply) {
  const server = strictFetch({ [`GET ${path}`]: ({ url }) => answer(url.searchParams) });
  const place = { owner: "acme", repository: "access", governedBranch: "main" };
  return { reader: githubReader({ octokit: testOctokit(server.fetch), ...place }), server };
}

/** Serves newest first, by cursors that are positions, at an address that must not be followed. */
function paged(items: readonly object[]) {
  return readerOf((query) => {
    const [start, size] = [Number(query.get("after") ?? 0), Number(query.get("per_page"))];
    const next = `<https://elsewhere.test/repositories/1/activity?after=${start + size}>; rel="next"`;
    const body = items.slice(start, start + size);
    return { body, headers: start + size < items.length ? { link: next } : {} };
  });
}

const many = (count: number) =>
  Array.from({ length: count }, (_, index) => activity(count - index));

describe("readPushes", () => {
  it("reads the activity of exactly that branch, oldest first, whatever GitHub returns beside it", async () => {
    const { reader, server } = paged([
      activity(4, { after: zero, timestamp: "2026-11-21T09:00:00Z", actor: null }),
      activity(2),
      activity(3, { actor: { id: 900001, login: "countersign-gate[bot]", type: "Bot" } }),
      activity(9, { ref: "refs/heads/alice/settlement-2" }),
      activity(1, { before: zero }),
    ]);
    const at = "2026-11-21T08:00:00Z";
    expect(await reader.pushes(branch)).toEqual([
      { before: null, after: oid(1), at, actor: alice },
      { before: oid(1), after: oid(2), at, actor: alice },
      {
        ...{ before: oid(2), after: oid(3), at },
        actor: { id: 900001, login: "countersign-gate[bot]", type: "Bot" },
      },
      { before: oid(3), after: null, at: "2026-11-21T09:00:00Z", actor: null },
    ]);
    expect(server.requests[0]?.url.searchParams.get("ref")).toBe(`refs/heads/${branch}`);
  });

  it("reads all pages, and follows no address", async () => {
    const { reader, server } = paged(many(201));
    const pushes = await reader.pushes(branch);
    expect(pushes?.map(({ after }) => after)).toEqual(
      many(201)
        .toReversed()
        .map((one) => one.after),
    );
    expect(server.requests).toHaveLength(3);
    expect(server.unknown).toEqual([]);
  });

  it("cannot tell of more than 1,000 movements", async () => {
    expect(await paged(many(1000)).reader.pushes(branch)).toHaveLength(1000);
    expect(await paged(many(1001)).reader.pushes(branch)).toBeNull();
  });

  it("cannot tell when the list breaks off", async () => {
    const link = '<https://elsewhere.test/activity?page=2>; rel="next"';
    const { reader } = readerOf(() => ({ body: [activity(1)], headers: { link } }));
    expect(await reader.pushes(branch)).toBeNull();
  });

  it.each([403, 404, 410])("cannot tell when GitHub answers %i", async (status) => {
    const { reader } = readerOf(() => ({ status, body: { message: "no" } }));
    expect(await reader.pushes(branch)).toBeNull();
  });

  it.each([
    [401, {}, "ForgeRefused"],
    [422, {}, "ForgeRefused"],
    [403, { "x-ratelimit-remaining": "0" }, "ForgeUnavailable"],
    [502, {}, "ForgeUnavailable"],
  ])("fails when GitHub answers %i %o", async (status, headers, name) => {
    const { reader } = readerOf(() => ({ status, headers, body: { message: "no" } }));
    await expect(reader.pushes(branch)).rejects.toMatchObject({ name });
  });
});
