import { rm } from "node:fs/promises";
import { join } from "node:path";
import { memorySigner } from "../../../src/adapters/memory/memory-signer.ts";
import { objectId } from "../../../src/adapters/git/oid.ts";
import { trustRootDigest } from "../../../src/core/attest/trust-root.ts";
import type { Decision } from "../../../src/core/model/decision.ts";
import type { Draft, EntryDraft, EntryType } from "../../../src/core/model/entry.ts";
import type { TrustRootSignature } from "../../../src/core/model/governance.ts";
import type { TrustRoot } from "../../../src/generated/trust-root.ts";
import type { Signer } from "../../../src/ports/signer.ts";
import type { StoredEntry } from "../../../src/ports/ledger-store.ts";
import { gitIn } from "../git/git-in.ts";
import { acmeKeys } from "../ledger/acme-keys.ts";
import type { AcmeKeys } from "../ledger/acme-keys.ts";
import { digestOf as digestOfLetter } from "../ledger/drafts.ts";
import { rotatedTo, signaturesOver, trustRootDraft } from "../ledger/rotation.ts";
import { replaced, statementOf } from "../ledger/tamper.ts";
import { digestOf, livedAgain } from "./lived-again.ts";
import type { Lie, Written } from "./lived-again.ts";
import type { RecordedLife } from "./recorded-life.ts";

/** One way to tamper with a repository, and the one code that must give it away. */
export interface TamperRow {
  readonly name: string;
  /** `null`: nothing is wrong. */
  readonly code: string | null;
  /** Why its code is not there yet. */
  readonly pending?: string;
  readonly life?: (life: RecordedLife) => RecordedLife;
  /** What is done to the repository after it was laid down; returns the clone to audit when it is another. */
  readonly repository?: (folder: string, laid: LaidDown) => Promise<string>;
  readonly options?: (life: RecordedLife) => readonly string[];
}

export interface LaidDown {
  readonly decisions: readonly string[];
  readonly executions: readonly string[];
}

const truth: Lie = (draft) => [{ draft }];

/** Lies about the entry of one type and number, and tells the truth about all others. */
function about<T extends EntryType>(
  type: T,
  seq: number,
  lie: (draft: Draft<T>) => readonly Written[],
): Lie {
  return (draft, at) =>
    draft.type === type && at === seq ? lie(draft as unknown as Draft<T>) : [{ draft }];
}

function decides(change: (decision: Decision) => Partial<Decision>): Lie {
  return about("decision", approved, (draft) => {
    const { decision } = draft.result;
    return [{ draft: { ...draft, result: { decision: { ...decision, ...change(decision) } } } }];
  });
}

// Numbers of entries in the recorded life.
const approved = 5;
const observed = 3;
const denied = 10;
const intent = 4;
const revoked = 3;
const lastObserved = 24;
const lastAnchored = 27;

function decisionsAs(change: (entries: readonly StoredEntry[]) => readonly StoredEntry[]) {
  return (life: RecordedLife): RecordedLife => ({ ...life, decisions: change(life.decisions) });
}

function lie(one: Lie) {
  return (life: RecordedLife): RecordedLife => livedAgain(life, one);
}

/** Lets the last merge bring along the request that still waits. */
function smuggled(life: RecordedLife): RecordedLife {
  const tree = treeOf(life, decisionOf(life.decisions.at(-1) ?? missing()).head);
  const objects = life.objects.map((object) => {
    if (object.oid !== life.main) return object;
    const text = Buffer.from(object.bytes).toString();
    return { ...object, bytes: Buffer.from(text.replace(/^tree [0-9a-f]{40}/u, tree)) };
  });
  return { ...life, objects };
}

function treeOf({ objects }: RecordedLife, oid: string): string {
  const commit = objects.find((object) => object.oid === oid);
  return /^tree [0-9a-f]{40}/u.exec(Buffer.from(commit?.bytes ?? "").toString())?.[0] ?? "";
}

