/**
 * What a pass of the executor costs with many grants in effect: `npx node bench/reconcile.ts [grants…]`, by default 10000 and
 * 100000, and with `--postgres` how late the revokes of 1,000 grants are that end in the same second on one real PostgreSQL.
 * Ledger, branch and forge are in memory and unsigned here: what is measured is planning, the disk and the target.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { memoryIncidents, memoryTracker } from "../src/adapters/memory/memory-issues.ts";
import { openPostgresTarget } from "../src/adapters/targets/postgres-target.ts";
import { sha256 } from "../src/core/attest/digest.ts";
import { emptyView, entriesOf, extendView } from "../src/core/attest/ledger-view.ts";
import { decide } from "../src/core/decide/decide.ts";
import type { Entry, EntryDraft } from "../src/core/model/entry.ts";
import { newExecutor } from "../src/executor/executor.ts";
import { openKnownState } from "../src/executor/known-state.ts";
import { openOutbox } from "../src/executor/outbox.ts";
import { reconcile } from "../src/executor/reconcile.ts";
import type { Mirror } from "../src/ports/mirror.ts";
import type { Target } from "../src/ports/target.ts";
import type { Ledger } from "../src/record/ledger.ts";
import { approvedDecision, mergedSnapshot, requestBytes } from "../test/unit/executor/decided.ts";
import { entry } from "../test/unit/core/plan/plan-entries.ts";
import { startPostgres } from "../test/support/postgres/start-postgres.ts";

const begin = Date.parse("2026-11-21T10:00:00.000Z");
const identities = 1_000;

interface Setting {
  readonly grants: number;
  /** When the grant with this number ends, in milliseconds since the epoch. */
  readonly endOf: (number: number) => number;
  readonly openTarget: (name: string) => Promise<Target>;
  readonly now: () => number;
  readonly permissionOf?: (number: number) => string;
}

/** An executor whose ledger has that many active grants, each with its file, its decision and its merge. */
async function executorWith(setting: Setting, folder: string) {
  const oid = (number: number, kind: string): string => sha256(`${kind} ${number}`).slice(7, 47);
  const view = { current: emptyView };
  const entries: Entry[] = [];
  const files = new Map<string, string>();
  for (let number = 0; number < setting.grants; number += 1) {
    const name = `r${number}`;
    const path = `access-requests/payments-db/${name}.yaml`;
    const asked = { name, pull: number + 1, beneficiary: `i${number % identities}` };
    const text = requestBytes(asked);
    files.set(path, text);
    const decided = approvedDecision({
      ...{ asked, path, digest: sha256(text), head: oid(number, "head"), seconds: 14_400 },
    });
    const snapshot = mergedSnapshot(decided, oid(number, "merge"));
    const decision = {
      ...entry(2 * number, "decision", { snapshot, decidedAt: "" }, { decision: decided }),
      digest: sha256(`decision ${number}`),
      idempotencyKey: `decision:${number}`,
    };
    const { pull, head } = decided;
    const inputs = { pull, decision: decision.digest, head, mergeCommit: oid(number, "merge") };
    const merge = {
      ...entry(2 * number + 1, "merge", inputs, { kind: "request", requests: [name] }),
      digest: sha256(`merge ${number}`),
    };
    const grant = {
      ...{ id: `grant:${name}`, request: name, path, target: "payments-db" },
      ...{ entitlement: "readwrite", permission: setting.permissionOf?.(number) ?? `p${number}` },
      ...{
        beneficiary: asked.beneficiary,
        identity: asked.beneficiary,
        preexisting: "no" as const,
      },
      startsAt: new Date(begin).toISOString(),
      expiresAt: new Date(setting.endOf(number)).toISOString(),
    };
    const intent = {
      ...entry(
        2 * number,
        "grant-intent",
        { decision: decision.digest, merge: merge.digest, approvals: [] },
        { grant },
      ),
      branch: "audit/executions" as const,
      digest: sha256(`intent ${number}`),
    };
    const readBack = { at: grant.startsAt, identity: grant.identity, permissions: [] };
    const granted = {
      ...entry(2 * number + 1, "grant", { intent: intent.digest, grant }, { readBack }),
      branch: "audit/executions" as const,
      digest: sha256(`grant ${number}`),
    };
    entries.push(decision, merge, intent, granted);
  }
  view.current = extendView(emptyView, entries);
  const ledger: Ledger = {
    branch: "audit/executions",
    sync: () => Promise.resolve(view.current),
    view: () => view.current,
    append: (drafts) => Promise.resolve(append(view, drafts)),
    appendDespitePeer: () => Promise.reject(new Error("not here")),
    whyRetired: () => null,
  };
  const log = (): void => undefined;
  return newExecutor({
    clock: { now: () => new Date(setting.now()), sleep: untilAborted },
    ledger,
    mirror: mirrorOf(files, oid, setting.grants),
    governedBranch: "main",
    readSnapshot: () => Promise.reject(new Error("nothing begins here")),
    decide,
    openTarget: setting.openTarget,
    incidents: memoryIncidents(memoryTracker()),
    outbox: await openOutbox(join(folder, "outbox"), log),
    known: await openKnownState(join(folder, "known"), log),
    log,
  });
}

function append(
  view: { current: typeof emptyView },
  drafts: readonly EntryDraft[],
): readonly Entry[] {
  const written = drafts.map((draft, index) => {
    const seq = view.current.executions.length + index;
    const sealed = entry(seq, draft.type, draft.inputs as never, draft.result as never);
    const { idempotencyKey } = draft;
    const own = { branch: "audit/executions", idempotencyKey, digest: sha256(idempotencyKey) };
    return { ...sealed, ...own } as unknown as Entry;
  });
  view.current = extendView(view.current, written);
  return written;
}

