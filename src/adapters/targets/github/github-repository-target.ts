import { providerFacts } from "../../../core/model/providers.ts";
import { TargetRefused } from "../../../ports/target.ts";
import type { Target } from "../../../ports/target.ts";
import { directRole } from "./direct-role.ts";
import type { DirectRole } from "./direct-role.ts";
import { askIfThere, askTarget } from "./github-answer.ts";
import { openOrganisation } from "./organisation.ts";
import type { GitHubSession, OrganisationAccess } from "./organisation.ts";
import { containedRoles, parseRepositoryRole } from "./repository-role.ts";
import type { RepositoryRole } from "./repository-role.ts";
import { isLogin, requireMember } from "./require-member.ts";
import { requireSeen } from "./require-seen.ts";

export interface GitHubRepositoryAccess extends OrganisationAccess {
  /** The repositories of the catalogue, which `observe` looks at. */
  readonly repositories: readonly string[];
  /** Those of them that a person says were deleted: an App on selected repositories cannot tell. */
  readonly deleted: readonly string[];
}

/**
 * Opens repositories of a GitHub organisation: a permission is `<repository>:<role>`, an identity a login, and holding
 * one is being a direct collaborator with that role or a larger one. What comes through a team or the organisation is
 * not of this target: it is neither given, seen nor taken.
 *
 * A direct collaborator has one role at a time. Where there is one already that does not contain what is asked for,
 * `provision` refuses: raising it would lose what was there before. `revoke` removes the entry, whoever raised it since.
 */
export function openGitHubRepositoryTarget(access: GitHubRepositoryAccess): Target {
  const organisation = openOrganisation(access);
  return {
    capabilities: providerFacts["github-repository"],
    observe: async (identity) => {
      const at = new Date().toISOString();
      const permissions = await organisation.ask(reading, (session) =>
        heldRoles(session, access, identity),
      );
      return { at, identity, permissions };
    },
    provision: async (identity, permission) => {
      const asked = requireListed(access, permission);
      // Only the token for reading can be had where the repository is gone.
      const held = await organisation.ask(reading, (session) =>
        roleOfMember(session, asked, identity),
      );
      if (held !== null) requireContained(held, asked, identity);
      else await organisation.ask(writing(asked), (session) => giveRole(session, asked, identity));
    },
    revoke: async (identity, permission) => {
      if (parseRepositoryRole(permission) === null || !isLogin(identity)) return;
      const asked = requireListed(access, permission);
      const held = await organisation.ask(reading, (session) =>
        heldOn(session, access, asked.repository, identity),
      );
      if (held === null || !mustGo(held, asked, identity)) return;
      await organisation.ask(writing(asked), (session) => takeRole(session, asked, identity));
    },
    sessions: () => Promise.resolve(null),
    close: () => {
      organisation.close();
      return Promise.resolve();
    },
  };
}

const reading = { permissions: { administration: "read", members: "read" } } as const;

function writing({ repository }: RepositoryRole) {
  return {
    permissions: { administration: "write", members: "read" },
    repositories: [repository],
  } as const;
}

function requireListed(access: GitHubRepositoryAccess, permission: string): RepositoryRole {
  const asked = parseRepositoryRole(permission);
  if (asked === null) {
    throw new TargetRefused(
      `${JSON.stringify(permission)} is no repository and role: write it as payments:triage, with pull, triage, ` +
        "push, maintain, admin or a custom role.",
    );
  }
  if (access.repositories.includes(asked.repository)) return asked;
  throw new TargetRefused(
    `${asked.repository} is not among the target's REPOSITORIES: add it there, or correct the catalogue.`,
  );
}

async function heldRoles(
  session: GitHubSession,
  access: GitHubRepositoryAccess,
  login: string,
): Promise<readonly string[]> {
  if (!isLogin(login)) return [];
  const held = await Promise.all(
    access.repositories.map(async (repository) => {
      const role = await heldOn(session, access, repository, login);
      return (role?.roles ?? []).map((one) => `${repository}:${one}`);
    }),
  );
  return held.flat().sort();
}

async function heldOn(
  session: GitHubSession,
  { deleted }: GitHubRepositoryAccess,
  repository: string,
  login: string,
) {
  const found = await directRole(session, repository, login);
  if (found !== "no-repository") return found;
  requireSeen(session, repository, deleted);
  return null;
}

async function roleOfMember(
  session: GitHubSession,
  { repository }: RepositoryRole,
  login: string,
): Promise<DirectRole | null> {
  await requireMember(session, login);
  const found = await directRole(session, repository, login);
  if (found !== "no-repository") return found;
  throw new TargetRefused(
    `${session.organisation} shows the target's App no repository ${repository}: correct the catalogue, or ` +
      "install the App there.",
  );
}

async function giveRole(
  session: GitHubSession,
  { repository, role }: RepositoryRole,
  login: string,
): Promise<void> {
  const answer = await askTarget(`giving ${login} the role ${role} on ${repository}`, () =>
    session.octokit.request("PUT /repos/{owner}/{repo}/collaborators/{username}", {
      ...collaboratorOf(session, repository, login),
      permission: role,
    }),
  );
  // GitHub answers 204 without a body where access is given; what comes with one is an invitation.
  const invitation = answer.data as { readonly id?: number | bigint } | undefined;
  if (invitation?.id === undefined) return;
  await takeBack(session, repository, Number(invitation.id));
  throw new TargetRefused(
    `${login} is no member of ${session.organisation} any more: the invitation to ${repository} was taken back.`,
  );
}

function requireContained(
  held: DirectRole,
  { repository, role }: RepositoryRole,
  login: string,
): void {
  if (held.roles.includes(role)) return;
  throw new TargetRefused(
    `${login} has the role ${held.given} on ${repository} directly, and GitHub knows one role a collaborator: ` +
      `end that access before ${role} is given, or give it through a team.`,
  );
}

/** Tells whether a direct role contains the one that is taken. A smaller standard role is another permission, and stays. */
function mustGo(held: DirectRole, { repository, role }: RepositoryRole, login: string): boolean {
  if (held.roles.includes(role)) return true;
  if (held.kind === "standard" || containedRoles(role).length > 0) return false;
  throw new TargetRefused(
    `${login} has the role ${held.given} on ${repository} directly, which may be ${role} under another name: ` +
      "remove the collaborator by hand, or correct the catalogue.",
  );
}

async function takeRole(
  session: GitHubSession,
  { repository }: RepositoryRole,
  login: string,
): Promise<void> {
  await askIfThere(`removing ${login} from ${repository}`, () =>
    session.octokit.request(
      "DELETE /repos/{owner}/{repo}/collaborators/{username}",
      collaboratorOf(session, repository, login),
    ),
  );
}

async function takeBack(session: GitHubSession, repository: string, id: number): Promise<void> {
  await askIfThere(`taking back an invitation to ${repository}`, () =>
    session.octokit.request("DELETE /repos/{owner}/{repo}/invitations/{invitation_id}", {
      owner: session.organisation,
      repo: repository,
      invitation_id: id,
    }),
  );
}

function collaboratorOf({ organisation }: GitHubSession, repository: string, login: string) {
  return { owner: organisation, repo: repository, username: login };
}
