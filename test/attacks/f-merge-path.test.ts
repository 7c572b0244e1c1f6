import { describe } from "vitest";
import { entriesOf } from "../../src/core/attest/ledger-view.ts";
import { lifeWorld } from "../support/life/life-world.ts";
import type { LifeWorld } from "../support/life/life-world.ts";
import { account } from "../support/snapshot/cast.ts";
import { ordinaryText } from "../support/snapshot/request-text.ts";
import { attack } from "./attack.ts";
import { refusedBy } from "./refused-by.ts";
import type { Try } from "./refused-by.ts";

const pathOf = (name: string): string => `access-requests/payments-db/${name}.yaml`;

/** Lets people act, then sweep and executor work until nothing changes: it passed when the database gave or kept access. */
const living =
  (act: (world: LifeWorld) => Promise<void>): Try =>
  async () => {
    const world = await lifeWorld();
    await act(world);
    for (let round = 0; round < 2; round += 1) {
      await world.sweep();
      await world.execute();
    }
    const codes = entriesOf(world.view(), "violation").map(({ result }) => result.code);
    return { outcome: world.held.size === 0 ? "refused" : "passed", codes };
  };

/** Asks as alice and looks; PR 7, then 8, and so on. */
async function asked(world: LifeWorld): Promise<number> {
  world.ask("alice", "request");
  const pull = world.pulls().at(-1) ?? 0;
  await world.look(pull);
  return pull;
}

async function approvedAndMerged(world: LifeWorld): Promise<number> {
  const pull = await asked(world);
  for (const by of ["bob", "carol"]) world.review(by, pull, "APPROVED");
  await world.look(pull);
  await world.execute();
  return pull;
}

/** Pushes to main as dave, whom no rule holds up. */
async function pushToMain(
  world: LifeWorld,
  files: Readonly<Record<string, string | null>>,
  onto = world.scene.world.tip,
): Promise<void> {
  const { scene } = world;
  const at = world.now().toISOString();
  const before = scene.world.tip;
  const after = scene.mirror.commit({
    parents: [onto],
    files,
    message: `at ${at}`,
  });
  await scene.moveMain(after);
  const movement = { before, after, at, actor: account("dave") };
  const known = scene.world.pushes?.get("main") ?? [];
  scene.world.pushes?.set("main", [...known, movement]);
}

const honest = living(async (world) => {
  await approvedAndMerged(world);
});

describe("F — the merge path", () => {
  attack(
    "F1",
    "merge a pending request as an administrator",
    refusedBy("MERGED-WITHOUT-DECISION", {
      honest,
      attempt: living(async (world) => {
        const pull = await asked(world);
        await world.mergeByHand(pull);
        await world.look(pull);
      }),
    }),
  );
  attack(
    "F2",
    "let an auto-merge slip in while the protection is off and every webhook is lost",
    refusedBy("MERGED-WITHOUT-DECISION", {
      honest,
      attempt: living(async (world) => {
        world.ask("alice", "request");
        await world.mergeByHand(7);
      }),
    }),
  );
  attack(
    "F3",
    "push a request to main",
    refusedBy("DIRECT-PUSH", {
      honest,
      attempt: living((world) => pushToMain(world, { [pathOf("life-7")]: ordinaryText("life-7") })),
    }),
  );
  attack(
    "F3",
    "push a longer time into the file of access that is in effect: it ends",
    refusedBy("DIRECT-PUSH", {
      honest,
      attempt: living(async (world) => {
        await approvedAndMerged(world);
        const longer = ordinaryText("life-7").replace("PT4H", "P3D");
        await pushToMain(world, { [pathOf("life-7")]: longer });
      }),
    }),
  );
  attack(
    "F3",
    "push it, and push it back before anybody looks: both are on record",
    refusedBy("DIRECT-PUSH", {
      honest,
      attempt: living(async (world) => {
        await approvedAndMerged(world);
        const text = ordinaryText("life-7");
        await pushToMain(world, { [pathOf("life-7")]: text.replace("PT4H", "P3D") });
        await pushToMain(world, { [pathOf("life-7")]: text });
      }),
    }),
  );
  attack(
    "F3",
    "squash a request that was approved: what people approved is in no clone",
    refusedBy("DIRECT-PUSH", {
      honest,
      attempt: living(async (world) => {
        const late = { outcome: "stale", reason: "not now" } as const;
        Object.assign(world.scene.gate.writer, { merge: () => Promise.resolve(late) });
        const pull = await approvedAndMerged(world);
        const name = `life-${pull}`;
        await pushToMain(world, { [pathOf(name)]: ordinaryText(name) });
        const mergeCommit = world.scene.world.tip;
        const merged = { state: "merged", mergeCommit, mergedAt: world.now().toISOString() };
        Object.assign(world.scene.world.pulls.get(pull) ?? {}, merged);
      }),
    }),
  );
  attack(
    "F3",
    "force-push the merge away that access rests on",
    refusedBy("MERGE-LOST", {
      honest,
      attempt: living(async (world) => {
        await approvedAndMerged(world);
        await pushToMain(world, { "README.md": "nothing happened" }, world.scene.origin);
      }),
    }),
  );
  attack(
    "F8",
    "have the forge merge an approved head with another file beside it",
    refusedBy("MERGED-WITHOUT-DECISION", {
      honest,
      attempt: living(async (world) => {
        const late = { outcome: "stale", reason: "not now" } as const;
        Object.assign(world.scene.gate.writer, { merge: () => Promise.resolve(late) });
        const pull = await approvedAndMerged(world);
        await world.scene.mergeByHand(pull, { [pathOf("slipped-in")]: ordinaryText("slipped-in") });
      }),
    }),
  );
});
