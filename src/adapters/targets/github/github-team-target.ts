import { providerFacts } from "../../../core/model/providers.ts";
import { TargetRefused } from "../../../ports/target.ts";
import type { Target } from "../../../ports/target.ts";
import { askIfThere, askTarget } from "./github-answer.ts";
import { heldTeams } from "./held-teams.ts";
import { openOrganisation } from "./organisation.ts";
import type { GitHubSession, OrganisationAccess } from "./organisation.ts";
import { isLogin, requireMember } from "./require-member.ts";
import { teamMembership } from "./team-membership.ts";

/**
 * Opens the teams of a GitHub organisation: a permission is the slug of a team, an identity a login, and holding one is
 * being a member of the team itself. An invitation is not membership, and none is ever sent. Who is a member already,
 * as a maintainer too, is left as they are.
 *
 * Every verb asks GitHub anew with a token narrowed to `members`: to reading it for `observe`.
 */
export function openGitHubTeamTarget(access: OrganisationAccess): Target {
  const organisation = openOrganisation(access);
  return {
    capabilities: providerFacts["github-team"],
    observe: async (identity) => {
      const at = new Date().toISOString();
      const permissions = await organisation.ask(reading, (session) =>
        heldTeams(session, identity),
      );
      return { at, identity, permissions };
    },
    provision: (identity, permission) =>
      organisation.ask(writing, (session) => giveMembership(session, permission, identity)),
    revoke: (identity, permission) =>
      organisation.ask(writing, (session) => takeMembership(session, permission, identity)),
    sessions: () => Promise.resolve(null),
    close: () => {
      organisation.close();
      return Promise.resolve();
    },
  };
}

const reading = { permissions: { members: "read" } } as const;
const writing = { permissions: { members: "write" } } as const;

async function giveMembership(session: GitHubSession, slug: string, login: string): Promise<void> {
  await requireMember(session, login);
  await requireTeam(session, slug);
  if ((await teamMembership(session, slug, login)) === "member") return;
  const { data } = await askTarget(`adding ${login} to the team ${slug}`, () =>
    session.octokit.request("PUT /orgs/{org}/teams/{team_slug}/memberships/{username}", {
      ...membershipOf(session, slug, login),
      role: "member",
    }),
  );
  if (data.state === "active") return;
  // They left the organisation since it was asked: what GitHub sent instead is taken back.
  await removeFrom(session, slug, login);
  throw new TargetRefused(
    `${login} is no member of ${session.organisation} any more: the invitation to ${slug} was taken back.`,
  );
}

async function takeMembership(session: GitHubSession, slug: string, login: string): Promise<void> {
  if (!isSlug(slug) || !isLogin(login)) return;
  // An invitation goes too: accepted later, it would be access after the end.
  if ((await teamMembership(session, slug, login)) === "none") return;
  await removeFrom(session, slug, login);
}

async function removeFrom(session: GitHubSession, slug: string, login: string): Promise<void> {
  await askIfThere(`removing ${login} from the team ${slug}`, () =>
    session.octokit.request(
      "DELETE /orgs/{org}/teams/{team_slug}/memberships/{username}",
      membershipOf(session, slug, login),
    ),
  );
}

async function requireTeam({ octokit, organisation }: GitHubSession, slug: string): Promise<void> {
  const found = isSlug(slug)
    ? await askIfThere(`looking for the team ${slug}`, () =>
        octokit.request("GET /orgs/{org}/teams/{team_slug}", {
          org: organisation,
          team_slug: slug,
        }),
      )
    : null;
  if (found !== null) return;
  throw new TargetRefused(
    `${organisation} has no team ${slug}: create it, or write its slug, as its address shows it, in the catalogue.`,
  );
}

function membershipOf({ organisation }: GitHubSession, slug: string, login: string) {
  return { org: organisation, team_slug: slug, username: login };
}

/** GitHub finds a slug in any case of its letters; the read-back knows it in small ones alone. */
function isSlug(text: string): boolean {
  return /^[a-z0-9_-]{1,255}$/u.test(text);
}
