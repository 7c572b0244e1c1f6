import { decide } from "../../../src/core/decide/decide.ts";
import type { LedgerView } from "../../../src/core/attest/ledger-view.ts";
import type { ReviewFacts } from "../../../src/core/model/snapshot.ts";
import { grantOf } from "../../../src/core/plan/access-state.ts";
import { newExecutor } from "../../../src/executor/executor.ts";
import type { Outbox, Waiting } from "../../../src/executor/outbox.ts";
import type { KnownState, KnownStore } from "../../../src/executor/known-state.ts";
import { reconcile } from "../../../src/executor/reconcile.ts";
import { readSnapshot } from "../../../src/facts/read-snapshot.ts";
import { sweep } from "../../../src/gate/sweep.ts";
import type { Sighting } from "../../../src/gate/sighting.ts";
import { gateScene } from "../../unit/gate/gate-scene.ts";
import type { GateScene } from "../../unit/gate/gate-scene.ts";
import { targetWorld } from "../../unit/executor/target-world.ts";
import type { Fault } from "../../unit/executor/target-world.ts";
import { account } from "../snapshot/cast.ts";
import { emergencyText, extensionText, ordinaryText } from "../snapshot/request-text.ts";

/** Gate and executor in memory, with a forge, git, ledgers and a target, and people who do as they like. */
export interface LifeWorld {
  readonly scene: GateScene;
  /** Everybody who had a hand in a pull request, by number: who opened or pushed to it. */
  readonly contributors: ReadonlyMap<number, ReadonlySet<string>>;
  /** Pull requests that somebody merged without the gate. */
  readonly byHand: ReadonlySet<number>;
  /** What the target holds now, as `<target> <identity> <permission>`. */
  readonly held: ReadonlySet<string>;
  /** Faults of targets, by name. */
  readonly faults: Map<string, Fault>;
  view(): LedgerView;
  pulls(): readonly number[];
  /** An emergency is asked for the newest incident. */
  ask(by: string, kind: "request" | "extension" | "emergency"): void;
  /** Opens an incident, or changes the newest one. */
  incident(by: string, change: "opens" | "closes" | "reopens"): void;
  push(by: string, pull: number): void;
  review(by: string, pull: number, state: ReviewFacts["state"]): void;
  dismiss(pull: number): void;
  comment(by: string, pull: number, text: string): void;
  setOpen(pull: number, state: "open" | "closed"): void;
  mergeByHand(pull: number): Promise<void>;
  /** An administrator of the target takes access out by hand. */
  takeByHand(access: string): void;
  pass(seconds: number): void;
  look(pull: number): Promise<void>;
  sweep(): Promise<void>;
  execute(): Promise<void>;
  now(): Date;
}

