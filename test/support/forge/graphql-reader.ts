import { githubReader } from "../../../src/adapters/github/github-reader.ts";
import { answerGraphql } from "./graphql-world.ts";
import type { GraphqlRoot } from "./graphql-world.ts";
import { strictFetch } from "./strict-fetch.ts";
import { testOctokit } from "./test-octokit.ts";

/** Makes the real reader over a fake server that executes its queries against GitHub's schema. */
export function readerOf(root: GraphqlRoot) {
  const server = strictFetch({ "POST /graphql": (request) => answerGraphql(root, request) });
  const octokit = testOctokit(server.fetch);
  const place = { owner: "acme", repository: "access", governedBranch: "main" };
  return { reader: githubReader({ octokit, ...place }), server };
}
