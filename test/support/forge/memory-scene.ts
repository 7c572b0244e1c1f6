import { createHash } from "node:crypto";
import { memoryForge } from "../../../src/adapters/memory/memory-forge.ts";
import { memoryPull, memoryWorld } from "../../../src/adapters/memory/memory-world.ts";
import type { MemoryPull } from "../../../src/adapters/memory/memory-world.ts";
import type { Account } from "../../../src/core/model/account.ts";
import type { ForgeScene } from "./forge-contract.ts";

/** Sets the scene of the contract in memory. */
export function memoryScene(): Promise<ForgeScene> {
  const roles = { path: "governance/ROLES", mode: "100644", oid: oid("roles") };
  const world = memoryWorld({
    governance: [{ ...roles, text: "[approver]\n* @acme/risk\n" }],
    teams: new Map([["risk", [carol, account(1010, "judy")]]]),
  });
  const pullOf = (number: number) => {
    const pull = world.pulls.get(number);
    if (pull === undefined) throw new Error(`the scene has no pull request ${number}`);
    return pull;
  };
  const forge = memoryForge(world);
  const moved = (branch: string, by: Account, before: string | null, after: string | null) => {
    const earlier = world.pushes?.get(branch) ?? [];
    const push = { before, after, at: world.now().toISOString(), actor: by };
    world.pushes?.set(branch, [...earlier, push]);
  };
  const replaceHead = (pull: MemoryPull, by: Account): string => {
    const before = pull.headOid;
    pull.headOid = oid(`${before} replaced`);
    moved(pull.headRef, by, before, pull.headOid);
    return before;
  };
  return Promise.resolve({
    ...{ reader: forge, writer: forge },
    openPull(headRef, path) {
      const number = world.pulls.size + 1;
      const headOid = oid(headRef);
      world.pulls.set(
        number,
        memoryPull({ number, author: alice, headRef, headOid, paths: [path] }),
      );
      moved(headRef, alice, null, world.tip);
      moved(headRef, alice, world.tip, headOid);
      return Promise.resolve({ number, head: headOid });
    },
    push(number) {
      const pull = pullOf(number);
      replaceHead(pull, alice);
      return Promise.resolve(pull.headOid);
    },
    approve(number) {
      const pull = pullOf(number);
      const seen = { submittedAt: world.now().toISOString(), commit: pull.headOid };
      pull.reviews = [{ id: 1, author: bob, state: "APPROVED", ...seen, dismissal: null }];
      return Promise.resolve();
    },
    dismiss(number) {
      const pull = pullOf(number);
      const dismissal = { at: world.now().toISOString(), by: carol, was: "APPROVED" } as const;
      pull.reviews = pull.reviews.map((one) => ({ ...one, state: "DISMISSED", dismissal }));
      return Promise.resolve();
    },
    closePull(number) {
      const pull = pullOf(number);
      const at = world.now().toISOString();
      pull.state = "closed";
      pull.events = [{ kind: "closed", at, actor: pull.author, heads: null }];
      return Promise.resolve();
    },
    forcePush(number) {
      const pull = pullOf(number);
      for (const commit of pull.commits) world.commits.set(commit.oid, commit);
      const before = replaceHead(pull, bob);
      const { number: same, headOid, headRef } = pull;
      pull.commits = memoryPull({ number: same, author: bob, headOid, headRef }).commits;
      const heads = { before, after: headOid };
      const at = world.now().toISOString();
      pull.events = [...pull.events, { kind: "force-pushed", at, actor: bob, heads }];
      return Promise.resolve(headOid);
    },
    deleteBranch(branch) {
      const last = world.pushes?.get(branch)?.at(-1);
      moved(branch, alice, last?.after ?? null, null);
      return Promise.resolve();
    },
    conclusions: (head) => Promise.resolve([world.checks.get(head)?.conclusion ?? null]),
    stop: () => Promise.resolve(),
  });
}

const alice = account(1001, "alice");
const bob = account(1002, "bob");
const carol = account(1003, "carol");

function account(id: number, login: string): Account {
  return { id, login, type: "User" };
}

function oid(text: string): string {
  return createHash("sha1").update(text).digest("hex");
}
