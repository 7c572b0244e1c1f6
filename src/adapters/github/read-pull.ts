import { ForgeRefused } from "../../ports/forge-reader.ts";
import type { PullRead } from "../../ports/forge-reader.ts";
import { accountOf } from "./accounts.ts";
import type { GitHubOctokit } from "./github-octokit.ts";
import type { PageAnswer, PullAnswer, PullRequestAnswer, RepositoryAnswer } from "./pull-answer.ts";
import { pullPageQuery, pullQuery } from "./pull-query.ts";
import type { PullList } from "./pull-query.ts";
import { queryGitHub } from "./query-github.ts";
import { readGovernance } from "./read-governance.ts";
import { readLists } from "./read-lists.ts";
import { requireSameHead } from "./read-pages.ts";
import { isAbsentTeam, readTeams } from "./read-teams.ts";
import type { RepositoryLocation } from "./repository-location.ts";
import { safeId } from "./safe-id.ts";

/**
 * Reads one pull request in one query, and in further ones only for lists longer than a page. Throws
 * ForgeRefused when the pull request, the repository or the governed branch is not there.
 */
export async function readPull(
  octokit: GitHubOctokit,
  location: RepositoryLocation,
  number: number,
  teams: readonly string[],
): Promise<PullRead> {
  const answer = await ask(octokit, location, number, teams);
  const { repository, pull, tip } = requireComplete(answer, location, number);
  const governance = readGovernance(tip);
  const [lists, teamFacts] = await Promise.all([
    readLists(pull, pages(octokit, location, pull)),
    readTeams(octokit, answer, teams),
  ]);
  return {
    repository,
    ...head(pull),
    ...lists,
    governance: { tip: tip.oid, files: governance.value },
    teams: teamFacts.value,
    missing: [...lists.missing, ...governance.missing, ...teamFacts.missing],
  };
}

function ask(
  octokit: GitHubOctokit,
  location: RepositoryLocation,
  number: number,
  teams: readonly string[],
): Promise<PullAnswer> {
  const slugs = Object.fromEntries(teams.map((slug, index) => [`t${index}`, slug]));
  return queryGitHub<PullAnswer>(octokit, `reading pull request ${number}`, {
    text: pullQuery(teams.length),
    variables: {
      owner: location.owner,
      name: location.repository,
      number,
      ref: `refs/heads/${location.governedBranch}`,
      ...slugs,
    },
    absent: isAbsentTeam,
  });
}

function requireComplete(answer: PullAnswer, location: RepositoryLocation, number: number) {
  const where = `${location.owner}/${location.repository}`;
  const { repository } = answer;
  if (!repository) throw new ForgeRefused(`GitHub shows no repository ${where}`, 404);
  const pull = repository.pullRequest;
  if (!pull) throw new ForgeRefused(`GitHub shows no pull request ${number} in ${where}`, 404);
  const tip = repository.ref?.target;
  if (!tip || tip.__typename !== "Commit") {
    throw new ForgeRefused(`${where} has no branch ${location.governedBranch}`, 404);
  }
  return { repository: identity(repository, where), pull, tip };
}

function identity(repository: RepositoryAnswer, where: string): PullRead["repository"] {
  const id = safeId(repository.databaseId);
  if (id === null) throw new ForgeRefused(`GitHub names no id of ${where}`, 200);
  return { id, owner: repository.owner.login, name: repository.name };
}

function head(pull: PullRequestAnswer) {
  return {
    number: pull.number,
    nodeId: pull.id,
    state: states[pull.state],
    draft: pull.isDraft,
    crossRepository: pull.isCrossRepository,
    author: accountOf(pull.author),
    createdAt: pull.createdAt,
    baseRef: pull.baseRefName,
    headRef: pull.headRefName,
    headOid: pull.headRefOid,
    mergedAt: pull.mergedAt,
    mergeCommit: pull.mergeCommit?.oid ?? null,
  };
}

const states = { OPEN: "open", CLOSED: "closed", MERGED: "merged" } as const;

interface PullPageAnswer<T> {
  readonly repository: {
    readonly pullRequest: {
      readonly headRefOid: string;
      readonly page: PageAnswer<T> | null;
    } | null;
  } | null;
}

function pages(octokit: GitHubOctokit, location: RepositoryLocation, pull: PullRequestAnswer) {
  return async <T>(list: PullList, after: string): Promise<PageAnswer<T> | null> => {
    const { owner, repository: name } = location;
    const doing = `reading further ${list} of pull request ${pull.number}`;
    const answer = await queryGitHub<PullPageAnswer<T>>(octokit, doing, {
      text: pullPageQuery(list),
      variables: { owner, name, number: pull.number, after },
    });
    const next = answer.repository?.pullRequest ?? null;
    if (next === null) return null;
    requireSameHead(pull.headRefOid, next.headRefOid);
    return next.page;
  };
}