/** Makes a world in which nothing was asked for yet. */
export async function lifeWorld(): Promise<LifeWorld> {
  const scene = await gateScene();
  const { clock, world, mirror, executions, gate } = scene;
  const contributors = new Map<number, Set<string>>();
  const byHand = new Set<number>();
  let pushes = 0;
  const sightings = new Map<number, Sighting[]>();
  const names = new Map<number, string>();
  const { incidents } = scene.tracker;
  const target = targetWorld(() => clock.now());
  const executor = newExecutor({
    clock: { now: () => clock.now(), sleep: untilAborted },
    ledger: executions,
    mirror,
    governedBranch: "main",
    readSnapshot: (ledger, pull) =>
      readSnapshot(
        {
          ...{ forge: gate.reader, mirror, ledger, governedBranch: "main" },
          incidents: gate.incidents,
        },
        pull,
      ),
    decide,
    openTarget: target.openTarget,
    incidents: gate.incidents,
    outbox: memoryOutbox(),
    known: memoryKnown(),
    log: () => undefined,
  });
  const isOpen = (pull: number): boolean => world.pulls.get(pull)?.state === "open";

  const look = async (pull: number): Promise<void> => {
    const seen = sightings.get(pull) ?? [];
    sightings.delete(pull);
    await scene.look(pull, seen);
  };

  return {
    scene,
    contributors,
    byHand,
    held: target.held,
    faults: target.faults,
    view: () => scene.decisions.view(),
    pulls: () => [...world.pulls.keys()].sort((a, b) => a - b),
    ask(by, kind) {
      const number = Math.max(6, ...world.pulls.keys()) + 1;
      const name = `life-${number}`;
      const extended = names.get(number - 1) ?? "life-0";
      const text = {
        request: () => ordinaryText(name),
        extension: () => extensionText(name, extended),
        emergency: () => emergencyText(name, incidents.size),
      }[kind]();
      const path = `access-requests/payments-db/${name}.yaml`;
      const createdAt = clock.now().toISOString();
      scene.open({
        number,
        author: by,
        files: { [path]: text },
        parts: { createdAt, paths: [path] },
      });
      names.set(number, name);
      contributors.set(number, new Set([by]));
    },
    incident(by, change) {
      const at = clock.now().toISOString();
      const number = incidents.size + (change === "opens" ? 1 : 0);
      const reference = `acme/access#${number}`;
      const known = incidents.get(reference);
      const opened = {
        ...{ reference, problem: null, openedBy: account(by), openedAt: at },
        ...{ confirmations: [], closings: [] },
      };
      if (change === "opens") incidents.set(reference, { ...opened, state: "open" });
      if (known === undefined) return;
      if (change === "closes" && known.state === "open") {
        const closings = [...known.closings, { at, by: account(by) }];
        incidents.set(reference, { ...known, state: "closed", closings });
      }
      if (change === "reopens") incidents.set(reference, { ...known, state: "open" });
    },
    push(by, pull) {
      const one = world.pulls.get(pull);
      const name = names.get(pull);
      if (one === undefined || name === undefined || !isOpen(pull)) return;
      const path = `access-requests/payments-db/${name}.yaml`;
      const text = ordinaryText(name).replace("batch 8841", `batch ${(pushes += 1)}`);
      const head = mirror.commit({ parents: [one.headOid], files: { [path]: text } });
      mirror.setPull(pull, head);
      const who = { name: by, email: `${by}@users.noreply.example`, account: account(by) };
      const commit = { oid: head, authors: [who], committer: who, signedByForge: false };
      const at = clock.now().toISOString();
      const before = one.headOid;
      const moved = world.pushes?.get(one.headRef) ?? [];
      world.pushes?.set(one.headRef, [...moved, { before, after: head, at, actor: account(by) }]);
      Object.assign(one, { headOid: head, commits: [...one.commits, commit] });
      contributors.get(pull)?.add(by);
    },
    review(by, pull, state) {
      if (!isOpen(pull) || world.pulls.get(pull)?.author?.login === by) return;
      sightings.set(pull, [...(sightings.get(pull) ?? []), scene.review(pull, by, state)]);
    },
    dismiss(pull) {
      const one = world.pulls.get(pull);
      const last = one?.reviews.findLast(
        ({ state }) => state !== "DISMISSED" && state !== "COMMENTED",
      );
      if (one === undefined || last === undefined) return;
      const was = last.state as "APPROVED" | "CHANGES_REQUESTED";
      const dismissal = { at: clock.now().toISOString(), by: account("alice"), was };
      one.reviews = one.reviews.map((review) =>
        review.id === last.id ? { ...review, state: "DISMISSED", dismissal } : review,
      );
    },
    comment: (by, pull, text) => void scene.comment(pull, by, text),
    setOpen(pull, state) {
      const one = world.pulls.get(pull);
      if (one === undefined || one.state === "merged" || one.state === state) return;
      const kind = state === "open" ? "reopened" : "closed";
      const event = {
        kind,
        at: clock.now().toISOString(),
        actor: account("alice"),
        heads: null,
      } as const;
      Object.assign(one, { state, events: [...one.events, event] });
    },
    async mergeByHand(pull) {
      if (!isOpen(pull)) return;
      byHand.add(pull);
      await scene.mergeByHand(pull);
    },
    takeByHand: (access) => void target.held.delete(access),
    pass: (seconds) => clock.set(new Date(clock.now().getTime() + seconds * 1000).toISOString()),
    look,
    async sweep() {
      for (const pull of await sweep(gate, "everything")) await look(pull);
    },
    async execute() {
      await reconcile(executor);
      await scene.decisions.sync();
    },
    now: () => clock.now(),
  };
}

/** A sleeper that is only ever woken: no patience ends in a world where every answer comes. */
function untilAborted(_: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted === true) resolve();
    else signal?.addEventListener("abort", () => resolve(), { once: true });
  });
}

function memoryOutbox(): Outbox {
  let waiting: readonly Waiting[] = [];
  return {
    waiting: () => waiting,
    put(added) {
      const known = new Set(waiting.map(({ draft }) => draft.idempotencyKey));
      waiting = [...waiting, ...added.filter(({ draft }) => !known.has(draft.idempotencyKey))];
      return Promise.resolve();
    },
    drop(keys) {
      waiting = waiting.filter(({ draft }) => !keys.has(draft.idempotencyKey));
      return Promise.resolve();
    },
  };
}

function memoryKnown(): KnownStore {
  let state: KnownState = { entries: [], main: null, newestAt: null };
  return {
    read: () => state,
    write({ added, ended, main, newestAt }) {
      const gone = new Set(ended);
      const known = new Set(state.entries.map(({ idempotencyKey }) => idempotencyKey));
      const entries = [
        ...state.entries.filter((entry) => !gone.has(grantOf(entry)?.id ?? "")),
        ...added.filter(({ idempotencyKey }) => !known.has(idempotencyKey)),
      ];
      state = { entries, main, newestAt };
      return Promise.resolve();
    },
  };
}
