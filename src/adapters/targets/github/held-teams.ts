import { TargetUnreachable } from "../../../ports/target.ts";
import type { PageAnswer } from "../../github/pull-answer.ts";
import { queryGitHub } from "../../github/query-github.ts";
import { readPages } from "../../github/read-pages.ts";
import type { GitHubSession } from "./organisation.ts";
import { isLogin } from "./require-member.ts";
import { teamMembership } from "./team-membership.ts";

/**
 * Lists the slugs of the teams that an account is a member of itself, sorted. GraphQL names the teams that have to do
 * with the account, to the end of the list or not at all; each is then asked, because an invitation and the membership
 * of a child team are no membership. Throws TargetUnreachable when the list is not complete.
 */
export async function heldTeams(session: GitHubSession, login: string): Promise<readonly string[]> {
  if (!isLogin(login)) return [];
  const { items, lacking } = await readPages(await teamsPage(session, login, null), (after) =>
    teamsPage(session, login, after),
  );
  if (lacking !== null) {
    throw new TargetUnreachable(
      `The teams of ${login} could not be read to the end (${lacking}): try again.`,
    );
  }
  const held = await Promise.all(
    items.map(async ({ slug }) =>
      (await teamMembership(session, slug, login)) === "member" ? [slug] : [],
    ),
  );
  return held.flat().sort();
}

type TeamsPage = PageAnswer<{ readonly slug: string }>;

async function teamsPage(
  { octokit, organisation }: GitHubSession,
  login: string,
  after: string | null,
): Promise<TeamsPage | null> {
  const answer = await queryGitHub<{
    readonly organization: { readonly teams: TeamsPage } | null;
  }>(octokit, `reading the teams of ${login}`, {
    text: teamsOfLogin,
    variables: { organisation, logins: [login], after },
  });
  return answer.organization?.teams ?? null;
}

const teamsOfLogin = `
  query ($organisation: String!, $logins: [String!], $after: String) {
    organization(login: $organisation) {
      teams(first: 100, after: $after, userLogins: $logins) {
        totalCount pageInfo { hasNextPage endCursor } nodes { slug }
      }
    }
  }`;
