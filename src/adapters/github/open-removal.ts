import { ForgeRefused, ForgeUnavailable } from "../../ports/forge-reader.ts";
import type { Removal } from "../../ports/forge-writer.ts";
import { askGitHub } from "./github-errors.ts";
import type { GitHubOctokit } from "./github-octokit.ts";
import { listPulls } from "./list-pulls.ts";
import { queryGitHub } from "./query-github.ts";
import type { RepositoryLocation } from "./repository-location.ts";

const mostSteps = 8;

/**
 * Opens the pull request that deletes files: branch, commit, pull request. Before each step it looks at
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
    } else if (branch.held.length > 0) {
      await unlessOvertaken(deleteFiles(octokit, location, { removal, ...branch }));
    } else if (branch.oid === removal.tip) {
      throw new ForgeRefused(
        `${removal.paths.join(", ")} is not on the governed branch: nothing to remove`,
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

interface BranchTarget {
  readonly oid: string;
  /** `file0`, `file1`, …: in the order in which they were asked for. */
  readonly [file: `file${number}`]: { readonly oid: string } | null | undefined;
}

interface BranchAnswer {
  readonly repository: {
    readonly ref: {
      readonly target: BranchTarget | null;
    } | null;
  } | null;
}

/** Writes the query for a branch and so many files on it. */
export function branchQuery(files: number): string {
  const numbers = [...Array(files).keys()];
  const declared = numbers.map((number) => `, $path${number}: String!`).join("");
  const asked = numbers.map((number) => `file${number}: file(path: $path${number}) { oid }`);
  return `
query CountersignBranch($owner: String!, $name: String!, $ref: String!${declared}) {
  repository(owner: $owner, name: $name, followRenames: false) {
    ref(qualifiedName: $ref) { target { oid ... on Commit { ${asked.join(" ")} } } }
  }
}
`;
}

interface BranchFiles {
  readonly oid: string;
  /** Those of the files to remove that are still there. */
  readonly held: readonly string[];
}

async function lookAtBranch(
  octokit: GitHubOctokit,
  location: RepositoryLocation,
  removal: Removal,
): Promise<BranchFiles | null> {
  const doing = `looking at the branch ${removal.branch}`;
  const answer = await queryGitHub<BranchAnswer>(octokit, doing, {
    text: branchQuery(removal.paths.length),
    variables: {
      owner: location.owner,
      name: location.repository,
      ref: `refs/heads/${removal.branch}`,
      ...Object.fromEntries(removal.paths.map((path, number) => [`path${number}`, path])),
    },
    absent: (error) => error.type === "NOT_FOUND" && /^file\d+$/.test(String(error.path?.at(-1))),
  });
  if (!answer.repository) throw new ForgeRefused(`GitHub shows no repository while ${doing}`, 404);
  const target = answer.repository.ref?.target ?? null;
  if (target === null) return null;
  const { oid } = target;
  return { oid, held: removal.paths.filter((_, number) => target[`file${number}`]) };
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

async function deleteFiles(
  octokit: GitHubOctokit,
  { owner, repository }: RepositoryLocation,
  { removal, oid, held }: BranchFiles & { readonly removal: Removal },
): Promise<void> {
  await queryGitHub(octokit, `deleting ${held.join(", ")} on ${removal.branch}`, {
    text: deleteFileMutation,
    variables: {
      input: {
        branch: { repositoryNameWithOwner: `${owner}/${repository}`, branchName: removal.branch },
        message: { headline: removal.title },
        expectedHeadOid: oid,
        fileChanges: { deletions: held.map((path) => ({ path })) },
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
