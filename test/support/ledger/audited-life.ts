import { memoryLedgerStore } from "../../../src/adapters/memory/memory-ledger-store.ts";
import { memoryMirror } from "../../../src/adapters/memory/memory-mirror.ts";
import type { MemoryCommit, MemoryMirror } from "../../../src/adapters/memory/memory-mirror.ts";
import type { AuditReport } from "../../../src/audit/audit-report.ts";
import { verifyAudit } from "../../../src/audit/verify-audit.ts";
import { sha256 } from "../../../src/core/attest/digest.ts";
import type { ForgeKey } from "../../../src/core/attest/openpgp/verify-detached.ts";
import { decide } from "../../../src/core/decide/decide.ts";
import type { Decision } from "../../../src/core/model/decision.ts";
import type { Entry, EntryDraft, EntryOf } from "../../../src/core/model/entry.ts";
import type { Grant } from "../../../src/core/model/grant.ts";
import type { Change, Snapshot } from "../../../src/core/model/snapshot.ts";
import type { Ledger } from "../../../src/record/ledger.ts";
import { buildSnapshot, headOid } from "../snapshot/build-snapshot.ts";
import type { Given } from "../snapshot/build-snapshot.ts";
import { exampleFiles } from "../snapshot/example-files.ts";
import { requestChange } from "../snapshot/request-text.ts";
import { digestOf } from "./drafts.ts";
import { twoLedgers } from "./two-ledgers.ts";
import type { TwoLedgers } from "./two-ledgers.ts";

/** What in the life of one request is not as it should be; everything left out is. */
export interface Lies {
  /** Rewrites each entry before it is signed by the right key; an empty list leaves it out. */
  readonly rewrite?: (draft: EntryDraft) => readonly EntryDraft[];
  readonly given?: Given;
  /** What is merged instead of the approved text. */
  readonly mergedText?: string;
  /** Which commit is the second parent of the merge. */
  readonly mergedHead?: "approved" | "another";
  /** Writes and signs the message of a merge, which is merged when the ledger is that long. */
  readonly mergedBy?: (about: MergeAbout) => Pick<MemoryCommit, "message" | "sign">;
  /** The last step that happens. */
  readonly until?: Step;
  /** When the revoke happens. */
  readonly revokedAt?: string;
}

/** What the gate knows when it merges. */
export interface MergeAbout {
  readonly pull: number;
  readonly decision: string;
  readonly head: { readonly seq: number; readonly digest: string };
}

export type Step = "decided" | "merged" | "granted" | "revoked" | "removed";

/** The whole life of one request, written to a repository and two ledgers in memory. */
export interface AuditedLife extends TwoLedgers {
  readonly mirror: MemoryMirror;
  readonly main: string;
  readonly audit: (
    now?: string,
    root?: string,
    forgeKeys?: readonly ForgeKey[],
  ) => Promise<AuditReport>;
}

const steps: readonly Step[] = ["decided", "merged", "granted", "revoked", "removed"];

/** Lives the life of one privileged request of alice's, approved by bob and carol. */
export async function auditedLife(lies: Lies = {}): Promise<AuditedLife> {
  const mirror = memoryMirror();
  const files = Object.fromEntries(exampleFiles.map(({ path, text }) => [path, text]));
  const origin = mirror.commit({ files });
  const world = await twoLedgers(origin);
  const stage: Stage = { mirror, world, lies, main: origin };
  const last = steps.indexOf(lies.until ?? "removed");
  const request = await decideRequest(stage);
  if (last >= 1) await merge(stage, 7, request);
  const grant = last >= 2 ? await provision(stage, request) : null;
  if (last >= 3 && grant !== null) await revoke(stage, grant);
  if (last >= 4) await merge(stage, 8, await decideRemoval(stage, request));
  mirror.setBranch("main", stage.main);
  return {
    ...world,
    mirror,
    main: stage.main,
    audit: (now = "2026-11-21T18:00:00Z", root = world.keys.rootDigest, forgeKeys = []) =>
      verifyAudit({
        mirror,
        store: memoryLedgerStore(world.remote),
        expectedRoot: root,
        now: new Date(now),
        forgeKeys,
      }),
  };
}

