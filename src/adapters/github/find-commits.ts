import type { ForgeCommit } from "../../ports/forge-reader.ts";
import { commitFields } from "./commit-fields.ts";
import type { GraphqlError } from "./github-errors.ts";
import type { GitHubOctokit } from "./github-octokit.ts";
import type { CommitAnswer } from "./pull-answer.ts";
import { queryGitHub } from "./query-github.ts";
import { readCommits } from "./read-commits.ts";
import type { RepositoryLocation } from "./repository-location.ts";

const batchSize = 50;

/**
 * Reads commits by oid, in the order asked and each once. One that GitHub does not have, that is no
 * commit, or whose people it does not show completely, is left out.
 */
export async function findCommits(
  octokit: GitHubOctokit,
  location: RepositoryLocation,
  oids: readonly string[],
): Promise<readonly ForgeCommit[]> {
  const wanted = [...new Set(oids)].filter(isOid);
  const found: ForgeCommit[] = [];
  for (let from = 0; from < wanted.length; from += batchSize) {
    found.push(...(await readBatch(octokit, location, wanted.slice(from, from + batchSize))));
  }
  return found;
}

/** Writes the query for `count` commits, as aliases c0, c1, …; the oids are the variables o0, o1, … */
export function commitsQuery(count: number): string {
  const indices = Array.from({ length: count }, (_, index) => index);
  return `
query CountersignCommits(
  $owner: String!
  $name: String!
  ${indices.map((index) => `$o${index}: GitObjectID!`).join(" ")}
) {
  repository(owner: $owner, name: $name, followRenames: false) {
    ${indices.map((index) => `c${index}: object(oid: $o${index}) { ...WhoWrote }`).join("\n    ")}
  }
}
fragment WhoWrote on Commit { ${commitFields} }
`;
}

interface CommitsAnswer {
  readonly repository: Readonly<Record<string, Partial<CommitAnswer> | null>> | null;
}

async function readBatch(
  octokit: GitHubOctokit,
  location: RepositoryLocation,
  oids: readonly string[],
): Promise<readonly ForgeCommit[]> {
  const { owner, repository: name } = location;
  const variables = Object.fromEntries(oids.map((oid, index) => [`o${index}`, oid]));
  const answer = await queryGitHub<CommitsAnswer>(octokit, "reading commits", {
    text: commitsQuery(oids.length),
    variables: { owner, name, ...variables },
    absent: isAbsentCommit,
  });
  return oids.flatMap((oid, index) => wholeCommit(oid, answer.repository?.[`c${index}`] ?? null));
}

function wholeCommit(oid: string, commit: Partial<CommitAnswer> | null): readonly ForgeCommit[] {
  if (!isCommit(commit) || commit.oid !== oid) return [];
  const { value, missing } = readCommits([{ commit }]);
  return missing.length === 0 ? value : [];
}

/** An object of another kind answers with nothing: the fields are a commit's alone. */
function isCommit(answer: Partial<CommitAnswer> | null): answer is CommitAnswer {
  return answer?.authors !== undefined;
}

function isAbsentCommit(error: GraphqlError): boolean {
  const [top, alias, ...deeper] = error.path ?? [];
  if (error.type !== "NOT_FOUND" || top !== "repository" || deeper.length > 0) return false;
  return /^c\d+$/.test(String(alias));
}

function isOid(text: string): boolean {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text);
}