/** Puts the bytes of the request that still waits onto main. */
function merged(life: RecordedLife, parents: "merge" | "push"): RecordedLife {
  const waiting = life.decisions.at(-1);
  if (waiting === undefined) throw new Error("nothing waits");
  const { head, pull } = decisionOf(waiting);
  const tree = treeOf(life, head);
  const who = "An Administrator <admin@acme.example> 1763740000 +0000";
  const lines = [
    tree,
    `parent ${life.main}`,
    ...(parents === "merge" ? [`parent ${head}`] : []),
    `author ${who}`,
    `committer ${who}`,
    "",
    `Merge pull request #${pull}`,
  ];
  const bytes = Buffer.from(lines.join("\n"));
  const oid = objectId("commit", bytes, "");
  return { ...life, main: oid, objects: [...life.objects, { oid, type: "commit", bytes }] };
}

function decisionOf(stored: StoredEntry): Decision {
  const { predicate } = statementOf(stored);
  return (predicate as unknown as Draft<"decision">).result.decision;
}

/** Writes one more entry at the end of the decisions. */
function andThen(life: RecordedLife, more: EntryDraft): RecordedLife {
  const last = life.decisions.length - 1;
  return livedAgain(life, (draft, seq) =>
    seq === last && draft.type === "decision" ? [{ draft }, { draft: more }] : [{ draft }],
  );
}

function mergedByDecisionOfAnother(life: RecordedLife): RecordedLife {
  const after = merged(life, "merge");
  const [waiting, used] = [life.decisions.at(-1), life.decisions[approved]];
  if (waiting === undefined || used === undefined) throw new Error("a decision is missing");
  const { pull, head } = decisionOf(waiting);
  return andThen(after, {
    type: "merge",
    idempotencyKey: `merge:${pull}`,
    ...{ summary: "merged", delivery: null },
    inputs: { pull, head, decision: digestOf(used), mergeCommit: after.main },
    result: { kind: "request", requests: ["life-12"] },
  });
}

function seenByGate(life: RecordedLife): RecordedLife {
  const after = merged(life, "merge");
  return andThen(after, {
    type: "violation",
    idempotencyKey: "violation:1",
    ...{ summary: "merged without a valid decision", delivery: null },
    inputs: { pull: 12, commit: after.main, request: null, paths: [], by: null },
    result: { code: "MERGED-WITHOUT-DECISION", detail: "It was merged." },
  });
}

/** Lets an account approve the first request, on record as if everything were in order. */
function approvedBy(id: number, login: string, person: string): Lie {
  const decision = decides(({ approvals }) => ({
    approvals: approvals.map((one, index) =>
      index === 0 ? { ...one, principal: id, login, person } : one,
    ),
  }));
  const sight = about("approval-observed", observed, (draft) => {
    const reviewer = { ...draft.inputs.reviewer, id, login };
    return [{ draft: { ...draft, inputs: { ...draft.inputs, reviewer } } }];
  });
  return (draft, seq) => (draft.type === "decision" ? decision : sight)(draft, seq);
}

/** Writes the entry of a trust root right after the first merge; what comes after is signed by what `signs` says. */
function entered(
  inputs: (life: RecordedLife, next: Signer) => Partial<Draft<"trust-root">["inputs"]>,
  signs: (life: RecordedLife, next: Signer, seq: number) => Signer,
) {
  return (life: RecordedLife): RecordedLife => {
    const next = memorySigner();
    const draft = trustRootDraft(life.keys.trustRoot, [], life.main);
    const given = { ...draft.inputs, ...inputs(life, next) };
    const { trustRoot } = given;
    const entry: EntryDraft = {
      ...{ ...draft, inputs: given, result: { digest: trustRootDigest(trustRoot) } },
      idempotencyKey: "trust-root:next",
    };
    return livedAgain(life, (lived, seq) => {
      if (isExecuted(lived) || seq < 6) return [{ draft: lived }];
      if (seq === 6) return [{ draft: lived }, { draft: entry }];
      return [{ draft: lived, signer: signs(life, next, seq) }];
    });
  };
}

