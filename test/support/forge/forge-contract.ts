import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ForgeReader } from "../../../src/ports/forge-reader.ts";
import type { Check, ForgeWriter } from "../../../src/ports/forge-writer.ts";

/** A forge with the repository `acme/access`, whose team `risk` is carol (1003) and judy (1010). */
export interface ForgeScene {
  readonly reader: ForgeReader;
  readonly writer: ForgeWriter;
  /** Lets alice (1001) open a pull request that adds one file. */
  openPull(branch: string, path: string): Promise<{ number: number; head: string }>;
  /** Moves the head by one more commit of alice; gives the new head. */
  push(number: number): Promise<string>;
  /** Lets bob (1002) approve the pull request. */
  approve(number: number): Promise<void>;
  /** Lets carol (1003) dismiss bob's approval. */
  dismiss(number: number): Promise<void>;
  closePull(number: number): Promise<void>;
  /** Lets bob replace the head by a commit of his own; gives the new head. */
  forcePush(number: number): Promise<string>;
  /** Lets alice delete a branch. */
  deleteBranch(branch: string): Promise<void>;
  /** Conclusions of all check runs named `countersign` on a head. */
  conclusions(head: string): Promise<readonly (string | null)[]>;
  stop(): Promise<void>;
}

const green: Check = { conclusion: "success", title: "Approved", summary: "yes", text: "all" };
const red: Check = { conclusion: "failure", title: "Denied", summary: "no", text: "none" };
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3})?Z$/;
const folder = "access-requests/payments-db";