/** Lists the codes of a report's findings. */
export function codesOf({ findings }: AuditReport): readonly string[] {
  return findings.map(({ code }) => code);
}

interface Stage {
  readonly mirror: MemoryMirror;
  readonly world: TwoLedgers;
  readonly lies: Lies;
  main: string;
}

interface Decided {
  readonly decision: Decision;
  readonly digest: string;
  readonly path: string;
  readonly head: string;
  readonly text: string | null;
  readonly merge: { digest: string };
}

async function decideRequest(stage: Stage): Promise<Decided> {
  const given: Given = { reviews: [{ by: "bob" }, { by: "carol" }], ...stage.lies.given };
  const change = given.changes?.[0] ?? requestChange(given);
  const { text, path } = change;
  const head = stage.mirror.commit({ parents: [stage.main], files: { [path]: text } });
  const snapshot = at(stage, buildSnapshot(given), 7, head);
  await write(stage, {
    type: "request",
    idempotencyKey: "request:settlement",
    summary: "#7 asks",
    delivery: null,
    inputs: { pull: 7, head, path, digest: sha256(text ?? ""), author: snapshot.pull.author },
    result: {
      name: snapshot.ledger.requests[0]?.name ?? "",
      fingerprint: null,
      route: [],
      governance: snapshot.governance.tip,
    },
  });
  const decision = decide(snapshot, stage.world.clock.now());
  for (const { id, author, submittedAt } of snapshot.pull.reviews) {
    if (author === null) continue;
    await write(stage, {
      type: "approval-observed",
      idempotencyKey: `approval-observed:${id}`,
      summary: `#7: ${author.login} reviewed`,
      delivery: "d",
      inputs: {
        pull: 7,
        review: id,
        reviewer: author,
        state: "APPROVED",
        commit: head,
        baseRef: "main",
        submittedAt,
      },
      result: {
        contentDigest: decision.digests.content ?? "",
        governance: { roles: null, people: null, policy: null, catalogue: null },
      },
    });
  }
  return record(stage, snapshot, decision, { path, head, text });
}

async function decideRemoval(stage: Stage, request: Decided): Promise<Decided> {
  const { path } = request;
  const head = stage.mirror.commit({ parents: [stage.main], files: { [path]: null } });
  const changes: readonly Change[] = [
    { path, status: "removed", modeBefore: "100644", modeAfter: "000000", text: null, size: null },
  ];
  const author = "countersign-gate[bot]";
  const built = buildSnapshot({ changes, author, record: { firstPull: 7, access: "ended" } });
  const snapshot = at(stage, built, 8, head);
  const decision = decide(snapshot, stage.world.clock.now());
  return record(stage, snapshot, decision, { path, head, text: null });
}

/** Moves a built snapshot to the real commits of the life. */
function at(stage: Stage, snapshot: Snapshot, number: number, head: string): Snapshot {
  const { mergeBase } = snapshot.pull;
  const text = JSON.stringify(snapshot).replaceAll(headOid, head).replaceAll(mergeBase, stage.main);
  const moved = JSON.parse(text) as Snapshot;
  return { ...moved, pull: { ...moved.pull, number } };
}

async function record(
  stage: Stage,
  snapshot: Snapshot,
  decision: Decision,
  rest: Pick<Decided, "path" | "head" | "text">,
): Promise<Decided> {
  const { pull, verdict } = decision;
  const entry = await write(stage, {
    type: "decision",
    idempotencyKey: `decision:${pull}`,
    summary: `#${pull} ${verdict}`,
    delivery: null,
    inputs: { snapshot, decidedAt: stage.world.clock.now().toISOString() },
    result: { decision },
  });
  return {
    decision,
    digest: entry?.digest ?? digestOf("0"),
    ...rest,
    merge: { digest: digestOf("0") },
  };
}

