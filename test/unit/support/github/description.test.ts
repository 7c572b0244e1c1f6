import { describe, expect, test } from "vitest";
import { validateRequest, validateResponse } from "../../../support/github/description.ts";
import { sampleCheckRun } from "./sample-check-run.ts";
import { sampleInstallation } from "./sample-installation.ts";
import { samplePull } from "./sample-pull.ts";
import { sampleUser } from "./sample-user.ts";
import { without } from "./without.ts";

const pull = "/repos/acme/access/pulls/7";
const checkRuns = "/repos/acme/access/check-runs";
const alice = sampleUser("alice", 1001);
const publicAlice = {
  ...alice,
  ...{ name: "Alice", company: null, blog: null, location: null, email: null, hireable: null },
  ...{ bio: null, public_repos: 0, public_gists: 0, followers: 0, following: 0 },
  ...{ created_at: "2026-11-01T09:00:00Z", updated_at: "2026-11-01T09:00:00Z" },
};
const gitRef = {
  ref: "refs/heads/main",
  node_id: "REF_1",
  url: "https://api.github.com/repos/acme/access/git/refs/heads/main",
  object: {
    type: "commit",
    sha: "6dcb09b5b57875f334f61aebed695e2e4193db5e",
    url: "https://api.github.com/repos/acme/access/git/commits/6dcb09b5",
  },
};
const notFound = {
  message: "Not Found",
  documentation_url: "https://docs.github.com/rest",
  status: "404",
};

describe("validateResponse accepts what GitHub sends", () => {
  test.each([
    ["a pull request", "GET", pull, 200, samplePull],
    ["a query after the path", "GET", `${pull}?per_page=1`, 200, samplePull],
    ["the path of GitHub Enterprise Server", "GET", `/api/v3${pull}`, 200, samplePull],
    ["a method in small letters", "get", pull, 200, samplePull],
    ["a new check run", "POST", checkRuns, 201, sampleCheckRun],
    ["a check run without an end", "PATCH", `${checkRuns}/4`, 200, openCheckRun()],
    ["a list", "GET", "/orgs/acme/teams/risk/members", 200, [alice]],
    ["one of two shapes", "GET", "/users/alice", 200, publicAlice],
    ["a ref whose name has slashes", "GET", "/repos/a/b/git/ref/heads/x/y", 200, gitRef],
    ["no body where there is none", "DELETE", "/repos/a/b/git/refs/heads/x", 204, undefined],
    ["a documented error", "GET", pull, 404, notFound],
    ["an error GitHub does not document here", "POST", checkRuns, 404, notFound],
    ["a gateway's error", "GET", "/app", 502, { message: "Server Error" }],
    ["an unchanged answer", "GET", "/app", 304, ""],
    [
      "a merge refused because the head moved",
      "PUT",
      `${pull}/merge`,
      409,
      { message: "Head branch was modified.", documentation_url: "https://docs.github.com/rest" },
    ],
    [
      "a validation error GitHub does not document here",
      "PATCH",
      `${checkRuns}/4`,
      422,
      { message: "Invalid", documentation_url: "https://docs.github.com", errors: [{ code: "x" }] },
    ],
  ])("%s", (_, method, path, status, body) => {
    expect(validateResponse(method, path, status, body)).toEqual([]);
  });
});

