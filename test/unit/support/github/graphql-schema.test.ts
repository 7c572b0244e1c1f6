import { expect, test } from "vitest";
import { githubGraphqlSchema, validateQuery } from "../../../support/github/graphql-schema.ts";

const pull = `query ($owner: String!, $name: String!, $number: Int!) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) { headRefOid reviews(last: 100) { nodes { state author { login } } } }
  }
}`;

test("accepts a query that GitHub would answer", () => {
  expect(validateQuery(pull)).toEqual([]);
});

test.each([
  ["a field GitHub does not have", "{ viewer { login person } }", 'field "person"'],
  ["a missing argument", '{ repository(owner: "acme") { id } }', 'argument "name"'],
  ["a variable of the wrong type", pull.replace("$number: Int!", "$number: String!"), "$number"],
  ["a fragment on the wrong type", "{ viewer { ... on Issue { id } } }", "Issue"],
  ["no query at all", "{", "Syntax Error"],
])("refuses %s", (_, text, words) => {
  expect(validateQuery(text)).toEqual([expect.stringContaining(words)]);
});

test("builds the schema once", () => {
  expect(githubGraphqlSchema()).toBe(githubGraphqlSchema());
});
