import type { WrittenObject } from "../../../src/adapters/memory/git-objects.ts";
import type { StoredEntry } from "../../../src/ports/ledger-store.ts";
import type { AcmeKeys } from "../ledger/acme-keys.ts";
import { lifeWorld } from "../life/life-world.ts";
import type { LifeWorld } from "../life/life-world.ts";

/** Everything that a clone of a repository would hold, and what its auditor brings along. */
export interface RecordedLife {
  readonly keys: AcmeKeys;
  readonly root: string;
  readonly objects: readonly WrittenObject[];
  readonly main: string;
  readonly decisions: readonly StoredEntry[];
  readonly executions: readonly StoredEntry[];
  /** When the audit is. */
  readonly now: string;
}

/**
 * Lives a few days through the real gate and executor: alice's request is granted, ends and is removed; ivan's is
 * denied; alice's second one is granted and ended early; a last one is left waiting.
 */
export async function recordedLife(): Promise<RecordedLife> {
  const world = await livedWorld();
  const { keys, mirror, remote } = world.scene;
  return {
    keys,
    root: keys.rootDigest,
    objects: mirror.objects(),
    main: (await mirror.tip("main")) ?? "",
    decisions: remote.commits("audit/decisions"),
    executions: remote.commits("audit/executions"),
    now: world.now().toISOString(),
  };
}

/** The same life, as a world in memory. */
export async function livedWorld(): Promise<LifeWorld> {
  const world = await lifeWorld();
  const step = async (deed: () => void): Promise<void> => {
    deed();
    for (const pull of world.pulls()) await world.look(pull);
    await world.execute();
    await world.sweep();
    world.pass(60);
  };
  const approve = (pull: number) => {
    for (const by of ["bob", "carol"]) world.review(by, pull, "APPROVED");
  };
  await step(() => world.ask("alice", "request"));
  await step(() => approve(7));
  await step(() => world.ask("ivan", "request"));
  await step(() => world.review("carol", 8, "CHANGES_REQUESTED"));
  // The time of the first is over: it is revoked, and its file removed.
  await step(() => world.pass(14_230));
  await step(() => undefined);
  const next = (): number => Math.max(...world.pulls());
  await step(() => world.ask("alice", "request"));
  await step(() => approve(next()));
  const ended = next();
  await step(() => world.comment("alice", ended, "/access revoke reason=done"));
  await step(() => undefined);
  await step(() => world.ask("alice", "request"));
  await step(() => undefined);
  return world;
}
