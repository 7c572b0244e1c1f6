import { forgeError, graphqlFailure } from "./github-errors.ts";
import type { GraphqlError } from "./github-errors.ts";
import type { GitHubOctokit } from "./github-octokit.ts";

/** One GraphQL question: its text, its variables, and the errors that are themselves an answer. */
export interface Question {
  readonly text: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Says which errors mean "there is no such thing". None, when left out. */
  readonly absent?: (error: GraphqlError) => boolean;
}

/**
 * Asks one GraphQL question. GraphQL errors arrive with HTTP 200 beside partial data: unless every one of
 * them is named by `absent`, nothing of the answer is used and ForgeRefused is thrown.
 */
export async function queryGitHub<T>(
  octokit: GitHubOctokit,
  doing: string,
  question: Question,
): Promise<T> {
  try {
    return await octokit.graphql<T>(question.text, question.variables);
  } catch (error) {
    const { errors, data, headers } = error as PartialAnswer<T>;
    if (errors === undefined) throw forgeError(doing, error);
    const isAbsent = question.absent ?? (() => false);
    const refusing = errors.filter((each) => !isAbsent(each));
    if (errors.length > 0 && refusing.length === 0 && data) return data;
    throw graphqlFailure(doing, { headers }, refusing.length > 0 ? refusing : errors);
  }
}

interface PartialAnswer<T> {
  readonly errors?: readonly GraphqlError[];
  readonly data?: T | null;
  readonly headers?: Readonly<Record<string, string | number | undefined>>;
}