function mirrorOf(
  files: ReadonlyMap<string, string>,
  oid: (number: number, kind: string) => string,
  grants: number,
): Mirror {
  const tip = oid(grants - 1, "merge");
  const numbers = Array.from({ length: grants }, (_, number) => number);
  const mirror: Partial<Mirror> = {
    fetch: () => Promise.resolve(),
    tip: () => Promise.resolve(tip),
    has: () => Promise.resolve(true),
    isAncestor: () => Promise.resolve(true),
    list: () =>
      Promise.resolve([...files.keys()].map((path) => ({ path, mode: "100644", oid: path }))),
    blob: (path) => Promise.resolve(Buffer.from(files.get(path) ?? "")),
    firstParents: () =>
      Promise.resolve(
        numbers.map((number) => ({
          oid: oid(number, "merge"),
          parents: [oid(number - 1, "merge"), oid(number, "head")],
        })),
      ),
  };
  return mirror as Mirror;
}

function untilAborted(_milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal?.addEventListener("abort", () => resolve()));
}

/** A target in memory that finds what an identity holds without looking at all others. */
function indexedTarget(now: () => Date): Target & { readonly size: () => number } {
  const held = new Map<string, Set<string>>();
  return {
    capabilities: { nativeExpiry: "none", residualSeconds: 0, endsSessions: "yes" },
    size: () => [...held.values()].reduce((sum, own) => sum + own.size, 0),
    observe: (identity) =>
      Promise.resolve({
        ...{ at: now().toISOString(), identity },
        permissions: [...(held.get(identity) ?? [])].toSorted(),
      }),
    provision: (identity, permission) => {
      held.set(identity, (held.get(identity) ?? new Set()).add(permission));
      return Promise.resolve();
    },
    revoke: (identity, permission) => {
      held.get(identity)?.delete(permission);
      return Promise.resolve();
    },
    sessions: () => Promise.resolve(null),
    close: () => Promise.resolve(),
  };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

async function passes(grants: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "countersign-bench-"));
  let now = begin + 60_000;
  const target = indexedTarget(() => new Date(now));
  // Ten end at 11:00, a hundred at 12:00, all others late.
  const endOf = (number: number): number =>
    begin + (number < 10 ? 3_600_000 : number < 110 ? 7_200_000 : 14_400_000 + number);
  const executor = await executorWith(
    { grants, endOf, openTarget: () => Promise.resolve(target), now: () => now },
    folder,
  );
  for (const { result } of entriesOf(executor.ledger.view(), "grant-intent")) {
    await target.provision(result.grant.identity, result.grant.permission, new Date());
  }
  const row = (what: string, milliseconds: number): void =>
    console.log(
      `${String(grants).padStart(8)}  ${what.padEnd(34)}${milliseconds.toFixed(1).padStart(10)} ms`,
    );
  row("start: the first pass, all compared", await timed(() => reconcile(executor)));
  row("a pass in which nothing is due", await timed(() => reconcile(executor)));
  now = begin + 3_600_000;
  row("a pass with 10 ends", await timed(() => reconcile(executor)));
  now = begin + 7_200_000;
  row("a pass with 100 ends", await timed(() => reconcile(executor)));
  const held = target.size();
  if (held !== grants - 110) throw new Error(`${held} are held, not ${grants - 110}`);
  console.log(`          memory ${Math.round(process.memoryUsage().rss / 1e6)} MB`);
  await rm(folder, { recursive: true });
}

/** 1,000 grants that end in the same second, revoked at a real PostgreSQL and read back. */
async function sameSecond(grants: number): Promise<void> {
  const postgres = await startPostgres();
  const folder = await mkdtemp(join(tmpdir(), "countersign-bench-"));
  try {
    const client = new Client({ connectionString: postgres.url });
    await client.connect();
    await client.query("CREATE ROLE payments_readwrite NOLOGIN");
    for (let number = 0; number < grants; number += 1) {
      await client.query(`CREATE ROLE i${number} LOGIN; GRANT payments_readwrite TO i${number}`);
    }
    const end = Date.now() + 5_000;
    const executor = await executorWith(
      {
        grants,
        endOf: () => end,
        openTarget: () =>
          Promise.resolve(openPostgresTarget({ url: postgres.url, timeoutSeconds: 10 })),
        now: () => Date.now(),
        permissionOf: () => "payments_readwrite",
      },
      folder,
    );
    await reconcile(executor);
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, end - Date.now())));
    await reconcile(executor);
    await Promise.all(executor.memory.lanes.values());
    await reconcile(executor);
    const late = entriesOf(executor.ledger.view(), "revoke")
      .map(({ result }) => Date.parse(result.readBack.at) - end)
      .toSorted((a, b) => a - b);
    const { rows } = await client.query(
      "SELECT 1 FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.roleid WHERE r.rolname = 'payments_readwrite'",
    );
    await client.end();
    const at = (share: number): number => late[Math.floor((late.length - 1) * share)] ?? NaN;
    console.log(
      `${grants} grants end in one second on one PostgreSQL: ${late.length} revoked and read back, ${rows.length} left; ` +
        `late by p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, at most ${at(1)} ms`,
    );
  } finally {
    await postgres.stop();
    await rm(folder, { recursive: true });
  }
}

const given = process.argv.slice(2);
console.log(`${cpus().length} × ${cpus()[0]?.model ?? "unknown"}, node ${process.version}`);
if (given.includes("--postgres")) await sameSecond(1_000);
else {
  const sizes = given.length === 0 ? [10_000, 100_000] : given.map(Number);
  for (const size of sizes) await passes(size);
}
