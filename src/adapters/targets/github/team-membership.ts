import { TargetUnreachable } from "../../../ports/target.ts";
import type { PageAnswer } from "../../github/pull-answer.ts";
import { queryGitHub } from "../../github/query-github.ts";
import { readPages } from "../../github/read-pages.ts";
import { askIfThere } from "./github-answer.ts";
import type { GitHubSession } from "./organisation.ts";

/** What an account is to a team itself: `pending` was invited and is no member, `none` includes child teams' members. */
export type TeamMembership = "none" | "pending" | "member";

/**
 * Asks what an account is to one team. REST tells an invitation from a membership, but counts the members of child teams,
 * whom nothing removes here; so where there are child teams, the list of immediate members decides.
 */
export async function teamMembership(
  session: GitHubSession,
  slug: string,
  login: string,
): Promise<TeamMembership> {
  const { octokit, organisation } = session;
  const found = await askIfThere(`asking whether ${login} is in the team ${slug}`, () =>
    octokit.request("GET /orgs/{org}/teams/{team_slug}/memberships/{username}", {
      org: organisation,
      team_slug: slug,
      username: login,
    }),
  );
  if (found === null) return "none";
  if (found.data.state !== "active") return "pending";
  return (await isImmediate(session, slug, login)) ? "member" : "none";
}

async function isImmediate(session: GitHubSession, slug: string, login: string): Promise<boolean> {
  const first = await membersPage(session, slug, null);
  if (first === null) {
    throw new TargetUnreachable(
      `The team ${slug} changed while ${login} was asked for: try again.`,
    );
  }
  if (first.childTeams.totalCount === 0) return true;
  const { items, lacking } = await readPages(first.members, async (after) => {
    const next = await membersPage(session, slug, after);
    return next?.members ?? null;
  });
  if (items.some((one) => one.login.toLowerCase() === login.toLowerCase())) return true;
  if (lacking === null) return false;
  throw new TargetUnreachable(
    `The members of the team ${slug} could not be read to the end (${lacking}): whether ${login} is one is unknown.`,
  );
}

interface TeamAnswer {
  readonly childTeams: { readonly totalCount: number };
  readonly members: PageAnswer<{ readonly login: string }>;
}

async function membersPage(
  { octokit, organisation }: GitHubSession,
  slug: string,
  after: string | null,
): Promise<TeamAnswer | null> {
  const answer = await queryGitHub<{
    readonly organization: { readonly team: TeamAnswer | null } | null;
  }>(octokit, `reading the members of the team ${slug}`, {
    text: immediateMembers,
    variables: { organisation, slug, after },
  });
  return answer.organization?.team ?? null;
}

const immediateMembers = `
  query ($organisation: String!, $slug: String!, $after: String) {
    organization(login: $organisation) {
      team(slug: $slug) {
        childTeams(first: 1) { totalCount }
        members(first: 100, after: $after, membership: IMMEDIATE) {
          totalCount pageInfo { hasNextPage endCursor } nodes { login }
        }
      }
    }
  }`;
