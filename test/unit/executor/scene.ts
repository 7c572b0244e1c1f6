import { memoryIncidents, memoryTracker } from "../../../src/adapters/memory/memory-issues.ts";
import type { MemoryTracker } from "../../../src/adapters/memory/memory-issues.ts";
import {
  memoryLedgerRemote,
  memoryLedgerStore,
} from "../../../src/adapters/memory/memory-ledger-store.ts";
import type { MemoryLedgerRemote } from "../../../src/adapters/memory/memory-ledger-store.ts";
import { memoryMirror } from "../../../src/adapters/memory/memory-mirror.ts";
import type { MemoryMirror } from "../../../src/adapters/memory/memory-mirror.ts";
import { entriesOf } from "../../../src/core/attest/ledger-view.ts";
import { sha256 } from "../../../src/core/attest/digest.ts";
import { durationSeconds } from "../../../src/core/parse/duration.ts";
import type { Decision } from "../../../src/core/model/decision.ts";
import type { Entry, EntryOf, EntryType } from "../../../src/core/model/entry.ts";
import type { Snapshot } from "../../../src/core/model/snapshot.ts";
import { newExecutor } from "../../../src/executor/executor.ts";
import type { Executor, ExecutorParts } from "../../../src/executor/executor.ts";
import { openKnownState } from "../../../src/executor/known-state.ts";
import { openOutbox } from "../../../src/executor/outbox.ts";
import { reconcile } from "../../../src/executor/reconcile.ts";
import type { PassReport } from "../../../src/executor/reconcile.ts";
import type { Clock } from "../../../src/ports/clock.ts";
import { ensureTrustRoot } from "../../../src/record/ensure-trust-root.ts";
import { openLedger } from "../../../src/record/ledger.ts";
import type { Ledger } from "../../../src/record/ledger.ts";
import { temporaryFolder } from "../../support/git/temporary-folder.ts";
import { evenChance } from "../../support/ledger/even-chance.ts";
import { acmeKeys } from "../../support/ledger/acme-keys.ts";
import type { AcmeKeys } from "../../support/ledger/acme-keys.ts";
import { approvedDecision, mergedSnapshot, requestBytes } from "./decided.ts";
import type { Asked } from "./decided.ts";
import { manualClock } from "./manual-clock.ts";
import type { ManualClock } from "./manual-clock.ts";
import { targetWorld } from "./target-world.ts";
import type { TargetWorld } from "./target-world.ts";

/** The start of every scene. */
export const start = "2026-11-21T10:00:00.000Z";

/** An access repository with its ledgers, its forge and its targets, and an executor that can be restarted. */
export interface Scene {
  readonly tracker: MemoryTracker;
  readonly keys: AcmeKeys;
  readonly clock: ManualClock;
  readonly remote: MemoryLedgerRemote;
  readonly mirror: MemoryMirror;
  readonly world: TargetWorld;
  /** Writes the decisions ledger, as the gate does. */
  readonly gate: Ledger;
  /** What the forge shows of each PR, and what deciding it again gives. */
  readonly forge: Map<number, { snapshot: Snapshot; fresh: Decision }>;
  readonly lines: string[];
  /** Whether the forge answers. */
  forgeFault: "none" | "down" | "hangs";
  executor: Executor;
  /** Merges an approved request, as the gate does, and returns what it rests on. */
  approve(asked: Asked): Promise<Approved>;
  /** Puts a file on the governed branch without any decision; `null` removes it. */
  push(path: string, text: string | null): void;
  /** Starts the executor anew on the same disk; `wrap` may put faults into its parts. */
  restart(wrap?: (parts: ExecutorParts) => ExecutorParts): Promise<void>;
  pass(): Promise<PassReport>;
  /** Entries of the executions ledger as they are on the remote, verified by a reader of its own. */
  executions(): Promise<readonly Entry[]>;
  entries<T extends EntryType>(type: T): Promise<readonly EntryOf<T>[]>;
}

export interface Approved {
  readonly decision: EntryOf<"decision">;
  readonly merge: EntryOf<"merge">;
}

/**
 * Sets the scene: acme/access with an empty `access-requests/`, the trust root written, nothing granted. `files` are on the
 * governed branch from the beginning.
 */
