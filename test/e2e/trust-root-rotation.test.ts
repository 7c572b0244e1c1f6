import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { approve, checkSays, ledgerSays, merged } from "../../src/bin/demo/forge-view.ts";
import { waitFor } from "../../src/bin/demo/wait-for.ts";
import { freshClone, ledgerEntries } from "../support/e2e/ledger-entries.ts";
import { startGateWorld } from "../support/e2e/gate-world.ts";
import type { GateWorld } from "../support/e2e/gate-world.ts";
import { runCli } from "../support/e2e/run-cli.ts";
import { ordinaryText } from "../support/snapshot/request-text.ts";

let world: GateWorld;
let folder: string;
beforeAll(async () => {
  world = await startGateWorld();
  folder = join(world.folder, "rotation");
  await world.as("alice").clone(folder);
  await cli("key", "--out", at("decision-2"));
  await cli("rotate", "--decision-key", at("decision-2.pub"), "--out", at("next.json"));
});
afterAll(() => world.stop());

const at = (name: string): string => join(folder, name);

/** Runs a `trust-root` command as somebody with nothing but files, and returns what it says. */
async function cli(verb: string, ...args: readonly string[]): Promise<string> {
  const current = verb === "key" ? [] : ["--current", at("governance/trust-root.json")];
  const { exitCode, stdout, stderr } = await runCli(["trust-root", verb, ...args, ...current]);
  expect([exitCode, stderr]).toEqual([0, ""]);
  return stdout;
}

const sign = (key: string): Promise<string> => cli("sign", at("next.json"), "--key", key);

/** Opens a pull request with the document and the signatures that it has by now. */
async function openRotation() {
  return world.openPull({
    "governance/trust-root.json": await readFile(at("next.json"), "utf8"),
    "governance/trust-root.signatures.json": await readFile(at("next.signatures.json"), "utf8"),
  });
}

async function approvedBy(pull: number, ...logins: readonly string[]): Promise<void> {
  for (const login of logins) await approve(world.view, world.as(login), pull);
}

async function trustRootsOnRecord(): Promise<readonly number[]> {
  const entries = await ledgerEntries(world, "audit/decisions");
  return entries.flatMap((one) =>
    one.type === "trust-root" ? [one.inputs.trustRoot.version] : [],
  );
}

it("denies a rotation with too few signatures on the check, and writes it nowhere", async () => {
  expect(await sign(at("decision-2.pem"))).toContain("0 of 1 root keys of trust root 1");
  const { pull, head } = await openRotation();
  await approvedBy(pull, "erin", "nora");
  const { summary } = await checkSays(world.view, head, "failure", "trust-root sign");
  expect(summary.replaceAll("\\", "")).toContain("trust-root-too-few-signatures");
  const { data } = await world.as("alice").github.pulls.get({ ...world.view, pull_number: pull });
  expect(data.merged).toBe(false);
  expect(await trustRootsOnRecord()).toEqual([1]);
});

it("rotates the decision key while the gate runs, and goes on with the new one", async () => {
  const keys = join(world.folder, "sandbox", "keys");
  expect(await sign(join(keys, "root.pem"))).toContain("It may follow");
  const { pull } = await openRotation();
  await approvedBy(pull, "erin", "nora");
  await merged(world.view, pull, 25);
  await ledgerSays(world.view, "audit/decisions", "version 2");

  const { gate } = world;
  await waitFor("the gate to say that its key is retired", 25, () => {
    const found = gate
      .stderr()
      .split("\n")
      .find((line) => line.startsWith("countersign gate:"));
    return Promise.resolve(found === undefined ? { seen: gate.stderr().slice(-200) } : { found });
  });
  expect(gate.stderr()).toContain("Start it with a key that is in force");
  expect(await gate.stop()).toBe(3);

  const file = join(world.folder, "sandbox", "gate.env");
  const retired = await runCli(["gate", "--env-file", file]);
  expect(retired.exitCode).toBe(2);
  expect(retired.stderr).toContain("Trust root 2 is in force and does not name the key");

  const text = await readFile(file, "utf8");
  await writeFile(file, text.replace(join(keys, "decision.pem"), at("decision-2.pem")));
  await world.restartGate();
  const path = "access-requests/payments-db/after-rotation.yaml";
  const asked = await world.openPull({ [path]: ordinaryText("after-rotation") });
  await approvedBy(asked.pull, "bob", "carol");
  await merged(world.view, asked.pull, 25);
  await ledgerSays(world.view, "audit/decisions", `#${asked.pull}: merged as`);

  const clone = await freshClone(world);
  const { trustRoot, forgeKeys } = world.world;
  const trust = ["--repo", clone, "--root", trustRoot, "--forge-keys", forgeKeys];
  const audits = ["full", "chain"].map((mode) =>
    runCli(["audit", "verify", ...trust, "--mode", mode]),
  );
  for (const audit of await Promise.all(audits)) {
    expect([audit.stderr, audit.exitCode]).toEqual(["", 0]);
    expect(audit.stdout).toContain("trust root  2, from decisions entry");
  }
});
