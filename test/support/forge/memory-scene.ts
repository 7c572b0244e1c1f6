import { createHash } from "node:crypto";
import { memoryForge } from "../../../src/adapters/memory/memory-forge.ts";
import { memoryPull, memoryWorld } from "../../../src/adapters/memory/memory-world.ts";
import type { Account } from "../../../src/core/model/account.ts";
import type { ForgeScene } from "./forge-contract.ts";

/** Sets the scene of the contract in memory. */
export function memoryScene(): Promise<ForgeScene> {
  const roles = { path: "governance/ROLES", mode: "100644", oid: oid("roles") };
  const world = memoryWorld({
    governance: [{ ...roles, text: "[approver]\n* @acme/risk\n" }],
    teams: new Map([["risk", [account(1003, "carol"), account(1010, "judy")]]]),
  });
  const pullOf = (number: number) => {
    const pull = world.pulls.get(number);
    if (pull === undefined) throw new Error(`the scene has no pull request ${number}`);
    return pull;
  };
  const forge = memoryForge(world);
  return Promise.resolve({
    ...{ reader: forge, writer: forge },
    openPull(headRef, path) {
      const number = world.pulls.size + 1;
      const headOid = oid(headRef);
      const author = account(1001, "alice");
      world.pulls.set(number, memoryPull({ number, author, headRef, headOid, paths: [path] }));
      return Promise.resolve({ number, head: headOid });
    },
    push(number) {
      const pull = pullOf(number);
      pull.headOid = oid(`${pull.headOid} pushed`);
      return Promise.resolve(pull.headOid);
    },
    approve(number) {
      const pull = pullOf(number);
      const seen = { submittedAt: world.now().toISOString(), commit: pull.headOid };
      pull.reviews = [
        { id: 1, author: account(1002, "bob"), state: "APPROVED", ...seen, dismissal: null },
      ];
      return Promise.resolve();
    },
    closePull(number) {
      const pull = pullOf(number);
      pull.state = "closed";
      pull.events = [
        { kind: "closed", at: world.now().toISOString(), actor: pull.author, heads: null },
      ];
      return Promise.resolve();
    },
    conclusions: (head) => Promise.resolve([world.checks.get(head)?.conclusion ?? null]),
    stop: () => Promise.resolve(),
  });
}

function account(id: number, login: string): Account {
  return { id, login, type: "User" };
}

function oid(text: string): string {
  return createHash("sha1").update(text).digest("hex");
}
