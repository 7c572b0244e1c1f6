import { describe, expect, it } from "vitest";
import { githubUrlsProblem, graphqlUrlOf } from "../../../../src/adapters/github/github-urls.ts";

describe("graphqlUrlOf", () => {
  it.each([
    ["https://api.github.com", "https://api.github.com/graphql"],
    ["https://api.github.com/", "https://api.github.com/graphql"],
    ["http://127.0.0.1:4010", "http://127.0.0.1:4010/graphql"],
    ["https://ghe.acme.test/api/v3", "https://ghe.acme.test/api/graphql"],
    ["https://ghe.acme.test/api/v3/", "https://ghe.acme.test/api/graphql"],
  ])("follows %s", (apiUrl, expected) => {
    expect(graphqlUrlOf(apiUrl)).toBe(expected);
  });
});

describe("githubUrlsProblem", () => {
  it("accepts an address alone and the one that belongs to it", () => {
    expect(githubUrlsProblem("https://api.github.com", null)).toBeNull();
    expect(
      githubUrlsProblem("https://api.github.com", "https://api.github.com/graphql"),
    ).toBeNull();
    const enterprise = "https://ghe.acme.test/api/v3";
    expect(githubUrlsProblem(enterprise, "https://ghe.acme.test/api/graphql")).toBeNull();
  });

  it("refuses a contradicting GraphQL address and says which one belongs there", () => {
    const problem = githubUrlsProblem("http://127.0.0.1:4010", "https://api.github.com/graphql");
    expect(problem).toContain("Remove GITHUB_GRAPHQL_URL or write http://127.0.0.1:4010/graphql.");
  });

  it.each(["api.github.com", "ftp://api.github.com", "https://me:secret@api.github.com"])(
    "refuses %s, and never repeats a password",
    (apiUrl) => {
      const problem = githubUrlsProblem(apiUrl, null);
      expect(problem).toContain("GITHUB_API_URL");
      expect(problem).not.toContain("secret");
    },
  );
});