/** Retires the decision key after the first merge; `lastBy` signs one more entry after that. */
function rotated(lastBy: "the new key" | "the retired key") {
  return entered(
    ({ keys }, next) => {
      const trustRoot = rotatedTo(keys.trustRoot, { decision: [next] });
      return { trustRoot, signatures: signaturesOver(trustRoot, [keys.root, next]) };
    },
    (life, next, seq) =>
      seq === life.decisions.length - 1 && lastBy === "the retired key" ? life.keys.decision : next,
  );
}

/** A rotation of the root key that does not hold: everything else goes on under the keys that are in force. */
function wronglyRotated(
  sign: (document: TrustRoot, keys: AcmeKeys, next: Signer) => readonly TrustRootSignature[],
  change: (document: TrustRoot) => Partial<TrustRoot> = () => ({}),
) {
  return entered(
    ({ keys }, next) => {
      const document = rotatedTo(keys.trustRoot, { root: [next] });
      const trustRoot = { ...document, ...change(document) };
      return { trustRoot, signatures: sign(trustRoot, keys, next) };
    },
    ({ keys }) => keys.decision,
  );
}

const rightlySigned = (
  document: TrustRoot,
  { root }: AcmeKeys,
  next: Signer,
): readonly TrustRootSignature[] => signaturesOver(document, [root, next]);

function isExecuted({ type }: EntryDraft): boolean {
  return ["grant-intent", "grant", "revoke-intent", "revoke"].includes(type);
}

function missing(): never {
  throw new Error("the life has no such entry");
}

/** Writes everything again under keys and a trust root of the forger's own. */
function rogue(life: RecordedLife): RecordedLife {
  const keys = acmeKeys();
  const signs = about("trust-root", 0, (draft) => [
    {
      draft: {
        ...draft,
        inputs: { ...draft.inputs, trustRoot: keys.trustRoot },
        result: { digest: keys.rootDigest },
      },
    },
  ]);
  return { ...livedAgain({ ...life, keys }, signs), keys: life.keys };
}

function rewrittenPayload(entry: StoredEntry): StoredEntry {
  const envelope = JSON.parse(entry.bytes ?? "{}") as { payload: string };
  const text = Buffer.from(envelope.payload, "base64").toString().replace("carol", "eveee");
  const payload = Buffer.from(text).toString("base64");
  return { ...entry, bytes: (entry.bytes ?? "").replace(envelope.payload, payload) };
}

function message(change: (message: string) => string) {
  return decisionsAs((entries) =>
    replaced(entries, 12, (entry) => ({ ...entry, message: change(entry.message) })),
  );
}

function pin(life: RecordedLife): readonly string[] {
  const digest = digestOf(life.decisions.at(-1) ?? missing());
  return ["--pin", `decisions=${life.decisions.length - 1}:${digest}`];
}

async function withoutBlob(folder: string, { decisions }: LaidDown): Promise<string> {
  const blob = await gitIn(folder, ["rev-parse", `${decisions[approved] ?? ""}:entry.dsse.json`]);
  await rm(join(folder, "objects", blob.slice(0, 2), blob.slice(2)));
  return folder;
}

async function shallow(folder: string): Promise<string> {
  const clone = `${folder}.shallow`;
  await gitIn(folder, [
    "clone",
    "--quiet",
    "--depth=1",
    "--no-single-branch",
    `file://${folder}`,
    clone,
  ]);
  return clone;
}

