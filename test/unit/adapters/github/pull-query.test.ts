import { describe, expect, it } from "vitest";
import { commitsQuery } from "../../../../src/adapters/github/find-commits.ts";
import { editsQuery } from "../../../../src/adapters/github/github-conversation.ts";
import { branchQuery, deleteFileMutation } from "../../../../src/adapters/github/open-removal.ts";
import {
  pullPageQuery,
  pullQuery,
  teamPageQuery,
} from "../../../../src/adapters/github/pull-query.ts";
import { validateQuery } from "../../../support/github/graphql-schema.ts";

describe("the GraphQL documents", () => {
  it.each([
    ["the pull request without teams", pullQuery(0)],
    ["the pull request with one team", pullQuery(1)],
    ["the pull request with twelve teams", pullQuery(12)],
    ["a further page of reviews", pullPageQuery("reviews")],
    ["a further page of commits", pullPageQuery("commits")],
    ["a further page of files", pullPageQuery("files")],
    ["a further page of the timeline", pullPageQuery("timelineItems")],
    ["a further page of members", teamPageQuery],
    ["one commit", commitsQuery(1)],
    ["fifty commits", commitsQuery(50)],
    ["the branch of a removal", branchQuery(2)],
    ["the commit of a removal", deleteFileMutation],
    ["the edits of comments", editsQuery],
  ])("%s is valid by GitHub's published schema", (_name, text) => {
    expect(validateQuery(text)).toEqual([]);
  });

  it("asks for governance at the governed branch, never at the head or the frozen base", () => {
    expect(pullQuery(2)).not.toMatch(/\bbaseRefOid\b|\bheadRef\b|\bbaseRef\b/);
  });
});
