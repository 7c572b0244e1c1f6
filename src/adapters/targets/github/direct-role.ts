import { TargetRefused } from "../../../ports/target.ts";
import { queryGitHub } from "../../github/query-github.ts";
import { askIfThere } from "./github-answer.ts";
import type { GitHubSession } from "./organisation.ts";
import { containedRoles } from "./repository-role.ts";

/** What an account was given on a repository itself. */
export interface DirectRole {
  /** The role that was given, in the words of the REST API. */
  readonly given: string;
  /** Every role that it amounts to: the standard ones below it, and itself. */
  readonly roles: readonly string[];
  /** Whether the role is one of the organisation's own. */
  readonly kind: "standard" | "custom";
}

/**
 * Reads the role that an account was given on a repository directly; `null` for none, and `no-repository` when the App
 * sees no repository of that name.
 *
 * GraphQL alone says where access comes from: REST answers the highest role of all sources. What comes through a team,
 * the organisation or the enterprise does not count, as no revoke here would take it away.
 */
export async function directRole(
  session: GitHubSession,
  repository: string,
  login: string,
): Promise<DirectRole | null | "no-repository"> {
  const answer = await ask(session, repository, login);
  if (answer === null) return "no-repository";
  if (answer.name !== repository) {
    throw new TargetRefused(
      `GitHub answers ${answer.name} when asked for the repository ${repository}: it was renamed, or is written ` +
        "otherwise. Correct the catalogue and the target's REPOSITORIES.",
    );
  }
  const edges = answer.collaborators?.edges ?? null;
  if (edges === null) return nobodyOrRefused(session, repository, login);
  const given = edges
    .filter((edge) => edge?.node.login.toLowerCase() === login.toLowerCase())
    .flatMap((edge) => directSources(edge?.permissionSources ?? null, repository));
  const [only, ...others] = given;
  if (others.length === 0) return only ?? null;
  throw new TargetRefused(
    `GitHub names ${given.length} direct roles of ${login} on ${repository}.`,
  );
}

function directSources(
  sources: readonly SourceAnswer[] | null,
  repository: string,
): readonly DirectRole[] {
  if (sources === null) throw hidden(repository);
  return sources
    .filter(({ source }) => source.__typename === "Repository")
    .map(({ roleName, permission }) => {
      if (roleName === null) throw hidden(repository);
      const given = restName(roleName);
      const contained = containedRoles(given);
      const below = contained.length > 0 ? contained : containedRoles(levels[permission] ?? "");
      const kind = contained.length > 0 ? "standard" : "custom";
      return { given, roles: [...new Set([...below, given])], kind };
    });
}

/** What a custom role is built on at least: GitHub tells its level alone. */
const levels: Readonly<Record<string, string>> = { READ: "pull", WRITE: "push", ADMIN: "admin" };

function restName(roleName: string): string {
  if (roleName === "read") return "pull";
  return roleName === "write" ? "push" : roleName;
}

/** No list is an account that does not exist, which has no access, or a list that the App may not see. */
async function nobodyOrRefused(
  { octokit }: GitHubSession,
  repository: string,
  login: string,
): Promise<null> {
  const account = await askIfThere(`looking for the account ${login}`, () =>
    octokit.request("GET /users/{username}", { username: login }),
  );
  if (account === null) return null;
  throw hidden(repository);
}

function hidden(repository: string): TargetRefused {
  return new TargetRefused(
    `GitHub does not say where access to ${repository} comes from: give the target's App the permission ` +
      "administration, and use a GitHub that names roles in GraphQL (PermissionSource.roleName).",
  );
}

interface SourceAnswer {
  readonly permission: string;
  readonly roleName: string | null;
  readonly source: { readonly __typename: string };
}

interface RepositoryAnswer {
  readonly name: string;
  readonly collaborators: {
    readonly edges:
      | readonly ({
          readonly node: { readonly login: string };
          readonly permissionSources: readonly SourceAnswer[] | null;
        } | null)[]
      | null;
  } | null;
}

async function ask(
  { octokit, organisation }: GitHubSession,
  repository: string,
  login: string,
): Promise<RepositoryAnswer | null> {
  const answer = await queryGitHub<{ readonly repository: RepositoryAnswer | null }>(
    octokit,
    `reading the access of ${login} to ${repository}`,
    {
      text: accessOfLogin,
      variables: { organisation, repository, login },
      // No such repository, or no such account: which of the two shows in what is null.
      absent: ({ type, path }) => type === "NOT_FOUND" && path?.[0] === "repository",
    },
  );
  return answer.repository;
}

const accessOfLogin = `
  query ($organisation: String!, $repository: String!, $login: String!) {
    repository(owner: $organisation, name: $repository) {
      name
      collaborators(first: 100, login: $login) {
        edges {
          node { login }
          permissionSources { permission roleName source { __typename } }
        }
      }
    }
  }`;
