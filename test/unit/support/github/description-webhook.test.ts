import { describe, expect, test } from "vitest";
import { validateWebhook } from "../../../support/github/description.ts";
import { samplePull } from "./sample-pull.ts";
import { sampleRepository } from "./sample-repository.ts";
import { sampleUser } from "./sample-user.ts";
import { without } from "./without.ts";

describe("validateWebhook", () => {
  const repository = { ...sampleRepository, custom_properties: {} };
  const opened = {
    action: "opened",
    number: 7,
    pull_request: samplePull,
    repository,
    sender: sampleUser("alice", 1001),
    installation: { id: 50, node_id: "I_50" },
  };

  test("accepts a pull request that was opened", () => {
    expect(validateWebhook("pull_request", opened)).toEqual([]);
  });

  test("accepts an event without an action", () => {
    expect(validateWebhook("ping", { zen: "Keep it logically awesome.", hook_id: 3 })).toEqual([]);
  });

  test.each([
    ["a missing key", without(opened, "sender"), "property 'sender'"],
    ["an unknown key", { ...opened, organisation: {} }, "/organisation is not in"],
    [
      "an unknown key in what two schemas describe together",
      { ...opened, pull_request: { ...samplePull, approved: true } },
      "/pull_request/approved is not in",
    ],
    ["a payload of another action", { ...opened, action: "synchronize" }, "property 'before'"],
    ["an action that is not in the slice", { ...opened, action: "labeled" }, "not in the slice"],
    ["a payload without its action", without(opened, "action"), "not in the slice"],
    ["no payload", null, "not in the slice"],
  ])("refuses %s", (_, payload, words) => {
    const problems = validateWebhook("pull_request", payload);
    expect(problems).toEqual(expect.arrayContaining([expect.stringContaining(words)]));
  });
});
