import { Probot } from "probot";
import { describe, expect, it } from "vitest";
import { githubWebhooks } from "../../../src/gate/github-webhooks.ts";
import type { RunningGate } from "../../../src/gate/run-gate.ts";
import type { ReviewSighting } from "../../../src/gate/sighting.ts";

const bob = { id: 1002, login: "bob", type: "User" };
const heidi = { id: 1005, login: "heidi", type: "User" };

/** Delivers a review's webhook and returns what the gate was told. */
async function deliver(action: string, changes: object = {}) {
  const saw: ReviewSighting[] = [];
  const looks: number[] = [];
  const running: RunningGate = {
    lookAt: (pull) => looks.push(pull),
    saw: (sighting) => saw.push(sighting),
    sawPush: () => undefined,
    incidentChanged: () => undefined,
    sweepNow: () => undefined,
    whyStopped: () => null,
    whyRetired: () => null,
    stopped: Promise.resolve(),
  };
  const probot = new Probot({ githubToken: "test", logLevel: "fatal" });
  await probot.load(githubWebhooks(running, { repositoryId: 1, governedBranch: "main" }));
  const review = {
    ...{ id: 71, state: "dismissed", commit_id: "a".repeat(40), user: bob },
    submitted_at: "2026-11-21T10:00:00Z",
  };
  const payload = {
    ...{ action, review, sender: heidi, repository: { id: 1 } },
    pull_request: { number: 7, base: { ref: "main" } },
    ...changes,
  };
  const event = { id: "d-1", name: "pull_request_review", payload };
  await probot.receive(event as unknown as Parameters<typeof probot.receive>[0]);
  return { saw, looks };
}

describe("githubWebhooks", () => {
  it.each(["dismissed", "edited"] as const)(
    "takes a review that was %s for a change, never for an observation",
    async (change) => {
      const { saw, looks } = await deliver(change);
      expect(saw).toEqual([
        {
          ...{ change, pull: 7, review: 71, reviewer: bob, by: heidi },
          ...{ state: "DISMISSED", commit: "a".repeat(40), delivery: "d-1" },
        },
      ]);
      expect(looks).toEqual([7]);
    },
  );

  it("takes a submitted review for an observation", async () => {
    const { saw } = await deliver("submitted");
    expect(saw).toMatchObject([{ pull: 7, review: 71, baseRef: "main", delivery: "d-1" }]);
    expect(saw.filter((one) => "change" in one)).toEqual([]);
  });

  it("looks, and records nothing, when the reviewer is gone or the commit is not named", async () => {
    const review = { id: 71, state: "dismissed", commit_id: null, submitted_at: null, user: bob };
    expect(await deliver("dismissed", { review })).toEqual({ saw: [], looks: [7] });
    const ghost = { ...review, commit_id: "a".repeat(40), user: null };
    expect(await deliver("edited", { review: ghost })).toEqual({ saw: [], looks: [7] });
  });

  it("ignores another repository", async () => {
    expect(await deliver("dismissed", { repository: { id: 2 } })).toEqual({ saw: [], looks: [] });
  });
});
