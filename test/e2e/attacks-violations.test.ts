import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { approve, checkSays, ledgerSays, merged } from "../../src/bin/demo/forge-view.ts";
import { commitFile } from "../../src/bin/demo/person.ts";
import { waitFor } from "../../src/bin/demo/wait-for.ts";
import { freshClone } from "../support/e2e/ledger-entries.ts";
import { role, startLiveWorld } from "../support/e2e/live-world.ts";
import type { LiveWorld } from "../support/e2e/live-world.ts";
import { runCli } from "../support/e2e/run-cli.ts";
import type { Running } from "../support/e2e/run-cli.ts";
import { ordinaryText } from "../support/snapshot/request-text.ts";

let world: LiveWorld;
let executor: Running;
/** What alice holds by a request that went the right way; everything below asks for another role. */
const rightly = [role];
beforeAll(async () => {
  world = await startLiveWorld();
  executor = await world.startExecutor();
  await mergedByTheGate({ [pathOf("rightly")]: ordinaryText("rightly") });
  await world.aliceHolds(role);
  await world.sandbox.setProtection([
    { branch: "audit/decisions", onlyApp: "countersign-gate" },
    { branch: "audit/executions", onlyApp: "countersign-executor" },
  ]);
});
afterAll(() => world.stop());

const pathOf = (name: string): string => `access-requests/payments-db/${name}.yaml`;
const readonly = (name: string): Readonly<Record<string, string>> => ({
  [pathOf(name)]: ordinaryText(name).replace("readwrite", "readonly"),
});

/** A request that everybody approves, merged and recorded by the gate. */
async function mergedByTheGate(files: Readonly<Record<string, string>>): Promise<void> {
  const { pull } = await world.openPull(files);
  await approve(world.view, world.as("bob"), pull);
  await approve(world.view, world.as("carol"), pull);
  await merged(world.view, pull, 25);
  await ledgerSays(world.view, "audit/decisions", `#${pull}: merged as`);
}

/** Waits until the executor has said about a request that it is no grant, and why. */
async function executorRefuses(name: string, code: string): Promise<void> {
  await waitFor(`the executor to refuse ${name} with ${code}`, 25, () => {
    const lines = executor.stderr().split("\n");
    const about = lines.filter((line) => line.includes(name));
    const found = about.find((line) => line.includes(`"code":"${code}"`));
    return Promise.resolve(
      found === undefined ? { seen: about.at(-1) ?? "not a word" } : { found },
    );
  });
}

async function pushToMain(files: Readonly<Record<string, string>>, name: string): Promise<void> {
  const work = join(world.folder, name);
  const git = await world.as("dave").clone(work);
  for (const [path, text] of Object.entries(files)) {
    await commitFile(git, { folder: work, path, text, message: `Push ${path}` });
  }
  await git.push("origin", "main");
}

describe("an administrator who lifts the protection of main", () => {
  it("F1: merges a pending request: a violation, and no grant", async () => {
    const { pull, head } = await world.openPull(readonly("f1-merged-by-hand"));
    await checkSays(world.view, head, "action_required", "SOD-STEP-APPROVER");
    const { owner, repo } = world.view;
    await world.as("dave").github.pulls.merge({ owner, repo, pull_number: pull, sha: head });
    await ledgerSays(world.view, "audit/decisions", `#${pull}: merged without a valid decision`);
    await executorRefuses("f1-merged-by-hand", "EXEC-NO-MERGE-ENTRY");
    expect(await world.roles("alice")).toEqual(rightly);
  });

  it("F3: pushes a request to main: a violation, and no grant", async () => {
    await pushToMain(readonly("f3-pushed-by-hand"), "f3-pushed-by-hand");
    await ledgerSays(world.view, "audit/decisions", "pushed without a decision");
    await executorRefuses("f3-pushed-by-hand", "EXEC-NO-MERGE-ENTRY");
    expect(await world.roles("alice")).toEqual(rightly);
  });

  it("F3: pushes other governance: the gate refuses, and what was approved before is not granted", async () => {
    await executor.stop();
    await mergedByTheGate(readonly("before-f3"));
    await pushToMain({ "governance/ROLES": "[approver]\n* @acme/payments-dev\n" }, "roles");
    const { head } = await world.openPull(readonly("after-f3"));
    await checkSays(
      world.view,
      head,
      "failure",
      "could not tell | governance-intact | SOD-GOVERNANCE",
    );
    executor = await world.startExecutor();
    await executorRefuses("before-f3", "EXEC-INDETERMINATE");
    expect(await world.roles("alice")).toEqual(rightly);
  });

  it("F3: is seen by the audit of a fresh clone, each fault once", async () => {
    const clone = await freshClone(world);
    const { exitCode, stdout } = await runCli([
      ...["audit", "verify", "--repo", clone, "--root", world.world.trustRoot, "--json"],
    ]);
    const { findings } = JSON.parse(stdout) as { findings: readonly { code: string }[] };
    expect(exitCode).toBe(1);
    expect(findings.map(({ code }) => code)).toEqual([
      "violation-recorded",
      "violation-recorded",
      "violation-recorded",
    ]);
  });
});
