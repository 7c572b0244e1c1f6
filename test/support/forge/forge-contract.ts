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
  closePull(number: number): Promise<void>;
  /** Conclusions of all check runs named `countersign` on a head. */
  conclusions(head: string): Promise<readonly (string | null)[]>;
  stop(): Promise<void>;
}

const green: Check = { conclusion: "success", title: "Approved", summary: "yes", text: "all" };
const red: Check = { conclusion: "failure", title: "Denied", summary: "no", text: "none" };
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
        { state: "APPROVED", commit: head, author: { id: 1002, login: "bob", type: "User" } },
      ]);
      expect(read.events).toMatchObject([{ kind: "closed" }]);
      expect(read.state).toBe("closed");
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
      const removal = { branch, tip: governance.tip, path, title: "Remove it", body: "It ended." };
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
        path,
        title: "x",
        body: "x",
      };
      const refused = scene.writer.openRemoval(removal);
      await expect(refused).rejects.toMatchObject({ name: "ForgeRefused", status: 404 });
    });
  });
}
