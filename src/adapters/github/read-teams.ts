import type { TeamFacts } from "../../core/model/snapshot.ts";
import type { GraphqlError } from "./github-errors.ts";
import type { GitHubOctokit } from "./github-octokit.ts";
import type { MemberAnswer, PageAnswer, PullAnswer } from "./pull-answer.ts";
import { teamPageQuery } from "./pull-query.ts";
import { queryGitHub } from "./query-github.ts";
import type { ReadFact } from "./read-fact.ts";
import { readTeam } from "./read-team.ts";

/**
 * Reads the answered teams, in the order asked for. On a personal account there are none: `members` is
 * `null`. An organisation whose teams GitHub hides is not that: its teams are named in `missing`.
 */
export async function readTeams(
  octokit: GitHubOctokit,
  answer: PullAnswer,
  slugs: readonly string[],
): Promise<ReadFact<readonly TeamFacts[]>> {
  const owner = answer.repository?.owner;
  const organization = answer.organization ?? null;
  if (organization === null) return withoutTeams(slugs, owner?.__typename);

  const read = await Promise.all(
    slugs.map((slug, index) =>
      readTeam(slug, organization[`t${index}`] ?? null, (after) =>
        nextMembers(octokit, { owner: owner?.login, team: slug, after }),
      ),
    ),
  );
  return { value: read.map(({ value }) => value), missing: read.flatMap((each) => each.missing) };
}

/** Says that an error of the query means "no such team" or "no organisation", and nothing worse. */
export function isAbsentTeam(error: GraphqlError): boolean {
  const [top, alias, ...deeper] = error.path ?? [];
  if (error.type !== "NOT_FOUND" || top !== "organization" || deeper.length > 0) return false;
  return alias === undefined || /^t\d+$/.test(String(alias));
}

function withoutTeams(
  slugs: readonly string[],
  ownerType: string | undefined,
): ReadFact<readonly TeamFacts[]> {
  const value = slugs.map((slug) => ({ slug, members: null }));
  if (slugs.length === 0 || ownerType === "User") return { value, missing: [] };
  const reason = "GitHub hides the organisation: give the App the permission members: read";
  return { value, missing: slugs.map((slug) => ({ fact: `team ${slug}`, reason })) };
}

interface TeamPageAnswer {
  readonly organization: {
    readonly team: { readonly page: PageAnswer<MemberAnswer> } | null;
  } | null;
}

async function nextMembers(octokit: GitHubOctokit, variables: Readonly<Record<string, unknown>>) {
  const doing = "reading the members of a team";
  const question = { text: teamPageQuery, variables };
  const answer = await queryGitHub<TeamPageAnswer>(octokit, doing, question);
  return answer.organization?.team?.page ?? null;
}
