import { expect, test } from "vitest";
import { findRoute } from "../../../src/sandbox/http/router.ts";
import { routes } from "../../../src/sandbox/rest/routes.ts";

test.each([
  ["/repos/a/b/contents/one/two.yaml", "path", "one/two.yaml"],
  ["/repos/a/b/git/ref/heads/revert/x", "ref", "heads/revert/x"],
  ["/repos/a/b/branches/audit%2Fdecisions", "branch", "audit/decisions"],
  ["/repos/a/b/commits/audit/decisions/check-runs", "ref", "audit/decisions"],
  ["/users/gate%5Bbot%5D", "username", "gate[bot]"],
])("finds what %s names", (path, name, value) => {
  expect(findRoute(routes, "GET", path)?.params.get(name)).toBe(value);
});

test.each([
  ["GET", "/repos/a/b/pulls/1/nothing"],
  ["DELETE", "/repos/a/b/pulls/1"],
  ["GET", "/repos/a/b/pulls/1/"],
  ["GET", "/repos/a"],
])("finds nothing for %s %s", (method, path) => {
  expect(findRoute(routes, method, path)).toBeNull();
});