/** Runs what both forge ports promise on one forge. Each test uses branches and files of its own. */
export function forgeContract(name: string, start: () => Promise<ForgeScene>): void {
  describe(`${name} keeps the promises of the forge ports`, () => {
    let scene: ForgeScene;
    beforeAll(async () => {
      scene = await start();
    });
    afterAll(() => scene.stop());

    it("shows a new pull request completely", async () => {
      const path = `${folder}/new.yaml`;
      const { number, head } = await scene.openPull("alice/new", path);
      const read = await scene.reader.readPull(number, ["risk", "no-such-team"]);
      expect(read).toMatchObject({
        repository: { id: 700001, owner: "acme", name: "access" },
        ...{ number, state: "open", draft: false, crossRepository: false, headOid: head },
        author: { id: 1001, login: "alice", type: "User" },
        ...{ baseRef: "main", headRef: "alice/new", mergedAt: null, mergeCommit: null },
        ...{ paths: [path], reviews: [], events: [], missing: [] },
        commits: [{ oid: head }],
        teams: [{ slug: "risk" }, { slug: "no-such-team", members: null }],
      });
      expect(read.commits[0]?.authors.map(({ account }) => account?.id)).toEqual([1001]);
      const members = read.teams[0]?.members?.map(({ id }) => id) ?? [];
      expect(members.toSorted()).toEqual([1003, 1010]);
      const roles = read.governance.files.find((file) => file.path === "governance/ROLES");
      expect(roles).toMatchObject({ mode: "100644", text: "[approver]\n* @acme/risk\n" });
    });

    it("shows a review with its author's id, and an event that voids it", async () => {
      const { number, head } = await scene.openPull("alice/reviewed", `${folder}/reviewed.yaml`);
      await scene.approve(number);
      await scene.closePull(number);
      const read = await scene.reader.readPull(number, []);
      expect(read.reviews).toMatchObject([
        {
          ...{ state: "APPROVED", commit: head, dismissal: null },
          author: { id: 1002, login: "bob", type: "User" },
        },
      ]);
      expect(read.events).toMatchObject([{ kind: "closed", heads: null }]);
      expect(read.state).toBe("closed");
    });

    it("says of a dismissed review who dismissed it and what it had said", async () => {
      const { number } = await scene.openPull("alice/dismissed", `${folder}/dismissed.yaml`);
      await scene.approve(number);
      await scene.dismiss(number);
      const { reviews, events, missing } = await scene.reader.readPull(number, []);
      const dismissal = { by: { id: 1003, login: "carol", type: "User" }, was: "APPROVED" };
      expect(reviews).toMatchObject([{ state: "DISMISSED", author: { id: 1002 }, dismissal }]);
      expect(reviews[0]?.dismissal?.at).toMatch(instant);
      expect([events, missing]).toEqual([[], []]);
    });

    it("tells every movement of a branch with who moved it, oldest first", async () => {
      const { tip } = (await scene.reader.readPull(1, [])).governance;
      const { number, head } = await scene.openPull("alice/moved", `${folder}/moved.yaml`);
      await scene.openPull("alice/moved-not", `${folder}/moved-not.yaml`);
      const pushed = await scene.push(number);
      const forced = await scene.forcePush(number);
      await scene.deleteBranch("alice/moved");
      const pushes = (await scene.reader.pushes("alice/moved")) ?? [];
      expect(pushes.map(({ before, after, actor }) => [before, after, actor?.id])).toEqual([
        [null, tip, 1001],
        [tip, head, 1001],
        [head, pushed, 1001],
        [pushed, forced, 1002],
        [forced, null, 1001],
      ]);
      expect(pushes[3]?.actor).toEqual({ id: 1002, login: "bob", type: "User" });
      const times = pushes.map(({ at }) => at);
      expect(times.every((at) => instant.test(at))).toBe(true);
      expect(times.toSorted()).toEqual(times);
      expect(await scene.reader.pushes("alice/never")).toEqual([]);
    });

    it("shows both heads of a force-push, and who wrote the commit that it took away", async () => {
      const { number, head } = await scene.openPull("alice/forced", `${folder}/forced.yaml`);
      const forced = await scene.forcePush(number);
      const read = await scene.reader.readPull(number, []);
      expect(read.headOid).toBe(forced);
      expect(read.events).toMatchObject([
        { kind: "force-pushed", actor: { id: 1002 }, heads: { before: head, after: forced } },
      ]);
      const nowhere = "1".repeat(40);
      const wanted = [forced, nowhere, head, forced, "main"];
      const commits = await scene.reader.commits(wanted);
      expect(
        commits.map(({ oid, authors }) => [oid, ...authors.map(({ account }) => account?.id)]),
      ).toEqual([
        [forced, 1002],
        [head, 1001],
      ]);
      expect(await scene.reader.commits([])).toEqual([]);
    });

    it("refuses a pull request that does not exist", async () => {
      const refused = scene.reader.readPull(4711, []);
      await expect(refused).rejects.toMatchObject({ name: "ForgeRefused", status: 404 });
    });

    it("lists open pull requests and those of a branch", async () => {
      const first = await scene.openPull("alice/one", `${folder}/one.yaml`);
      const second = await scene.openPull("alice/two", `${folder}/two.yaml`);
      await scene.closePull(first.number);
      const open = await scene.reader.openPulls();
      expect(open).toContain(second.number);
      expect(open).not.toContain(first.number);
      expect(open).toEqual(open.toSorted((a, b) => a - b));
      const closed = [{ number: first.number, state: "closed" }];
      expect(await scene.reader.pullsFromBranch("alice/one")).toEqual(closed);
      expect(await scene.reader.pullsFromBranch("alice")).toEqual([]);
    });

    it("keeps one check run a head, with the last state", async () => {
      const { head } = await scene.openPull("alice/checked", `${folder}/checked.yaml`);
      await scene.writer.publishCheck(head, { ...green, conclusion: "in_progress" });
      await scene.writer.publishCheck(head, red);
      await scene.writer.publishCheck(head, green);
      expect(await scene.conclusions(head)).toEqual(["success"]);
    });

    it("merges only the head that was named, only with a green check, and once", async () => {
      const { number, head } = await scene.openPull("alice/merged", `${folder}/merged.yaml`);
      const merge = (oid: string) => scene.writer.merge(number, oid, "Merge it", "Because");
      await scene.writer.publishCheck(head, red);
      expect(await merge(head)).toMatchObject({ outcome: "stale" });
      await scene.writer.publishCheck(head, green);
      const moved = await scene.push(number);
      expect(await merge(head)).toMatchObject({ outcome: "stale" });
      await scene.writer.publishCheck(moved, green);
      const outcome = await merge(moved);
      expect(outcome.outcome).toBe("merged");
      expect(await merge(moved)).toMatchObject({ outcome: "stale" });
      const read = await scene.reader.readPull(number, []);
      const commit = outcome.outcome === "merged" ? outcome.commit : "none";
      expect(read).toMatchObject({ state: "merged", mergeCommit: commit });
      expect(read.governance.tip).toBe(commit);
      expect(read.mergedAt).not.toBeNull();
    });

    it("opens a removal once, however often it is asked", async () => {
      const path = `${folder}/ended.yaml`;
      const { number, head } = await scene.openPull("alice/ended", path);
      await scene.writer.publishCheck(head, green);
      await scene.writer.merge(number, head, "Merge it", "Because");
      const { governance } = await scene.reader.readPull(number, []);
      const branch = "revert/ended/1";
      const removal = {
        branch,
        tip: governance.tip,
        paths: [path],
        title: "Remove it",
        body: "It ended.",
      };
      const first = await scene.writer.openRemoval(removal);
      expect(await scene.writer.openRemoval(removal)).toEqual(first);
      const read = await scene.reader.readPull(first.pull, []);
      expect(read).toMatchObject({ state: "open", headRef: branch, paths: [path], missing: [] });
      expect(read.author).toMatchObject({ login: "countersign-gate[bot]", type: "Bot" });
    });

    it("refuses to remove what is not there", async () => {
      const { governance } = await scene.reader.readPull(1, []);
      const path = `${folder}/never.yaml`;
      const removal = {
        branch: "revert/never/1",
        tip: governance.tip,
        paths: [path],
        title: "x",
        body: "x",
      };
      const refused = scene.writer.openRemoval(removal);
      await expect(refused).rejects.toMatchObject({ name: "ForgeRefused", status: 404 });
    });
  });
}
