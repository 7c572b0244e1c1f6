import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { approve, checkSays, ledgerSays, merged } from "../../src/bin/demo/forge-view.ts";
import { waitFor } from "../../src/bin/demo/wait-for.ts";
import { freshClone, ledgerEntries } from "../support/e2e/ledger-entries.ts";
import { role, startLiveWorld } from "../support/e2e/live-world.ts";
import type { LiveWorld } from "../support/e2e/live-world.ts";
import { runCli } from "../support/e2e/run-cli.ts";
import type { Running } from "../support/e2e/run-cli.ts";
import { ordinaryText } from "../support/snapshot/request-text.ts";

let world: LiveWorld;
let executor: Running;
beforeAll(async () => {
  world = await startLiveWorld();
  executor = await world.startExecutor();
});
afterAll(() => world.stop());

const longTimeout = { timeout: 240_000 };
const outage = { answers: 502, requests: 1_000_000 };

/** Opens a request for a few seconds of access and has everybody approve it; returns the pull request. */
async function approved(name: string): Promise<{ readonly pull: number; readonly head: string }> {
  const text = ordinaryText(name).replace("PT4H", "PT8S");
  const opened = await world.openPull({ [`access-requests/payments-db/${name}.yaml`]: text });
  await approve(world.view, world.as("bob"), opened.pull);
  await approve(world.view, world.as("carol"), opened.pull);
  return opened;
}

/** When the grant of a request ends, as its first intent on the ledger says. */
async function endOf(name: string): Promise<Date> {
  return waitFor(`the intent of ${name}`, 25, async () => {
    const entries = await ledgerEntries(world, "audit/executions");
    const intent = entries.find(
      (entry) => entry.type === "grant-intent" && entry.result.grant.request === name,
    );
    if (intent?.type !== "grant-intent") return { seen: `${entries.length} entries` };
    return { found: new Date(intent.result.grant.expiresAt) };
  });
}

async function revokesOf(name: string): Promise<number> {
  const entries = await ledgerEntries(world, "audit/executions");
  return entries.filter((entry) => entry.type === "revoke" && entry.inputs.grant.request === name)
    .length;
}

/** Waits until the revert pull request of a request is merged and recorded. */
async function reverted(name: string): Promise<void> {
  const { owner, repo } = world.view;
  const { pulls } = world.as("alice").github;
  const revert = await waitFor(`the revert of ${name}`, 60, async () => {
    const { data } = await pulls.list({ owner, repo, state: "all" });
    const found = data.find(({ head }) => head.ref.startsWith(`revert/${name}/`));
    return found === undefined ? { seen: `${data.length} pull requests` } : { found };
  });
  await merged(world.view, revert.number, 60);
  await ledgerSays(world.view, "audit/decisions", `#${revert.number}: merged`);
}

describe("the end of an access", () => {
  it("comes on time while GitHub is out, and is recorded afterwards", longTimeout, async () => {
    const { pull } = await approved("outage");
    await merged(world.view, pull, 25);
    await world.aliceHolds(role);
    await endOf("outage");
    world.sandbox.faults.fail("/", outage.answers, outage.requests);
    await world.aliceHolds("nothing");
    // Still out: nobody can have told the executor, and it can have told nobody.
    const { owner, repo } = world.view;
    await expect(world.as("alice").github.repos.get({ owner, repo })).rejects.toMatchObject({
      status: outage.answers,
    });
    world.sandbox.faults.clear();
    await reverted("outage");
    expect(await revokesOf("outage")).toBe(1);
  });

  it("comes at the next start when the executor was killed before it", longTimeout, async () => {
    const { pull } = await approved("killed");
    await merged(world.view, pull, 25);
    await world.aliceHolds(role);
    const end = await endOf("killed");
    await executor.crash();
    await waitFor("the end to pass", 25, () => {
      const now = new Date();
      return Promise.resolve(now >= end ? { found: now } : { seen: now.toISOString() });
    });
    expect(await world.roles("alice")).toEqual([role]);
    executor = await world.startExecutor();
    await world.aliceHolds("nothing");
    await reverted("killed");
    expect(await revokesOf("killed")).toBe(1);
  });
});

describe("a gate that was killed after the approval", () => {
  /** An approved, green request whose merge GitHub refuses, and a gate that dies meanwhile. */
  async function greenThenDead(name: string): Promise<number> {
    const { owner, repo } = world.view;
    const merges = (n: number): string => `/repos/${owner}/${repo}/pulls/${n}/merge`;
    const { data } = await world.as("alice").github.pulls.list({ owner, repo, state: "all" });
    const next = Math.max(...data.map(({ number }) => number)) + 1;
    world.sandbox.faults.fail(merges(next), outage.answers, outage.requests);
    const { pull, head } = await approved(name);
    expect(pull).toBe(next);
    await checkSays(world.view, head, "success", "Approved");
    await world.gate.crash();
    world.sandbox.faults.clear();
    return pull;
  }

  it("merges, records and lets it be granted after the restart", longTimeout, async () => {
    const pull = await greenThenDead("gate-killed");
    await world.restartGate();
    await merged(world.view, pull, 60);
    await ledgerSays(world.view, "audit/decisions", `#${pull}: merged as`);
    await world.aliceHolds(role);
    await world.aliceHolds("nothing");
    await reverted("gate-killed");
  });

  it("records what a person merged while it was dead", longTimeout, async () => {
    const pull = await greenThenDead("merged-by-hand");
    const { owner, repo } = world.view;
    await world.as("dave").github.pulls.merge({ owner, repo, pull_number: pull });
    await world.restartGate();
    await ledgerSays(world.view, "audit/decisions", `#${pull}: merged as`);
    await world.aliceHolds(role);
    await world.aliceHolds("nothing");
    await reverted("merged-by-hand");
  });
});

describe("after all of that", () => {
  it("audit verify on a fresh clone finds nothing wrong", async () => {
    const clone = await freshClone(world);
    const { exitCode, stdout } = await runCli([
      ...["audit", "verify", "--repo", clone, "--root", world.world.trustRoot, "--json"],
    ]);
    expect(JSON.parse(stdout)).toMatchObject({ findings: [], doubts: [], exitCode: 0 });
    expect(exitCode).toBe(0);
  });
});
