import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { githubConversation } from "../../src/adapters/github/github-conversation.ts";
import { githubReader } from "../../src/adapters/github/github-reader.ts";
import { githubWriter } from "../../src/adapters/github/github-writer.ts";
import type { Check } from "../../src/ports/forge-writer.ts";
import { forgeContract } from "../support/forge/forge-contract.ts";
import { sandboxScene } from "../support/forge/sandbox-scene.ts";
import type { SandboxScene } from "../support/forge/sandbox-scene.ts";

forgeContract("GitHub's adapter on the sandbox", sandboxScene);

const green: Check = { conclusion: "success", title: "Approved", summary: "yes", text: "all" };
const folder = "access-requests/payments-db";

describe("GitHub's adapter on the sandbox", () => {
  let scene: SandboxScene;
  beforeAll(async () => {
    scene = await sandboxScene();
  });
  afterAll(() => scene.stop());

  it("reads 101 reviews completely", async () => {
    const { number } = await scene.openPull("alice/long", `${folder}/long.yaml`);
    for (let index = 0; index < 101; index += 1) {
      const body = { event: "COMMENT", body: `Thought ${index}` };
      await scene.as("bob", "POST", `/repos/acme/access/pulls/${number}/reviews`, body);
    }
    const read = await scene.reader.readPull(number, []);
    expect(new Set(read.reviews.map(({ id }) => id)).size).toBe(101);
    expect(read.missing).toEqual([]);
  });

  it("says that a dismissed denial was one", async () => {
    const { number } = await scene.openPull("alice/denied", `${folder}/denied.yaml`);
    const path = `/repos/acme/access/pulls/${number}/reviews`;
    await scene.as("bob", "POST", path, { event: "REQUEST_CHANGES", body: "No" });
    await scene.dismiss(number);
    const { reviews } = await scene.reader.readPull(number, []);
    const was = "CHANGES_REQUESTED";
    expect(reviews.map(({ dismissal }) => dismissal)).toMatchObject([{ by: { id: 1003 }, was }]);
  });

  it("reads 102 movements of a branch completely", { timeout: 60_000 }, async () => {
    const main = await scene.as("alice", "GET", "/repos/acme/access/git/ref/heads/main");
    const { sha } = main["object"] as { readonly sha: string };
    for (let round = 0; round < 51; round += 1) {
      const born = { ref: "refs/heads/alice/restless", sha };
      await scene.as("alice", "POST", "/repos/acme/access/git/refs", born);
      await scene.deleteBranch("alice/restless");
    }
    const pushes = (await scene.reader.pushes("alice/restless")) ?? [];
    expect(pushes).toHaveLength(102);
    const odd = pushes.filter(({ before, after }, index) =>
      index % 2 === 0 ? before !== null || after !== sha : before !== sha || after !== null,
    );
    expect(odd).toEqual([]);
  });

  it("cannot tell who pushed without the permission for contents", async () => {
    const narrow = await scene.signIn({ pull_requests: "read" });
    const place = { owner: "acme", repository: "access", governedBranch: "main" };
    expect(await githubReader({ octokit: narrow.reads, ...place }).pushes("main")).toBeNull();
    expect(await scene.reader.pushes("main")).not.toBeNull();
  });

  it("tells a command from one that somebody edited in the same second, and answers in one comment", async () => {
    const { number } = await scene.openPull("alice/talk", `${folder}/talk.yaml`);
    const talk = githubConversation({
      octokit: scene.app.octokit,
      ...{ owner: "acme", repository: "access", governedBranch: "main", appId: 55 },
    });
    const issue = `/repos/acme/access/issues/${number}/comments`;
    const write = async (login: string, body: string): Promise<number> => {
      const { id } = await scene.as(login, "POST", issue, { body });
      return Number(id);
    };
    const genuine = await write("alice", "/access withdraw");
    const changed = await write("alice", "Hm.");
    const path = `/repos/acme/access/issues/comments/${changed}`;
    await scene.as("bob", "PATCH", path, { body: "/access withdraw" });
    await talk.answer(number, null, "First.");
    const [, , own] = await talk.comments(number);
    await talk.answer(number, own?.id ?? null, "Second.");
    expect(await talk.comments(number)).toMatchObject([
      { id: genuine, author: { id: 1001 }, edited: "no", via: "hand" },
      { id: changed, edited: "yes", body: "/access withdraw" },
      { body: "Second.", via: "own-app" },
    ]);
    await talk.close(number);
    await talk.close(number);
    expect(await scene.reader.openPulls()).not.toContain(number);
  });

  it("says ForgeUnavailable when 502 does not end, also of who pushed", async () => {
    scene.sandbox.faults.fail("/repos/acme/access/activity", 502, 4);
    await expect(scene.reader.pushes("main")).rejects.toMatchObject({ name: "ForgeUnavailable" });
    scene.sandbox.faults.clear();
  });

  it.each(["/graphql", "/repos/acme/access/pulls", "/repos/acme/access/check-runs"])(
    "survives 502 three times on %s",
    async (path) => {
      const branch = `alice/broken${path.replaceAll("/", "-")}`;
      const { number, head } = await scene.openPull(branch, `${folder}/${branch.slice(6)}.yaml`);
      const before = statuses(scene).filter((status) => status === 502).length;
      scene.sandbox.faults.fail(path, 502, 3);
      expect((await scene.reader.readPull(number, [])).headOid).toBe(head);
      expect(await scene.reader.openPulls()).toContain(number);
      await scene.writer.publishCheck(head, green);
      expect(await scene.conclusions(head)).toEqual(["success"]);
      expect(statuses(scene).filter((status) => status === 502)).toHaveLength(before + 3);
    },
  );

  it("says ForgeUnavailable when 502 does not end", async () => {
    scene.sandbox.faults.fail("/graphql", 502, 4);
    const refused = scene.reader.readPull(1, []);
    await expect(refused).rejects.toMatchObject({ name: "ForgeUnavailable" });
    expect((await scene.reader.readPull(1, [])).number).toBe(1);
  });

  it("waits as a secondary rate limit asks", async () => {
    scene.sandbox.faults.limitRate("/repos/acme/access/pulls", 1, 2);
    expect(await scene.reader.openPulls()).toContain(1);
    scene.sandbox.faults.limitRate("/repos/acme/access/pulls", 90, 1);
    await expect(scene.reader.openPulls()).rejects.toMatchObject({
      name: "ForgeUnavailable",
      retryAfterSeconds: 90,
    });
  });

  it("gets a new token when GitHub no longer accepts the old one", async () => {
    scene.sandbox.faults.expireTokens();
    expect((await scene.reader.readPull(1, ["risk"])).missing).toEqual([]);
  });

  it("gives a token that git over HTTP accepts, and no other", async () => {
    const ask = (token: string) =>
      fetch(`${scene.sandbox.serverUrl}/acme/access.git/info/refs?service=git-upload-pack`, {
        headers: {
          authorization: `Basic ${Buffer.from(`x-access-token:${token}`).toString("base64")}`,
        },
      });
    const accepted = await ask(await scene.app.installationToken());
    expect(accepted.status).toBe(200);
    expect(await accepted.text()).toContain("refs/heads/main");
    expect((await ask("ghs_invented")).status).toBe(401);
  });

  it("has no more power than it asked for", async () => {
    const narrow = await scene.signIn({ contents: "read" });
    const place = { owner: "acme", repository: "access", governedBranch: "main" };
    const writer = githubWriter({
      octokit: narrow.octokit,
      reads: narrow.reads,
      ...place,
      appId: 55,
    });
    const { head } = await scene.openPull("alice/narrow", `${folder}/narrow.yaml`);
    const refused = writer.publishCheck(head, green);
    await expect(refused).rejects.toMatchObject({ name: "ForgeRefused", status: 403 });
    const wide = scene.signIn({ administration: "write" });
    const token = (await wide).installationToken();
    await expect(token).rejects.toMatchObject({ name: "ForgeRefused", status: 422 });
  });

  it.each(["branch", "commit"])(
    "opens a removal that a crash stopped after the %s",
    async (done) => {
      const path = `${folder}/crashed-${done}.yaml`;
      const { number, head } = await scene.openPull(`alice/crashed-${done}`, path);
      await scene.writer.publishCheck(head, green);
      const merged = await scene.writer.merge(number, head, "Merge it", "Because");
      const tip = merged.outcome === "merged" ? merged.commit : "none";
      const branch = `revert/crashed-${done}/1`;
      await scene.as("alice", "POST", "/repos/acme/access/git/refs", {
        ref: `refs/heads/${branch}`,
        sha: tip,
      });
      if (done === "commit") {
        const file = await scene.as("alice", "GET", `/repos/acme/access/contents/${path}`);
        const body = { message: "Remove it", sha: file["sha"], branch };
        await scene.as("alice", "DELETE", `/repos/acme/access/contents/${path}`, body);
      }
      const removal = { branch, tip, paths: [path], title: "Remove it", body: "It ended." };
      const { pull } = await scene.writer.openRemoval(removal);
      const read = await scene.reader.readPull(pull, []);
      expect(read.paths).toEqual([path]);
      expect(read.commits).toHaveLength(1);
      expect(read.commits[0]?.signedByForge).toBe(true);
    },
  );

  it("sent nothing to another host, and every REST exchange fits GitHub's description", () => {
    expect(scene.recording.foreign()).toEqual([]);
    expect(scene.recording.problems()).toEqual([]);
    expect(scene.recording.exchanges.length).toBeGreaterThan(150);
  });
});

function statuses(scene: SandboxScene): readonly number[] {
  return scene.recording.exchanges.map(({ status }) => status);
}
