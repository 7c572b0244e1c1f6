import { describe, expect, it } from "vitest";
import { incidentText } from "../../../../src/core/model/emergency.ts";
import {
  incidentReference,
  recordedIncident,
} from "../../../../src/core/parse/incident-reference.ts";

const seven = { owner: "acme", repository: "access", number: 7 };

describe("incidentReference", () => {
  it.each([
    ["in full", "acme/access#7", ["acme/access", "acme/other"]],
    ["in any case", "ACME/Access#7", ["acme/access"]],
    ["by its number where one repository is allowed", "#7", ["acme/access"]],
  ])("reads an incident %s", (_, id, repositories) => {
    expect(incidentReference(id, repositories)).toEqual(seven);
  });

  it.each([
    ["by its number where several are allowed", "#7", ["acme/access", "acme/other"]],
    ["where none is allowed", "#7", []],
    ["in another repository", "mallory/mine#7", ["acme/access"]],
    ["without a number", "acme/access", ["acme/access"]],
    ["with a number that is none", "acme/access#07", ["acme/access"]],
    ["with two numbers", "acme/access#7#8", ["acme/access"]],
    ["in a repository without an owner", "access#7", ["access"]],
  ])("reads none %s", (_, id, repositories) => {
    expect(incidentReference(id, repositories)).toBeNull();
  });
});

describe("recordedIncident", () => {
  it("reads what incidentText wrote", () => {
    expect(recordedIncident(incidentText(seven))).toEqual(seven);
  });

  it.each(["", "acme/access", "#7", "access#7", "acme/access#7#8", "acme/access#7\n#8"])(
    "reads nothing else: %j",
    (text) => {
      expect(recordedIncident(text)).toBeNull();
    },
  );
});
