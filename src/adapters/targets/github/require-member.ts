import { TargetRefused } from "../../../ports/target.ts";
import { askIfThere } from "./github-answer.ts";
import type { GitHubSession } from "./organisation.ts";

/**
 * Requires that an account is a member of the organisation, under that very spelling: GitHub would invite anybody else,
 * and an invitation that is accepted after the end of a grant is access that nobody approved. An owner is refused: what
 * they have, no revoke takes away. Throws TargetRefused.
 */
export async function requireMember(session: GitHubSession, login: string): Promise<void> {
  const { octokit, organisation } = session;
  if (!isLogin(login)) {
    throw new TargetRefused(
      `${JSON.stringify(login)} cannot be a login of GitHub: correct governance/people.yaml.`,
    );
  }
  const found = await askIfThere(`asking whether ${login} is a member of ${organisation}`, () =>
    octokit.request("GET /orgs/{org}/memberships/{username}", {
      org: organisation,
      username: login,
    }),
  );
  if (found?.data.state !== "active") {
    throw new TargetRefused(
      `${login} is no active member of ${organisation}, and Countersign invites nobody: an owner of the ` +
        "organisation must add them, or governance/people.yaml names the wrong login.",
    );
  }
  const canonical = found.data.user?.login;
  if (canonical !== login) {
    throw new TargetRefused(
      `GitHub writes the login ${login} as ${String(canonical)}: write it so in governance/people.yaml.`,
    );
  }
  if (found.data.role === "admin") {
    throw new TargetRefused(
      `${login} is an owner of ${organisation}: they have every access already, and no revoke would take it ` +
        "away. Make them an ordinary member first.",
    );
  }
}

/** Tells whether a text can be a login at all; what cannot is asked of nobody. Managed users have one underscore. */
export function isLogin(text: string): boolean {
  return /^[A-Za-z0-9_-]{1,100}$/u.test(text);
}
