import fc from "fast-check";
import { expect, test } from "vitest";
import { openGrants } from "../../../src/core/plan/access-state.ts";
import { indexDecisions } from "../../../src/core/plan/decision-index.ts";
import { desiredGrants } from "../../../src/core/plan/desired-grants.ts";
import { planActions } from "../../../src/core/plan/plan-actions.ts";
import { takeScope } from "../../../src/executor/plan-scope.ts";
import type { ExecutionRecord } from "../../../src/core/plan/access-state.ts";
import { openOf } from "../../../src/executor/records.ts";
import { fuse } from "./fuse.ts";
import { recordViolation, setScene } from "./scene.ts";
import type { Scene } from "./scene.ts";

type Event =
  | {
      readonly kind: "approve";
      readonly hours: number;
      readonly who: string;
      readonly target: string;
    }
  | { readonly kind: "wait"; readonly minutes: number }
  | { readonly kind: "violation" | "remove"; readonly which: number }
  | {
      readonly kind: "target";
      readonly target: string;
      readonly fault: "down" | "ignores" | "none";
    }
  | { readonly kind: "remote" | "forge"; readonly state: "up" | "down" }
  | { readonly kind: "crash"; readonly at: number; readonly when: "before" | "after" };

const targets = fc.constantFrom("payments-db", "analytics-db");
const event: fc.Arbitrary<Event> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("approve" as const),
      hours: fc.integer({ min: 1, max: 4 }),
      who: fc.constantFrom("alice", "ivan"),
      target: targets,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("wait" as const),
      minutes: fc.integer({ min: 1, max: 150 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constantFrom("violation" as const, "remove" as const),
      which: fc.nat({ max: 5 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("target" as const),
      target: targets,
      fault: fc.constantFrom("down" as const, "ignores" as const, "none" as const, "none" as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom("remote" as const, "forge" as const),
      state: fc.constantFrom("up" as const, "down" as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("crash" as const),
      at: fc.integer({ min: 1, max: 25 }),
      when: fc.constantFrom("before" as const, "after" as const),
    }),
  },
);

test("whatever happens, a target holds nothing that no open grant explains, and nothing past its end", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(event, { minLength: 3, maxLength: 14 }), async (events) => {
      const scene = await setScene();
      let pull = 0;
      for (const one of events) {
        if (one.kind === "approve") pull += 1;
        await carryOut(scene, one, pull);
        nothingOverlooked(scene);
        await scene.pass();
        nothingOverlooked(scene);
        everythingExplained(scene);
      }
      await settle(scene);
      nothingPastItsEnd(scene);
      await oneStoryEach(scene);

      scene.clock.advance(24 * 3600);
      await settle(scene);
      expect(scene.world.held.size).toBe(0);
      expect(openOf(scene.executor)).toEqual([]);
    }),
    { numRuns: 60 },
  );
}, 120_000);

async function carryOut(scene: Scene, one: Event, pull: number): Promise<void> {
  const path = (which: number): string | undefined =>
    [...scene.forge.values()][which]?.fresh.request?.path;
  switch (one.kind) {
    case "approve": {
      const { hours, who, target } = one;
      const up = scene.remote;
      up.goOnline();
      await scene.approve({
        name: `r${pull}`,
        pull,
        duration: `PT${hours}H`,
        beneficiary: who,
        target,
      });
      break;
    }
    case "wait":
      scene.clock.advance(one.minutes * 60);
      break;
    case "violation":
      scene.remote.goOnline();
      if (one.which < scene.forge.size) await recordViolation(scene.gate, one.which + 1);
      break;
    case "remove": {
      const removed = path(one.which);
      if (removed !== undefined) scene.push(removed, null);
      break;
    }
    case "target":
      if (one.fault === "none") scene.world.faults.delete(one.target);
      else scene.world.faults.set(one.target, one.fault);
      break;
    case "remote":
      if (one.state === "up") scene.remote.goOnline();
      else scene.remote.goOffline();
      break;
    case "forge":
      scene.forgeFault = one.state === "up" ? "none" : "down";
      break;
    case "crash":
      await scene.restart(fuse(one.at, one.when).wrap);
      await scene.pass();
      await scene.restart();
  }
}

/** Everything works again, and long enough for every pause to be over. */
async function settle(scene: Scene): Promise<void> {
  scene.world.faults.clear();
  scene.remote.goOnline();
  scene.forgeFault = "none";
  scene.clock.advance(301);
  await scene.pass();
  await scene.pass();
}

function everythingExplained(scene: Scene): void {
  const explained = openOf(scene.executor).map(({ grant }) => keyOf(grant));
  expect([...scene.world.held].filter((key) => !explained.includes(key))).toEqual([]);
}

/** Judging what has changed leads to the same plan as judging everything, from the records alone. */
function nothingOverlooked({ executor, clock }: Scene): void {
  const { memory, known, outbox } = executor;
  const { main, view, over, changed } = memory;
  if (main === null || view === null) return;
  const records = new Map<string, ExecutionRecord>();
  for (const one of [
    ...view.executions,
    ...known.read().entries,
    ...outbox.waiting().map(({ draft }) => draft),
  ]) {
    if (!records.has(one.idempotencyKey)) records.set(one.idempotencyKey, one);
  }
  const executions = [...records.values()];
  const now = clock.now();
  const all = desiredGrants({
    files: [...main.files.values()],
    branch: { name: "main", history: main.history },
    decisions: view.decisions,
    ...{ executions, now },
  });
  const given = { files: main.files, over, now, newest: null, grants: "allowed" as const };
  const [names, everything] = [new Set(changed.names), changed.everything];
  const scope = takeScope(executor, now);
  Object.assign(changed, { names, everything });
  expect(planActions({ ...given, ...scope, index: memory.decisions.index })).toEqual(
    planActions({
      ...given,
      desired: all,
      open: openGrants(executions),
      index: indexDecisions(view.decisions),
    }),
  );
}

function nothingPastItsEnd(scene: Scene): void {
  const now = scene.clock.now();
  const current = openOf(scene.executor)
    .filter(({ grant }) => now < new Date(grant.expiresAt))
    .map(({ grant }) => keyOf(grant));
  expect([...scene.world.held].filter((key) => !current.includes(key))).toEqual([]);
}

/** Each grant has one intent, at most one grant entry and at most one end, whatever crashed in between. */
async function oneStoryEach(scene: Scene): Promise<void> {
  const entries: readonly ExecutionRecord[] = await scene.executions();
  const keys = entries.map(({ idempotencyKey }) => idempotencyKey);
  expect(new Set(keys).size).toBe(keys.length);
  const ends = entries.flatMap((entry) =>
    entry.type === "revoke" || entry.type === "nothing-to-do" || entry.type === "externally-removed"
      ? [entry.inputs.grant.id]
      : [],
  );
  expect(new Set(ends).size).toBe(ends.length);
  const intents = entries.filter(({ type }) => type === "grant-intent").length;
  expect(ends.length).toBeLessThanOrEqual(intents);
}

function keyOf({
  target,
  identity,
  permission,
}: {
  target: string;
  identity: string;
  permission: string;
}): string {
  return `${target} ${identity} ${permission}`;
}
