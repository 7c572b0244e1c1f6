import { ForgeRefused, ForgeUnavailable } from "../../ports/forge-reader.ts";
import type { Removal } from "../../ports/forge-writer.ts";
import { askGitHub } from "./github-errors.ts";
import type { GitHubOctokit } from "./github-octokit.ts";
import { listPulls } from "./list-pulls.ts";
import { queryGitHub } from "./query-github.ts";
import type { RepositoryLocation } from "./repository-location.ts";

const mostSteps = 8;

/**
 * Opens the pull request that deletes one file: branch, commit, pull request. Before each step it looks at
 * what is there, so a crash between two, or a second call, continues where the first one stopped. What else
 * a branch of that name may hold is judged like every pull request's content, by the decision on it.
 */
export async function openRemoval(
  octokit: GitHubOctokit,
  location: RepositoryLocation,
  removal: Removal,
): Promise<{ readonly pull: number }> {
  for (let step = 1; step <= mostSteps; step += 1) {
    const pull = await openPullOf(octokit, location, removal);
    if (pull !== null) return { pull };

    const branch = await lookAtBranch(octokit, location, removal);
    if (branch === null) {
      await unlessOvertaken(createBranch(octokit, location, removal));
    } else if (branch.holdsFile === "yes") {
      await unlessOvertaken(deleteFile(octokit, location, removal, branch.oid));
    } else if (branch.oid === removal.tip) {
      throw new ForgeRefused(
        `${removal.path} is not on the governed branch: nothing to remove`,
        404,
      );
    } else {
      await unlessOvertaken(createPull(octokit, location, removal));
    }
  }
  throw new ForgeUnavailable(`the branch ${removal.branch} keeps changing under our hands`, 60);
}

async function openPullOf(
  octokit: GitHubOctokit,
  location: RepositoryLocation,
  removal: Removal,
): Promise<number | null> {
  const pulls = await listPulls(octokit, location, { by: "branch", branch: removal.branch });
  const open = pulls.filter(
    (pull) => pull.state === "open" && pull.baseRef === location.governedBranch,
  );
  return open[0]?.number ?? null;
}

interface BranchAnswer {
  readonly repository: {
    readonly ref: {
      readonly target: {
        readonly oid: string;
        readonly file?: { readonly oid: string } | null;
      } | null;
    } | null;
  } | null;
}

/** The query for a branch and one file on it. */
export const branchQuery = `
query CountersignBranch($owner: String!, $name: String!, $ref: String!, $path: String!) {
  repository(owner: $owner, name: $name, followRenames: false) {
    ref(qualifiedName: $ref) { target { oid ... on Commit { file(path: $path) { oid } } } }
  }
}
`;

async function lookAtBranch(
  octokit: GitHubOctokit,
  location: RepositoryLocation,
  removal: Removal,
): Promise<{ oid: string; holdsFile: "yes" | "no" } | null> {
  const doing = `looking at the branch ${removal.branch}`;
  const answer = await queryGitHub<BranchAnswer>(octokit, doing, {
    text: branchQuery,
    variables: {
      owner: location.owner,
      name: location.repository,
      ref: `refs/heads/${removal.branch}`,
      path: removal.path,
    },
    absent: (error) => error.type === "NOT_FOUND" && error.path?.at(-1) === "file",
  });
  if (!answer.repository) throw new ForgeRefused(`GitHub shows no repository while ${doing}`, 404);
  const target = answer.repository.ref?.target ?? null;
  if (target === null) return null;
  return { oid: target.oid, holdsFile: target.file ? "yes" : "no" };
}

async function createBranch(
  octokit: GitHubOctokit,
  { owner, repository: repo }: RepositoryLocation,
  removal: Removal,
): Promise<void> {
  await askGitHub(`creating the branch ${removal.branch}`, () =>
    octokit.request("POST /repos/{owner}/{repo}/git/refs", {
      owner,
      repo,
      ref: `refs/heads/${removal.branch}`,
      sha: removal.tip,
    }),
  );
}

/** The mutation that commits the deletion, signed by GitHub, if the branch has not moved. */
export const deleteFileMutation = `
mutation CountersignRemoval($input: CreateCommitOnBranchInput!) {
  createCommitOnBranch(input: $input) { commit { oid } }
}
`;

async function deleteFile(
  octokit: GitHubOctokit,
  { owner, repository }: RepositoryLocation,
  removal: Removal,
  expectedHeadOid: string,
): Promise<void> {
  await queryGitHub(octokit, `deleting ${removal.path} on ${removal.branch}`, {
    text: deleteFileMutation,
    variables: {
      input: {
        branch: { repositoryNameWithOwner: `${owner}/${repository}`, branchName: removal.branch },
        message: { headline: removal.title },
        expectedHeadOid,
        fileChanges: { deletions: [{ path: removal.path }] },
      },
    },
  });
}

async function createPull(
  octokit: GitHubOctokit,
  { owner, repository: repo, governedBranch }: RepositoryLocation,
  removal: Removal,
): Promise<void> {
  const { branch: head, title, body } = removal;
  await askGitHub(`opening the pull request of ${head}`, () =>
    octokit.request("POST /repos/{owner}/{repo}/pulls", {
      ...{ owner, repo, title, body, head, base: governedBranch },
    }),
  );
}

/** Lets "it exists already" and "it moved" pass: the next look finds what is there now. */
async function unlessOvertaken(step: Promise<void>): Promise<void> {
  try {
    await step;
  } catch (error) {
    const overtaken =
      error instanceof ForgeRefused &&
      (error.status === 409 || (error.status === 422 && /already exists/i.test(error.message)));
    if (!overtaken) throw error;
  }
}
