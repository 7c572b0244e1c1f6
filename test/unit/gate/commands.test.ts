import { beforeEach, describe, expect, it } from "vitest";
import { answerMark } from "../../../src/core/render/render-answers.ts";
import { account } from "../../support/snapshot/cast.ts";
import { ordinaryText } from "../../support/snapshot/request-text.ts";
import { gateScene, request, requestName } from "./gate-scene.ts";
import type { GateScene } from "./gate-scene.ts";

let scene: GateScene;
beforeEach(async () => {
  scene = await gateScene();
});

const answers = (): readonly string[] =>
  (scene.world.comments.get(7) ?? [])
    .filter(({ via }) => via === "own-app")
    .map(({ body }) => body);
const outcomes = (): readonly string[] => scene.entries("command").map(({ result }) => result.code);

describe("commands on a request", () => {
  it("withdraws it for good: on record, answered, refused and closed", async () => {
    scene.open({ number: 7 });
    scene.comment(7, "alice", "/access withdraw");
    await scene.look(7);
    expect(outcomes()).toEqual(["CMD-WITHDRAWN"]);
    expect(scene.entries("ending")).toMatchObject([
      {
        inputs: { request: requestName, pull: 7, by: { login: "alice" } },
        result: { cause: "withdrawn" },
      },
    ]);
    expect(scene.published.at(-1)).toMatchObject({ conclusion: "failure" });
    expect(scene.world.pulls.get(7)?.state).toBe("closed");
    expect(answers()).toHaveLength(1);
    expect(answers()[0]).toContain("CMD-WITHDRAWN");
    // Reopening starts nothing again.
    Object.assign(scene.world.pulls.get(7) ?? {}, { state: "open" });
    const reviews = [scene.review(7, "bob"), scene.review(7, "carol")];
    await scene.look(7, reviews);
    expect(scene.published.at(-1)).toMatchObject({ conclusion: "failure" });
    expect(scene.world.pulls.get(7)?.state).toBe("closed");
  });

  it("carries out a comment once, whatever is looked at again", async () => {
    scene.open({ number: 7 });
    scene.comment(7, "bob", "/access withdraw");
    await scene.look(7);
    await scene.look(7);
    expect(outcomes()).toEqual(["CMD-NOT-REQUESTER"]);
    expect(answers()).toHaveLength(1);
    expect(scene.world.pulls.get(7)?.state).toBe("open");
  });

  it("answers every command in the same comment of ours, the newest first", async () => {
    scene.open({ number: 7 });
    scene.comment(7, "mallory", `${answerMark} not ours`);
    scene.comment(7, "bob", "/access approve");
    await scene.look(7);
    scene.comment(7, "frank", "/access cancel reason=duplicate ticket=OPS-1");
    await scene.look(7);
    expect(outcomes()).toEqual(["CMD-MALFORMED", "CMD-ROLE"]);
    expect(answers()).toHaveLength(1);
    expect(answers()[0]).toMatch(/CMD-ROLE[^]+CMD-MALFORMED/u);
    const theirs = scene.world.comments.get(7)?.find(({ author }) => author?.login === "mallory");
    expect(theirs?.body).toBe(`${answerMark} not ours`);
  });

  it("writes the answer again when it was lost after the entry", async () => {
    scene.open({ number: 7 });
    scene.comment(7, "bob", "/access withdraw");
    await scene.look(7);
    const written = (scene.world.comments.get(7) ?? []).filter(({ via }) => via === "hand");
    scene.world.comments.set(7, written);
    await scene.look(7);
    expect(answers()).toHaveLength(1);
    expect(outcomes()).toHaveLength(1);
  });

  it.each([
    ["edited", "alice", { edited: "yes" }],
    ["sent through another App", "alice", { via: "other-app" }],
    ["of a bot", "dependabot[bot]", {}],
    ["of a deleted account", "ghost", {}],
  ] as const)("takes a comment that is %s for no command", async (_, login, more) => {
    scene.open({ number: 7 });
    scene.comment(7, login, "/access withdraw", more);
    await scene.look(7);
    expect(outcomes()).toEqual([]);
    expect(answers()).toEqual([]);
    expect(scene.world.pulls.get(7)?.state).toBe("open");
  });

  it("records a request that was not approved in time, says so and closes it", async () => {
    scene.open({ number: 7, parts: { createdAt: "2026-11-17T08:00:00Z" } });
    await scene.look(7);
    expect(scene.entries("expired-unapproved")).toMatchObject([
      { inputs: { pull: 7, request: requestName } },
    ]);
    expect(answers()[0]).toContain("expired unapproved");
    expect(scene.world.pulls.get(7)?.state).toBe("closed");
    await scene.look(7);
    expect(scene.entries("expired-unapproved")).toHaveLength(1);
  });

  it("records nothing for strangers, however much they write", async () => {
    scene.open({ number: 7 });
    for (let times = 0; times < 30; times += 1) scene.comment(7, "mallory", "/access withdraw");
    scene.comment(7, "alice", "/access withdraw");
    await scene.look(7);
    expect(outcomes()).toEqual(["CMD-WITHDRAWN"]);
  });

  it.each([
    ["a surrogate pair where it is cut", `/access ${"a".repeat(991)}😀`],
    ["a command and then other text, far below", `/access withdraw${"\n".repeat(1_000)}no!`],
  ])("refuses what is too long: %s", async (_, text) => {
    scene.open({ number: 7 });
    scene.comment(7, "alice", text);
    await scene.look(7);
    expect(outcomes()).toEqual(["CMD-MALFORMED"]);
    expect(scene.world.pulls.get(7)?.state).toBe("open");
  });

  it("is not slowed down by a comment of line breaks", async () => {
    scene.open({ number: 7 });
    scene.comment(7, "alice", `${"\n".repeat(65_000)}x`);
    await scene.look(7);
    expect(outcomes()).toEqual([]);
  });

  it("waits with a command while not everything can be read, and carries it out afterwards", async () => {
    scene.open({ number: 7 });
    await scene.look(7);
    const one = scene.world.pulls.get(7);
    Object.assign(one ?? {}, { missing: [{ fact: "reviews", reason: "Timeout." }] });
    scene.comment(7, "erin", "/access cancel reason=duplicate ticket=OPS-1");
    await scene.look(7);
    expect(outcomes()).toEqual([]);
    Object.assign(one ?? {}, { missing: [] });
    await scene.look(7);
    expect(outcomes()).toEqual(["CMD-CANCELLED"]);
  });

  it("decides and publishes although nobody can be answered", async () => {
    scene.open({ number: 7 });
    const refuse = (): Promise<never> => Promise.reject(new Error("2,500 comments are enough."));
    const { conversation } = scene.gate;
    Object.assign(scene.gate, { conversation: { ...conversation, answer: refuse } });
    scene.comment(7, "frank", "/access withdraw");
    await scene.look(7);
    expect(outcomes()).toEqual(["CMD-NOT-REQUESTER"]);
    expect(scene.published).toHaveLength(1);
    Object.assign(scene.gate, { conversation: { ...conversation, comments: refuse } });
    await scene.look(7, [scene.review(7, "bob"), scene.review(7, "carol")]);
    expect(scene.entries("merge")).toHaveLength(1);
  });

  it("lets nobody withdraw what they only wrote themselves into", async () => {
    scene.open({ number: 7 });
    await scene.look(7);
    const one = scene.world.pulls.get(7);
    if (one === undefined) throw new Error("It was opened.");
    const text = ordinaryText(requestName).replace("requester: alice", "requester: frank");
    const head = scene.mirror.commit({ parents: [one.headOid], files: { [request]: text } });
    scene.mirror.setPull(7, head);
    const who = { name: "frank", email: "frank@users.noreply.example", account: account("frank") };
    const commit = { oid: head, authors: [who], committer: who, signedByForge: false };
    Object.assign(one, { headOid: head, commits: [...one.commits, commit] });
    await scene.look(7);
    scene.comment(7, "frank", "/access withdraw");
    await scene.look(7);
    expect(outcomes()).toEqual(["CMD-NOT-REQUESTER"]);
  });

  it("claims every name that a pull request uses, so that nobody ends it by taking the name", async () => {
    scene.open({ number: 7 });
    await scene.look(7);
    const one = scene.world.pulls.get(7);
    if (one === undefined) throw new Error("It was opened.");
    const renamed = request.replace("settlement", "renamed");
    const text = ordinaryText(requestName.replace("settlement", "renamed"));
    const head = scene.mirror.commit({
      parents: [one.headOid],
      files: { [request]: null, [renamed]: text },
    });
    scene.mirror.setPull(7, head);
    const commit = { ...one.commits[0], oid: head };
    Object.assign(one, { headOid: head, commits: [...one.commits, commit], paths: [renamed] });
    await scene.look(7);
    expect(
      scene.entries("request").map(({ inputs, result }) => [inputs.pull, result.name]),
    ).toEqual([
      [7, requestName],
      [7, requestName.replace("settlement", "renamed")],
    ]);
    scene.open({ number: 9, author: "frank", files: { [renamed]: text } });
    scene.comment(9, "frank", "/access withdraw");
    await scene.look(9);
    expect(outcomes()).toEqual(["CMD-NOT-ITS-NAME"]);
    expect(scene.entries("ending")).toEqual([]);
  });

  it("keeps who cancelled from being undone by a later command", async () => {
    scene.open({ number: 7 });
    scene.comment(7, "erin", "/access cancel reason=duplicate ticket=OPS-1");
    scene.comment(7, "alice", "/access withdraw");
    await scene.look(7);
    expect(outcomes()).toEqual(["CMD-CANCELLED", "CMD-ENDED"]);
    expect(scene.entries("ending").map(({ result }) => result.cause)).toEqual(["cancelled"]);
  });
});

