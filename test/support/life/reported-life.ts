import { memoryLedgerStore } from "../../../src/adapters/memory/memory-ledger-store.ts";
import { verifyEvidence } from "../../../src/audit/verify-audit.ts";
import type { VerifiedEvidence } from "../../../src/audit/verify-audit.ts";
import { entriesOf } from "../../../src/core/attest/ledger-view.ts";
import { lifeWorld } from "./life-world.ts";
import type { LifeWorld } from "./life-world.ts";

/** The evidence of some days of alice's: one of everything that a report of a period shows. */
export interface ReportedLife extends VerifiedEvidence {
  /** When it began and when it was audited; ISO 8601. */
  readonly began: string;
  readonly now: string;
}

/**
 * Plays an ordinary request that runs out an emergency with its review, a week later one that is rerouted and revoked early, and one
 * that somebody merges by hand, which frank clears.
 */
export async function reportedLife(): Promise<ReportedLife> {
  const world = await lifeWorld();
  const began = world.now().toISOString();
  await ordinary(world);
  await emergency(world);
  // After the emergency: before it, its hours would add up to more than the policy for emergencies allows.
  world.pass(8 * 86_400);
  await rerouted(world);
  await byHand(world);
  world.pass(60);
  const { mirror, remote, keys } = world.scene;
  const store = memoryLedgerStore(remote);
  const now = world.now();
  const evidence = await verifyEvidence({ mirror, store, expectedRoot: keys.rootDigest, now });
  return { ...evidence, began, now: now.toISOString() };
}

async function asked(world: LifeWorld, kind: "request" | "emergency"): Promise<number> {
  world.ask("alice", kind);
  const pull = world.pulls().at(-1) ?? 0;
  await world.look(pull);
  return pull;
}

async function ordinary(world: LifeWorld): Promise<void> {
  const pull = await asked(world, "request");
  world.pass(60);
  for (const by of ["bob", "carol"]) world.review(by, pull, "APPROVED");
  await world.look(pull);
  await world.execute();
  world.pass(4 * 3_600 + 30);
  await world.execute();
  await world.sweep();
}

async function rerouted(world: LifeWorld): Promise<void> {
  const pull = await asked(world, "request");
  world.comment("bob", pull, "/access cancel reason=duplicate ticket=OPS-1");
  await world.look(pull);
  world.pass(9 * 3_600);
  const text =
    "/access reroute approver from @bob to @oscar reason=no-answer ticket=OPS-7 basis=privileged for=PT4H";
  const order = world.scene.comment(pull, "dave", text);
  await world.look(pull);
  world.pass(1);
  world.comment("paula", pull, `/access confirm ${order}`);
  await world.look(pull);
  world.pass(1);
  for (const by of ["oscar", "carol"]) world.review(by, pull, "APPROVED");
  await world.look(pull);
  await world.execute();
  world.pass(600);
  world.comment("alice", pull, "/access revoke reason=done");
  await world.look(pull);
  world.pass(5);
  await world.execute();
  await world.sweep();
}

async function emergency(world: LifeWorld): Promise<void> {
  world.incident("heidi", "opens");
  const pull = await asked(world, "emergency");
  world.pass(601);
  world.review("quinn", pull, "APPROVED");
  await world.look(pull);
  await world.execute();
  world.pass(600);
  world.incident("heidi", "closes");
  await world.sweep();
  await world.execute();
  await world.sweep();
  world.pass(60);
  world.comment("frank", pull, "/access review outcome=justified");
  await world.sweep();
}

async function byHand(world: LifeWorld): Promise<void> {
  const pull = await asked(world, "request");
  await world.mergeByHand(pull);
  await world.look(pull);
  const found = entriesOf(world.view(), "violation").find(({ inputs }) => inputs.pull === pull);
  world.comment("frank", pull, `/access clear ${found?.seq ?? 0} reason=known ticket=SEC-9`);
  await world.look(pull);
}