async function merge(stage: Stage, pull: number, decided: Decided): Promise<void> {
  const { path, head, text, digest, decision } = decided;
  const merged = text === null ? null : (stage.lies.mergedText ?? text);
  const mergeCommit = stage.mirror.commit({
    parents: [stage.main, stage.lies.mergedHead === "another" ? another(stage, head) : head],
    files: { [path]: merged },
    message: `Merge pull request #${pull}`,
    ...stage.lies.mergedBy?.({ pull, decision: digest, head: newestDecision(stage) }),
  });
  stage.main = mergeCommit;
  const entry = await write(stage, {
    type: "merge",
    idempotencyKey: `merge:${pull}`,
    summary: `#${pull} merged`,
    delivery: null,
    inputs: { pull, decision: digest, head, mergeCommit },
    result: {
      kind: decision.kind === "removal" ? "removal" : "request",
      requests: decision.request === null ? decision.removes : [decision.request.name],
    },
  });
  decided.merge.digest = entry?.digest ?? digestOf("0");
}

function newestDecision({ world }: Stage): MergeAbout["head"] {
  const newest = world.decisions.view().decisions.at(-1);
  return { seq: newest?.seq ?? -1, digest: newest?.digest ?? digestOf("0") };
}

/** Another head with the same bytes. */
function another({ mirror }: Stage, head: string): string {
  return mirror.commit({ parents: [head], files: { "README.md": "more" } });
}

async function provision(
  stage: Stage,
  { decision, digest, merge: merged }: Decided,
): Promise<Grant> {
  const { request } = decision;
  if (request === null) throw new Error("The request of the life was not readable.");
  const startsAt = stage.world.clock.now();
  const grant: Grant = {
    id: `grant:${request.name}`,
    request: request.name,
    path: request.path,
    target: request.target,
    entitlement: request.entitlement,
    permission: request.permission,
    beneficiary: request.beneficiary.name,
    identity: request.identity,
    startsAt: startsAt.toISOString(),
    expiresAt: new Date(startsAt.getTime() + request.durationSeconds * 1000).toISOString(),
    preexisting: "no",
  };
  await stage.world.executions.sync();
  const intent = await write(stage, {
    type: "grant-intent",
    idempotencyKey: `grant-intent:${grant.id}`,
    summary: `will grant ${grant.permission}`,
    delivery: null,
    inputs: {
      decision: digest,
      merge: merged.digest,
      approvals: decision.approvals.map(({ review }) => review),
    },
    result: { grant },
  });
  await write(stage, {
    type: "grant",
    idempotencyKey: `grant:${grant.id}`,
    summary: `granted ${grant.permission}`,
    delivery: null,
    inputs: { intent: intent?.digest ?? digestOf("0"), grant: intentGrant(intent) ?? grant },
    result: {
      readBack: { at: grant.startsAt, identity: grant.identity, permissions: [grant.permission] },
    },
  });
  return grant;
}

async function revoke(stage: Stage, grant: Grant): Promise<void> {
  const { clock } = stage.world;
  clock.set(stage.lies.revokedAt ?? grant.expiresAt);
  const intent = await write(stage, {
    type: "revoke-intent",
    idempotencyKey: `revoke-intent:${grant.id}`,
    summary: `will revoke ${grant.permission}`,
    delivery: null,
    inputs: { grant, cause: "expired" },
    result: {},
  });
  await write(stage, {
    type: "revoke",
    idempotencyKey: `revoke:${grant.id}`,
    summary: `revoked ${grant.permission}`,
    delivery: null,
    inputs: { intent: intent?.digest ?? digestOf("0"), grant },
    result: {
      readBack: { at: clock.now().toISOString(), identity: grant.identity, permissions: [] },
    },
  });
}

function intentGrant(entry: Entry | null): Grant | null {
  return (entry as EntryOf<"grant-intent"> | null)?.result.grant ?? null;
}

const executed = [
  "grant-intent",
  "grant",
  "revoke-intent",
  "revoke",
  "nothing-to-do",
  "grant-failed",
];

async function write({ world, lies }: Stage, draft: EntryDraft): Promise<Entry | null> {
  const drafts = lies.rewrite?.(draft) ?? [draft];
  if (drafts.length === 0) return null;
  const ledger: Ledger = executed.includes(draft.type) ? world.executions : world.decisions;
  const entries = await ledger.append(drafts);
  return entries.at(-1) ?? null;
}
