import { rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { approve, merged } from "../../src/bin/demo/forge-view.ts";
import { waitFor } from "../../src/bin/demo/wait-for.ts";
import { giveCommand } from "../support/e2e/give-command.ts";
import { freshClone, ledgerEntries } from "../support/e2e/ledger-entries.ts";
import { role, startLiveWorld } from "../support/e2e/live-world.ts";
import type { LiveWorld } from "../support/e2e/live-world.ts";
import { runCli } from "../support/e2e/run-cli.ts";
import { extensionText, ordinaryText } from "../support/snapshot/request-text.ts";

let world: LiveWorld;
let secondsToGrant = 0;
beforeAll(async () => {
  world = await startLiveWorld();
  await world.startExecutor();
});
afterAll(() => world.stop());

const pathOf = (name: string): string => `access-requests/payments-db/${name}.yaml`;

/** Has a request approved and merged, and returns its pull request. */
async function granted(name: string, text: string): Promise<number> {
  const { pull } = await world.openPull({ [pathOf(name)]: text });
  await approve(world.view, world.as("bob"), pull);
  await approve(world.view, world.as("carol"), pull);
  await merged(world.view, pull, 40);
  return pull;
}

/** Why the access of a request ended, once the ledger says that it was read back as gone. */
async function causeOf(name: string): Promise<string> {
  return waitFor(`the end of ${name} to be recorded`, 90, async () => {
    const entries = await ledgerEntries(world, "audit/executions");
    const isOver = entries.some(
      (entry) =>
        (entry.type === "revoke" || entry.type === "nothing-to-do") &&
        entry.inputs.grant.request === name,
    );
    const intent = entries.find(
      (entry) => entry.type === "revoke-intent" && entry.inputs.grant.request === name,
    );
    if (!isOver || intent?.type !== "revoke-intent") return { seen: `${entries.length} entries` };
    return { found: intent.inputs.cause };
  });
}

/** When the grant of a request ends, as its intent on the ledger says. */
async function endOf(name: string): Promise<number> {
  return waitFor(`the intent of ${name}`, 25, async () => {
    const entries = await ledgerEntries(world, "audit/executions");
    const intent = entries.find(
      (entry) => entry.type === "grant-intent" && entry.result.grant.request === name,
    );
    if (intent?.type !== "grant-intent") return { seen: `${entries.length} entries` };
    return { found: Date.parse(intent.result.grant.expiresAt) };
  });
}

describe("access that ends before its time, or later", { timeout: 240_000 }, () => {
  it("I10: nobody cancels what is in effect; who asked revokes it, at the target, at once", async () => {
    const pull = await granted("revoked", ordinaryText("revoked"));
    await world.aliceHolds(role);
    const cancel = "/access cancel reason=duplicate ticket=OPS-8";
    await giveCommand(world, pull, { login: "erin", text: cancel, code: "CMD-IN-EFFECT" });
    const revoke = "/access revoke reason=done";
    await giveCommand(world, pull, { login: "frank", text: revoke, code: "CMD-ROLE" });
    await giveCommand(world, pull, { login: "alice", text: revoke, code: "CMD-REVOKED" });
    await world.aliceHolds("nothing");
    expect(await causeOf("revoked")).toBe("revoked");
    await giveCommand(world, pull, { login: "erin", text: cancel, code: "CMD-ENDED" });
  });

  it("ends when an owner opens its removal, and the removal is merged once it was read back as gone", async () => {
    const asked = Date.now();
    await granted("removed", ordinaryText("removed"));
    await world.aliceHolds(role);
    secondsToGrant = Math.ceil((Date.now() - asked) / 1000);
    const work = join(world.folder, "removal");
    const git = await world.as("heidi").clone(work);
    await git.checkoutLocalBranch("remove-it");
    await rm(join(work, pathOf("removed")));
    await git.add(pathOf("removed"));
    await git.commit("Remove it");
    await git.push("origin", "remove-it");
    const { owner, repo } = world.view;
    const { data } = await world.as("heidi").github.pulls.create({
      ...{ owner, repo, title: "Remove it", head: "remove-it", base: "main" },
    });
    await world.aliceHolds("nothing");
    await merged(world.view, data.number, 60);
    expect(await causeOf("removed")).toBe("revoked");
  });

  it("goes on without a gap through an extension, and ends when that ends", async () => {
    // The extension has to be in effect before the first ends: how long that takes here is what the last grant took.
    const seconds = 20 + 3 * secondsToGrant;
    await granted("short", ordinaryText("short").replace("PT4H", `PT${seconds}S`));
    await world.aliceHolds(role);
    const end = await endOf("short");
    await granted("longer", extensionText("longer", "short").replace("PT4H", `PT${seconds}S`));
    const later = await endOf("longer");
    expect(later).toBeGreaterThan(end);
    expect(await causeOf("short")).toBe("expired");
    const held = await world.roles("alice");
    expect(Date.now() < later ? held : [role]).toEqual([role]);
    expect(await causeOf("longer")).toBe("expired");
    await world.aliceHolds("nothing");
  });

  it("leaves evidence in which an auditor finds nothing wrong", async () => {
    const clone = await freshClone(world);
    const { exitCode, stdout } = await runCli([
      ...["audit", "verify", "--repo", clone, "--root", world.world.trustRoot, "--json"],
    ]);
    expect(JSON.parse(stdout)).toMatchObject({ findings: [], doubts: [], exitCode: 0 });
    expect(exitCode).toBe(0);
  });
});
