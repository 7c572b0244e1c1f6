import { describe, expect, test } from "vitest";
import type { Governance } from "../../../../src/core/model/governance.ts";
import { checkCatalogue } from "../../../../src/core/parse/check-catalogue.ts";
import { parseGovernance } from "../../../../src/core/parse/parse-governance.ts";
import { parseRequest } from "../../../../src/core/parse/parse-request.ts";
import { exampleFiles, examplePath, exampleText } from "../../../cases/parse/example.ts";

const parsedGovernance = parseGovernance(exampleFiles);
const parsedRequest = parseRequest(examplePath, exampleText);
if (!parsedGovernance.ok || !parsedRequest.ok) throw new Error("the example is wrong");
const governance = parsedGovernance.value;
const request = parsedRequest.value;

describe("checkCatalogue", () => {
  test("says what is wrong with bytes it cannot place anything in", () => {
    const problems = checkCatalogue(request, governance, examplePath, new Uint8Array([0xff]));
    expect(problems.map(({ code }) => code)).toEqual(["not-utf8"]);
  });

  test("a limit or a duration that cannot be read is never within the limit", () => {
    const policies = governance.policies.map((policy) => ({
      ...policy,
      spec: { ...policy.spec, limits: { ...policy.spec.limits, maxDuration: "for ever" } },
    }));
    const limitless: Governance = { ...governance, policies };
    const endless = { ...request, spec: { ...request.spec, duration: "for ever" } };
    for (const [asked, given] of [
      [request, limitless],
      [endless, governance],
      [endless, limitless],
    ] as const) {
      const problems = checkCatalogue(asked as typeof request, given, examplePath, exampleText);
      expect(problems.map(({ code }) => code)).toEqual(["too-long-duration"]);
    }
  });
});
