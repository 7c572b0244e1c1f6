import { expect, it } from "vitest";
import { decide } from "../../../../src/core/decide/decide.ts";
import { governanceDigests } from "../../../../src/core/decide/decision-digests.ts";
import { buildSnapshot, noon } from "../../../support/snapshot/build-snapshot.ts";
import type { Edit, Given } from "../../../support/snapshot/build-snapshot.ts";
import { exampleFiles } from "../../../support/snapshot/example-files.ts";

const given: Given = { reviews: [{ by: "bob" }, { by: "carol" }] };
const decided = (edit: readonly Edit[]) => decide(buildSnapshot({ ...given, edit }), noon);

it("a row of a decision table changes nothing about a decision", () => {
  const path = "governance/policy/privileged.test.yaml";
  const edit = { path, from: "eight hours are the longest", to: "not longer" };
  expect(decided([edit])).toEqual(decided([]));
});

it("a policy beside it is a part of what the decision rests on", () => {
  const path = "governance/policy/privileged.yaml";
  const edit = { path, from: "maxConcurrent: 3", to: "maxConcurrent: 2" };
  expect(decided([edit]).verdict).toBe("approved");
  expect(decided([edit]).digests.policy).not.toBe(decided([]).digests.policy);
});

it("the order in which the files of governance were read changes nothing", () => {
  const read = governanceDigests(exampleFiles);
  expect(governanceDigests(exampleFiles.toReversed())).toEqual(read);
  expect(new Set(Object.values(read)).size).toBe(4);
});