export async function setScene(files: Readonly<Record<string, string>> = {}): Promise<Scene> {
  const folder = await temporaryFolder();
  const keys = acmeKeys();
  const clock = manualClock(start);
  // The ledgers pause between their own tries; here that takes no time.
  const ledgerClock: Clock = { now: clock.now, sleep: () => Promise.resolve() };
  const remote = memoryLedgerRemote();
  const ledgerOf = (branch: "audit/decisions" | "audit/executions"): Ledger =>
    openLedger({
      store: memoryLedgerStore(remote),
      signer: branch === "audit/decisions" ? keys.decision : keys.execution,
      clock: ledgerClock,
      chance: evenChance,
      branch,
      trustRoot: keys.trustRoot,
    });
  const mirror = memoryMirror();
  let tip = mirror.commit({ files: { "README.md": "access", ...files } });
  mirror.setBranch("main", tip);
  const gate = ledgerOf("audit/decisions");
  await ensureTrustRoot(gate, keys.trustRoot, tip);
  const world = targetWorld(clock.now);

  const scene: Omit<Scene, "executor"> & { executor: Executor | null } = {
    keys,
    clock,
    remote,
    mirror,
    world,
    gate,
    forge: new Map(),
    tracker: memoryTracker(),
    lines: [],
    forgeFault: "none",
    executor: null,
    async approve(asked) {
      const text = requestBytes(asked);
      const path =
        asked.path ?? `access-requests/${asked.target ?? "payments-db"}/${asked.name}.yaml`;
      const head = mirror.commit({ parents: [tip], files: { [path]: text } });
      const mergeCommit = mirror.commit({ parents: [tip, head], files: { [path]: text } });
      tip = mergeCommit;
      mirror.setBranch("main", tip);
      const digest = sha256(text);
      const seconds = durationSeconds(asked.duration ?? "PT4H") ?? 0;
      const decided = approvedDecision({ asked, path, head, digest, seconds });
      const snapshot = mergedSnapshot(decided, mergeCommit);
      scene.forge.set(decided.pull, { snapshot, fresh: decided });
      return record(gate, { decided, snapshot, mergeCommit, name: asked.name });
    },
    push(path, text) {
      tip = mirror.commit({ parents: [tip], files: { [path]: text } });
      mirror.setBranch("main", tip);
    },
    async restart(wrap = (parts) => parts) {
      const log: ExecutorParts["log"] = (level, message, fields) =>
        void scene.lines.push(`${level} ${message} ${JSON.stringify(fields)}`);
      const parts: ExecutorParts = {
        clock,
        ledger: ledgerOf("audit/executions"),
        mirror,
        governedBranch: "main",
        readSnapshot: (_, pull) => readSnapshot(scene, pull),
        decide: (snapshot) => freshDecision(scene, snapshot),
        openTarget: world.openTarget,
        incidents: memoryIncidents(scene.tracker),
        outbox: await openOutbox(`${folder}/outbox`, log),
        known: await openKnownState(`${folder}/known`, log),
        log,
      };
      scene.executor = newExecutor(wrap(parts));
    },
    pass: () => reconcile(executorOf(scene)),
    executions: async () => (await ledgerOf("audit/executions").sync()).executions,
    entries: async (type) => entriesOf(await ledgerOf("audit/executions").sync(), type),
  };
  await scene.restart();
  return scene as Scene;
}

function executorOf({ executor }: { executor: Executor | null }): Executor {
  if (executor === null) throw new Error("not started");
  return executor;
}

function readSnapshot(scene: Pick<Scene, "forge" | "forgeFault">, pull: number): Promise<Snapshot> {
  if (scene.forgeFault === "hangs") return new Promise(() => undefined);
  const shown = scene.forge.get(pull);
  if (scene.forgeFault === "down" || shown === undefined) {
    return Promise.reject(new Error("the forge does not answer"));
  }
  return Promise.resolve(shown.snapshot);
}

function freshDecision({ forge }: Pick<Scene, "forge">, { pull }: Snapshot): Decision {
  const shown = forge.get(pull.number);
  if (shown === undefined) throw new Error("decided what was never read");
  return shown.fresh;
}

interface Recorded {
  readonly decided: Decision;
  readonly snapshot: Snapshot;
  readonly mergeCommit: string;
  readonly name: string;
}

/** Writes a decision and the merge entry that names it. */
export async function record(gate: Ledger, recorded: Recorded): Promise<Approved> {
  const decision = await recordDecision(gate, recorded);
  const { decided, mergeCommit, name } = recorded;
  const merge = await recordMerge(gate, decision, { mergeCommit, requests: [name] }, decided.head);
  return { decision, merge };
}

/** Writes a decision entry alone. */
export async function recordDecision(
  gate: Ledger,
  { decided, snapshot }: Pick<Recorded, "decided" | "snapshot">,
): Promise<EntryOf<"decision">> {
  const [entry] = await gate.append([
    {
      type: "decision",
      idempotencyKey: `decision:${decided.pull}:${sha256(JSON.stringify(decided))}`,
      summary: `decide #${decided.pull}`,
      delivery: null,
      inputs: { snapshot, decidedAt: new Date(0).toISOString() },
      result: { decision: decided },
    },
  ]);
  if (entry?.type !== "decision") throw new Error("no decision entry");
  return entry;
}

/** Writes a merge entry alone. */
export async function recordMerge(
  gate: Ledger,
  decision: EntryOf<"decision">,
  { mergeCommit, requests }: { readonly mergeCommit: string; readonly requests: readonly string[] },
  head: string,
): Promise<EntryOf<"merge">> {
  const { pull } = decision.result.decision;
  const [entry] = await gate.append([
    {
      type: "merge",
      idempotencyKey: `merge:${mergeCommit}:${requests.join()}`,
      summary: `merge #${pull}`,
      delivery: null,
      inputs: { pull, decision: decision.digest, head, mergeCommit },
      result: { kind: "request", requests },
    },
  ]);
  if (entry?.type !== "merge") throw new Error("no merge entry");
  return entry;
}

/** Writes a violation that names a PR. */
export async function recordViolation(gate: Ledger, pull: number): Promise<void> {
  await gate.append([
    {
      type: "violation",
      idempotencyKey: `violation:${pull}`,
      summary: `violation on #${pull}`,
      delivery: null,
      inputs: { pull, commit: null, request: null, paths: [], by: [] },
      result: { code: "GATE-FOREIGN-CHECK", detail: "a foreign check of our name" },
    },
  ]);
}
