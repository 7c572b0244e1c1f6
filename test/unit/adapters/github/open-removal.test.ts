import { describe, expect, it } from "vitest";
import { openRemoval } from "../../../../src/adapters/github/open-removal.ts";
import { answerGraphql, typedError } from "../../../support/forge/graphql-world.ts";
import type { FakeReply, FakeRoute } from "../../../support/forge/strict-fetch.ts";
import { strictFetch } from "../../../support/forge/strict-fetch.ts";
import { testOctokit } from "../../../support/forge/test-octokit.ts";

const tip = "b".repeat(40);
const older = "9".repeat(40);
const path = "access-requests/payments-db/x.yaml";
const removal = { branch: "revert/x/1", tip, paths: [path], title: "Remove x", body: "It ended." };
const place = { owner: "acme", repository: "access", governedBranch: "main" };

interface Forge {
  /** Oid of the branch and whether the file is on it; `null`: there is no branch. */
  branch: { oid: string; file: boolean } | null;
  pulls: { number: number; state: string; base?: string }[];
  steps: string[];
}

function forgeOf(start: Partial<Forge>, over: Readonly<Record<string, FakeRoute>> = {}) {
  const forge: Forge = { branch: null, pulls: [], steps: [], ...start };
  const repository = {
    ref: () =>
      forge.branch && {
        target: { __typename: "Commit", oid: forge.branch.oid, file: fileOf(forge) },
      },
  };
  const root = {
    repository,
    createCommitOnBranch: ({ input }: { input: CommitInput }) => commitOn(forge, input),
  };
  const server = strictFetch({
    "GET /repos/acme/access/pulls": () => ({ body: forge.pulls.map(listed) }),
    "POST /repos/acme/access/git/refs": ({ body }) => createRef(forge, body),
    "POST /graphql": (request) => answerGraphql(root, request),
    "POST /repos/acme/access/pulls": ({ body }) => openPull(forge, body),
    ...over,
  });
  return { forge, server, octokit: testOctokit(server.fetch) };
}

interface CommitInput {
  readonly branch: { readonly branchName: string; readonly repositoryNameWithOwner: string };
  readonly expectedHeadOid: string;
  readonly fileChanges: { readonly deletions: readonly { readonly path: string }[] };
}

function fileOf(forge: Forge) {
  return ({ path: asked }: { path: string }) =>
    asked === path && forge.branch?.file === true ? { oid: "7".repeat(40) } : null;
}

function commitOn(forge: Forge, input: CommitInput) {
  forge.steps.push("commit");
  if (forge.branch?.oid !== input.expectedHeadOid) {
    throw typedError("STALE_DATA", "Expected branch to point to another commit.");
  }
  expect(input).toMatchObject({
    branch: { branchName: "revert/x/1", repositoryNameWithOwner: "acme/access" },
    fileChanges: { deletions: [{ path }] },
  });
  forge.branch = { oid: "e".repeat(40), file: false };
  return { commit: { oid: forge.branch.oid } };
}

function createRef(forge: Forge, body: unknown): FakeReply {
  forge.steps.push("branch");
  if (forge.branch !== null) return { status: 422, body: { message: "Reference already exists" } };
  const { ref, sha } = body as { ref: string; sha: string };
  forge.branch = { oid: sha, file: true };
  return { status: 201, body: { ref, object: { sha } } };
}

function openPull(forge: Forge, body: unknown): FakeReply {
  forge.steps.push("pull");
  expect(body).toEqual({ title: "Remove x", body: "It ended.", head: "revert/x/1", base: "main" });
  const number = 20 + forge.pulls.length;
  forge.pulls.push({ number, state: "open" });
  return { status: 201, body: { number } };
}

function listed(pull: Forge["pulls"][number]) {
  const repo = { id: 700001 };
  const { number, state, base = "main" } = pull;
  return { number, state, base: { ref: base, repo }, head: { ref: "revert/x/1", repo } };
}

