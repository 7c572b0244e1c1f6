import { describe, expect, it } from "vitest";
import { mergePull } from "../../../../src/adapters/github/merge-pull.ts";
import type { FakeReply } from "../../../support/forge/strict-fetch.ts";
import { strictFetch } from "../../../support/forge/strict-fetch.ts";
import { testOctokit } from "../../../support/forge/test-octokit.ts";

const head = "a".repeat(40);
const commit = "d".repeat(40);
const merged = { sha: commit, merged: true, message: "Pull Request successfully merged" };

function mergeWith(...replies: readonly FakeReply[]) {
  let asked = 0;
  const server = strictFetch({
    "PUT /repos/acme/access/pulls/7/merge": () => replies[asked++] ?? { body: merged },
  });
  const outcome = mergePull(testOctokit(server.fetch), {
    ...{ owner: "acme", repository: "access", pull: 7, head },
    ...{ title: "Merge request x", message: "Decision: sha256:1" },
  });
  return { outcome, server };
}

describe("mergePull", () => {
  it("merges exactly the approved head with a merge commit", async () => {
    const { outcome, server } = mergeWith();
    expect(await outcome).toEqual({ outcome: "merged", commit });
    expect(server.requests[0]?.body).toEqual({
      sha: head,
      merge_method: "merge",
      commit_title: "Merge request x",
      commit_message: "Decision: sha256:1",
    });
  });

  it.each([
    [409, "Head branch was modified. Review and try the merge again."],
    [405, 'Required status check "countersign" is failing.'],
  ])("is stale on %i, at once, with GitHub's words", async (status, message) => {
    const { outcome, server } = mergeWith({ status, body: { message } });
    expect(await outcome).toMatchObject({ outcome: "stale" });
    expect(await outcome).toHaveProperty("reason", expect.stringContaining(message));
    expect(server.requests).toHaveLength(1);
  });

  it("is stale when GitHub answers 200 without having merged", async () => {
    const { outcome } = mergeWith({ body: { sha: "", merged: false, message: "not now" } });
    expect(await outcome).toEqual({ outcome: "stale", reason: "not now" });
  });

  it.each([403, 404, 422])("throws on %i", async (status) => {
    const { outcome } = mergeWith({ status, body: { message: "no" } });
    await expect(outcome).rejects.toMatchObject({ name: "ForgeRefused", status });
  });

  it("tries again after 502, and what the lost answer had merged is stale, not an error", async () => {
    const { outcome, server } = mergeWith(
      { status: 502, body: { message: "Bad Gateway" } },
      { status: 405, body: { message: "Pull Request is already merged" } },
    );
    expect(await outcome).toMatchObject({ outcome: "stale" });
    expect(server.requests).toHaveLength(2);
  });
});