describe("ending access early", () => {
  const mergeApproved = async (): Promise<void> => {
    scene.open({ number: 7 });
    await scene.look(7, [scene.review(7, "bob"), scene.review(7, "carol")]);
    expect(scene.entries("merge")).toHaveLength(1);
  };

  it("records a revocation by who asked, on the merged pull request", async () => {
    await mergeApproved();
    scene.comment(7, "alice", "/access revoke reason=done");
    await scene.look(7);
    expect(outcomes()).toEqual(["CMD-REVOKED"]);
    expect(scene.entries("ending")).toMatchObject([
      { inputs: { request: requestName }, result: { cause: "revoked" } },
    ]);
    expect(scene.entries("violation")).toEqual([]);
  });

  it("records what a removal by an owner ends, before anything is merged", async () => {
    await mergeApproved();
    scene.open({ number: 8, author: "heidi", files: { [request]: null } });
    await scene.look(8);
    expect(scene.entries("ending")).toMatchObject([
      { inputs: { request: requestName, pull: 8, by: { login: "heidi" }, comment: null } },
    ]);
    expect(scene.published.at(-1)?.conclusion).not.toBe("success");
    await scene.look(8);
    expect(scene.entries("ending")).toHaveLength(1);
  });

  it("ends nothing through somebody else's pull request that a stranger pushed to", async () => {
    await mergeApproved();
    scene.open({ number: 8, author: "carol", files: { [request]: null } });
    const one = scene.world.pulls.get(8);
    const who = { name: "frank", email: "frank@users.noreply.example", account: account("frank") };
    const commits = one?.commits.map((commit) => ({ ...commit, authors: [who], committer: who }));
    Object.assign(one ?? {}, { commits });
    await scene.look(8);
    expect(scene.entries("ending")).toEqual([]);
  });

  it("ends nothing for a removal by somebody whose business it is not", async () => {
    await mergeApproved();
    scene.open({ number: 8, author: "frank", files: { [request]: null } });
    await scene.look(8);
    expect(scene.entries("ending")).toEqual([]);
  });
});
