import { expect, it } from "vitest";
import { requesterSet } from "../../../../src/core/evaluate/requester-set.ts";
import { headOid, opened } from "../../../support/snapshot/build-snapshot.ts";
import { account, exampleGovernance } from "../../../support/snapshot/cast.ts";
import { openRequest } from "../../../support/snapshot/open-request.ts";

it("whoever deleted the branch in between is one of those who asked", () => {
  const push = { at: opened, touchesGoverned: true };
  const pushes = [
    { ...push, before: "1".repeat(40), after: null, actor: account("bob") },
    { ...push, before: null, after: headOid, actor: account("alice") },
  ];
  const { people, unresolved } = requesterSet(openRequest({ pull: { pushes } }), exampleGovernance);
  expect(people.get("bob")).toEqual(["deleted the branch"]);
  expect(people.get("carol")).toBeUndefined();
  expect(unresolved).toEqual([]);
});

it("says once of somebody what they did twice", () => {
  const push = { after: headOid, at: opened, touchesGoverned: true };
  const pushes = [
    { ...push, before: null, actor: account("bob") },
    { ...push, before: "1".repeat(40), actor: account("bob") },
  ];
  const { people } = requesterSet(openRequest({ pull: { pushes } }), exampleGovernance);
  expect(people.get("bob")).toEqual(["pushed aaaaaaaa"]);
});