describe("openRemoval", () => {
  it("makes branch, commit and pull request", async () => {
    const { forge, octokit, server } = forgeOf({});
    expect(await openRemoval(octokit, place, removal)).toEqual({ pull: 20 });
    expect(forge.steps).toEqual(["branch", "commit", "pull"]);
    expect(server.unknown).toEqual([]);
  });

  it("returns the open pull request of the branch as it is", async () => {
    const { forge, octokit } = forgeOf({ pulls: [{ number: 9, state: "open" }] });
    expect(await openRemoval(octokit, place, removal)).toEqual({ pull: 9 });
    expect(forge.steps).toEqual([]);
  });

  it.each([
    ["after the branch was made", { branch: { oid: tip, file: true } }, ["commit", "pull"]],
    [
      "when main moved since the branch was made",
      { branch: { oid: older, file: true } },
      ["commit", "pull"],
    ],
    ["after the commit", { branch: { oid: older, file: false } }, ["pull"]],
    [
      "after somebody closed the pull request",
      { branch: { oid: older, file: false }, pulls: [{ number: 9, state: "closed" }] },
      ["pull"],
    ],
    [
      "when the open pull request of the branch has another base",
      { branch: { oid: older, file: false }, pulls: [{ number: 9, state: "open", base: "x" }] },
      ["pull"],
    ],
  ])("goes on %s", async (_name, start, steps) => {
    const { forge, octokit } = forgeOf(start);
    const { pull } = await openRemoval(octokit, place, removal);
    expect(forge.steps).toEqual(steps);
    expect(forge.pulls.find(({ number }) => number === pull)?.state).toBe("open");
  });

  it("takes GitHub's NOT_FOUND of the file for a deleted file", async () => {
    const branch = { oid: older, file: false };
    const { forge, octokit } = forgeOf(
      { branch },
      {
        "POST /graphql": () => ({
          body: {
            data: { repository: { ref: { target: { oid: older, file0: null } } } },
            errors: [
              { type: "NOT_FOUND", path: ["repository", "ref", "target", "file0"], message: "no" },
            ],
          },
        }),
      },
    );
    await openRemoval(octokit, place, removal);
    expect(forge.steps).toEqual(["pull"]);
  });

  it("looks again when each step had worked although its answer was lost", async () => {
    const { forge, octokit } = forgeOf(
      {},
      {
        "POST /repos/acme/access/git/refs": ({ body }) => {
          const reply = createRef(forge, body);
          return forge.steps.length === 1
            ? { status: 502, body: { message: "Bad Gateway" } }
            : reply;
        },
        "POST /repos/acme/access/pulls": ({ body }) => {
          if (forge.pulls.length > 0) {
            return {
              status: 422,
              body: { message: "A pull request already exists for acme:revert/x/1." },
            };
          }
          openPull(forge, body);
          return { status: 502, body: { message: "Bad Gateway" } };
        },
      },
    );
    expect(await openRemoval(octokit, place, removal)).toEqual({ pull: 20 });
    expect(forge.pulls).toHaveLength(1);
    expect(forge.steps).toEqual(["branch", "branch", "commit", "pull"]);
  });

  it("refuses when the file is not on the governed branch", async () => {
    const { octokit } = forgeOf({ branch: { oid: tip, file: false } });
    const refused = openRemoval(octokit, place, removal);
    await expect(refused).rejects.toMatchObject({ name: "ForgeRefused", status: 404 });
  });

  it("throws what GitHub refuses, without repeating it", async () => {
    const { forge, octokit } = forgeOf(
      { branch: { oid: older, file: false } },
      {
        "POST /repos/acme/access/pulls": () => ({
          status: 422,
          body: { message: "No commits between main and revert/x/1" },
        }),
      },
    );
    await expect(openRemoval(octokit, place, removal)).rejects.toMatchObject({ status: 422 });
    expect(forge.steps).toEqual([]);
  });

  it("gives up when the branch moves each time", async () => {
    const branch = { oid: older, file: true };
    const { octokit } = forgeOf(
      { branch },
      {
        "POST /graphql": (request) => {
          const target = {
            __typename: "Commit",
            oid: older,
            file: () => ({ oid: "7".repeat(40) }),
          };
          return answerGraphql(
            {
              repository: { ref: () => ({ target }) },
              createCommitOnBranch: () => {
                throw typedError("STALE_DATA", "moved");
              },
            },
            request,
          );
        },
      },
    );
    const refused = openRemoval(octokit, place, removal);
    await expect(refused).rejects.toMatchObject({ name: "ForgeUnavailable" });
  });
});