describe("validateResponse refuses", () => {
  const user = "/orgs/acme/teams/risk/members";
  test.each([
    [
      "a missing key",
      "GET",
      pull,
      200,
      without(samplePull, "merged"),
      ["required property 'merged'"],
    ],
    ["a wrong type", "GET", pull, 200, { ...samplePull, number: "7" }, ["/number must be integer"]],
    [
      "null where it may not be",
      "GET",
      pull,
      200,
      { ...samplePull, user: null },
      ["/user must be"],
    ],
    [
      "another word",
      "GET",
      pull,
      200,
      { ...samplePull, state: "merged" },
      ["/state must be equal"],
    ],
    ["no time", "GET", pull, 200, { ...samplePull, merged_at: "today" }, ["/merged_at must match"]],
    [
      "an unknown key",
      "GET",
      pull,
      200,
      { ...samplePull, approved: true },
      ["/approved is not in"],
    ],
    [
      "an unknown key in a nested object",
      "GET",
      pull,
      200,
      { ...samplePull, head: { ...(samplePull["head"] as object), repository: {} } },
      ["/head/repository is not in the description"],
    ],
    [
      "an unknown key in an item, behind a nullable reference",
      "GET",
      "/repos/acme/access/pulls",
      200,
      [{ ...simplePull(), assignee: { ...alice, person: "alice" } }],
      ["/0/assignee/person is not in the description"],
    ],
    [
      "an unknown key in a list",
      "GET",
      user,
      200,
      [alice, { ...alice, team: 1 }],
      ["/1/team is not"],
    ],
    ["an unknown key in an error", "GET", pull, 404, { ...notFound, code: 1 }, ["/code is not"]],
    ["an error without its words", "GET", pull, 404, undefined, ["must be object"]],
    ["a status that is not documented", "GET", pull, 206, samplePull, ["does not document this"]],
    [
      "success by another number",
      "POST",
      checkRuns,
      200,
      sampleCheckRun,
      ["does not document this"],
    ],
    ["an unchanged answer to a write", "POST", checkRuns, 304, "", ["does not document this"]],
    [
      "a body where there is none",
      "DELETE",
      "/repos/a/b/git/refs/x",
      204,
      {},
      ["has no body here"],
    ],
    ["an unknown path", "GET", "/repos/acme/access/stars", 200, {}, ["not in the slice"]],
    ["a path with one part more", "GET", `${pull}/x`, 200, samplePull, ["not in the slice"]],
    ["an unknown method", "DELETE", pull, 204, undefined, ["not in the slice"]],
  ])("%s", (_, method, path, status, body, expected) => {
    const problems = validateResponse(method, path, status, body);
    expect(problems).toEqual(expected.map((words) => expect.stringContaining(words) as string));
  });

  test("naming the operation and the status", () => {
    const [problem] = validateResponse("GET", pull, 200, { ...samplePull, number: null });
    expect(problem).toBe(
      "GET /repos/{owner}/{repo}/pulls/{pull_number} 200: /number must be integer",
    );
  });
});

test("an installation belongs to a user or an enterprise, not to both at once", () => {
  const installation = sampleInstallation(alice);
  expect(validateResponse("GET", "/app/installations", 200, [installation])).toEqual([]);
  const nobody = sampleInstallation({ login: "alice" });
  expect(validateResponse("GET", "/app/installations", 200, [nobody])).not.toEqual([]);
});

describe("validateRequest", () => {
  test.each([
    ["a merge", "PUT", `${pull}/merge`, { sha: "6dcb09b5", merge_method: "merge" }],
    ["a merge without wishes", "PUT", `${pull}/merge`, undefined],
    ["a check run", "POST", checkRuns, { name: "countersign", head_sha: "6dcb", status: "queued" }],
    ["a read", "GET", pull, undefined],
  ])("accepts %s", (_, method, path, body) => {
    expect(validateRequest(method, path, body)).toEqual([]);
  });

  test.each([
    [
      "another method of merging",
      "PUT",
      `${pull}/merge`,
      { merge_method: "fast" },
      "/merge_method",
    ],
    ["a key GitHub would ignore", "PUT", `${pull}/merge`, { head: "6dcb" }, "/head is not in"],
    ["a check without a name", "POST", checkRuns, { head_sha: "6dcb" }, "property 'name'"],
    ["a write without its body", "POST", checkRuns, undefined, "must be object"],
    ["a read with a body", "GET", pull, { sha: "6dcb" }, "has no body here"],
    ["an unknown path", "POST", "/repos/acme/access/stars", {}, "not in the slice"],
  ])("refuses %s", (_, method, path, body, words) => {
    const problems = validateRequest(method, path, body);
    expect(problems).toEqual(expect.arrayContaining([expect.stringContaining(words)]));
  });
});

function openCheckRun(): object {
  return { ...sampleCheckRun, status: "in_progress", conclusion: null, completed_at: null };
}

/** The shape in lists: what only the single pull request has is left out. */
function simplePull(): object {
  const single = ["merged", "mergeable", "rebaseable", "mergeable_state", "merged_by", "comments"];
  const counted = ["review_comments", "commits", "additions", "deletions", "changed_files"];
  return [...single, ...counted, "maintainer_can_modify"].reduce<object>(without, samplePull);
}