/** Every row of the list, the clean repositories first. */
export const tamperRows: readonly TamperRow[] = [
  { name: "clean", code: null },
  { name: "clean, with the pin of an earlier audit", code: null, options: pin },
  { name: "clean, after a rotation of keys", code: null, life: rotated("the new key") },
  {
    name: "entry deleted from the middle",
    code: "entry-missing",
    life: decisionsAs((all) => all.toSpliced(approved, 1)),
  },
  {
    name: "tail cut off, seen by the other ledger",
    code: "peer-ahead",
    life: (life) => ({ ...life, executions: life.executions.slice(0, -1) }),
  },
  {
    name: "tail cut off, seen by an anchor",
    code: "ledger-cut",
    life: decisionsAs((all) => all.slice(0, lastObserved)),
  },
  {
    name: "tail cut off after the last anchor, seen by a pinned checkpoint",
    code: "pin-ahead",
    life: decisionsAs((all) => all.slice(0, lastAnchored)),
    options: pin,
  },
  {
    name: "payload rewritten",
    code: "signature-invalid",
    life: decisionsAs((all) => replaced(all, approved, rewrittenPayload)),
  },
  {
    name: "two entries swapped",
    code: "entry-moved",
    life: decisionsAs((all) => [...all.slice(0, 4), ...all.slice(4, 6).reverse(), ...all.slice(6)]),
  },
  {
    name: "old entry replayed at the end",
    code: "entry-replayed",
    life: decisionsAs((all) => [...all, ...all.slice(approved, approved + 1)]),
  },
  {
    name: "decision used for another pull request",
    code: "decision-of-another-pull",
    life: mergedByDecisionOfAnother,
  },
  {
    name: "whole ledger signed again by a stolen key",
    code: "ledger-rewritten",
    life: (life) =>
      livedAgain(
        life,
        about("decision", denied, () => []),
        "audit/decisions",
      ),
  },
  {
    name: "back-dated entry",
    code: "back-dated",
    life: lie(about("revert", 24, (draft) => [{ draft, at: "2026-11-21T10:30:00.000Z" }])),
  },
  {
    name: "grant without decision",
    code: "grant-without-decision",
    life: lie(
      about("grant-intent", intent, (draft) => [
        { draft: { ...draft, inputs: { ...draft.inputs, decision: digestOfLetter("9") } } },
      ]),
    ),
  },
  {
    name: "merge by an administrator without entry",
    code: "merge-without-decision",
    life: (life) => merged(life, "merge"),
  },
  {
    name: "merge by an administrator, recorded by the gate as a violation",
    code: "violation-recorded",
    life: seenByGate,
  },
  {
    name: "direct push to the default branch",
    code: "direct-push",
    life: (life) => merged(life, "push"),
  },
  {
    name: "merged bytes differ from the approved ones",
    code: "merged-bytes-differ",
    life: (life) => livedAgain(smuggled(life), truth),
  },
  {
    name: "executor is approver",
    code: "operator-approval",
    life: lie(approvedBy(2002, "countersign-executor[bot]", "countersign-executor")),
  },
  {
    name: "executor is requester",
    code: "operator-request",
    life: lie(
      decides(({ request }) => ({
        request: request === null ? null : { ...request, requester: "countersign-executor" },
      })),
    ),
  },
  {
    name: "requester is approver though approved is recorded",
    code: "self-approval",
    life: lie(approvedBy(1001, "alice", "alice")),
  },
  {
    name: "decision key on an execution entry",
    code: "wrong-key-role",
    life: (life) =>
      livedAgain(
        life,
        about("revoke", revoked, (draft) => [{ draft, signer: life.keys.decision }]),
      ),
  },
  { name: "retired key after rotation", code: "key-retired", life: rotated("the retired key") },
  { name: "rogue trust root", code: "trust-root-unexpected", life: rogue },
  {
    name: "rotation that too few root keys of before signed",
    code: "trust-root-too-few-signatures",
    life: wronglyRotated((document, _, next) => signaturesOver(document, [next])),
  },
  {
    name: "rotation to a root key that nobody shows to hold",
    code: "trust-root-not-accepted",
    life: wronglyRotated((document, { root }) => signaturesOver(document, [root])),
  },
  {
    name: "rotation to a decision key that nobody shows to hold",
    code: "trust-root-key-unproved",
    life: entered(
      ({ keys }, next) => {
        const trustRoot = rotatedTo(keys.trustRoot, { decision: [keys.decision, next] });
        return { trustRoot, signatures: signaturesOver(trustRoot, [keys.root]) };
      },
      ({ keys }) => keys.decision,
    ),
  },
  {
    name: "rotation that one key signed twice",
    code: "trust-root-signed-twice",
    life: wronglyRotated((document, { root }, next) =>
      signaturesOver(document, [root, next, root]),
    ),
  },
  {
    name: "rotation with signatures over another document",
    code: "trust-root-signature-invalid",
    life: wronglyRotated((document, { root }, next) =>
      signaturesOver({ ...document, description: "another" }, [root, next]),
    ),
  },
  {
    name: "rotation signed by the decision key alone",
    code: "trust-root-signer-unfit",
    life: wronglyRotated((document, { decision }) => signaturesOver(document, [decision])),
  },
  {
    name: "rotation that skips a version",
    code: "trust-root-version-skipped",
    life: wronglyRotated(rightlySigned, () => ({ version: 3 })),
  },
  {
    name: "rotation that names another trust root as the one before",
    code: "trust-root-previous-differs",
    life: wronglyRotated(rightlySigned, () => ({ previous: digestOfLetter("9") })),
  },
  {
    name: "rotation to the keys of another repository",
    code: "trust-root-of-another-repository",
    life: wronglyRotated(rightlySigned, ({ repository }) => ({
      repository: { ...repository, id: 1 },
    })),
  },
  {
    name: "rotation that makes the executor's key one of the gate's",
    code: "trust-root-key-in-another-role",
    life: entered(
      ({ keys }, next) => {
        const trustRoot = rotatedTo(keys.trustRoot, {
          decision: [keys.decision, keys.execution],
          execution: [next],
        });
        return { trustRoot, signatures: signaturesOver(trustRoot, [keys.root, next]) };
      },
      ({ keys }) => keys.decision,
    ),
  },
  {
    name: "time passed without revoke",
    code: "ttl-overdue",
    life: lie((draft, seq) =>
      (draft.type === "revoke-intent" || draft.type === "revoke") && seq <= revoked
        ? []
        : [{ draft }],
    ),
  },
  {
    name: "revoke recorded without read-back",
    code: "revoke-not-read-back",
    life: lie(
      about("revoke", revoked, (draft) => {
        const permissions = [draft.inputs.grant.permission];
        const readBack = { ...draft.result.readBack, permissions };
        return [{ draft: { ...draft, result: { readBack } } }];
      }),
    ),
  },
  {
    name: "replayed decision differs",
    code: "decision-not-repeatable",
    life: lie(decides(() => ({ notAfter: "2027-01-01T00:00:00Z" }))),
  },
  {
    name: "trailer and payload disagree",
    code: "trailers-disagree",
    life: message((text) => text.replace(/Ledger-Seq: .*/u, "Ledger-Seq: 3")),
  },
  {
    name: "commit message that forges an author",
    code: "message-forged",
    life: message((text) => text.replace("\n\n", "\u00f2Eve <eve@acme.example>\u00f2\n\n")),
  },
  {
    name: "refs/replace present",
    code: "replaced",
    repository: async (folder, { decisions }) => {
      await gitIn(folder, ["replace", decisions[4] ?? "", decisions[3] ?? ""]);
      return folder;
    },
  },
  { name: "shallow clone", code: "shallow", repository: shallow },
  { name: "object missing from the clone", code: "ledger-unreadable", repository: withoutBlob },
  { name: "told again without a lie", code: null, life: lie(truth) },
];
