import type { ChainProblem, ChainProblemCode, Defect } from "./chain-problem.ts";
import type { ChainState } from "./chain-state.ts";
import { outOfLine, placeDefects } from "./check-place.ts";
import { checkSignatures, signedBytes } from "./check-signatures.ts";
import type { KnownSignature } from "./check-signatures.ts";
import { decodeEnvelope } from "./dsse.ts";
import type { SignedEnvelope } from "./dsse.ts";
import type { ReadAhead, StoredEntryLike } from "./read-ahead.ts";
import { parseStatement } from "./statement.ts";
import type { Statement } from "./statement.ts";
import { addEra, keyOfAnyEra } from "./trust-timeline.ts";
import type { TrustTimeline } from "./trust-timeline.ts";
import { firstTrustRootDefects, nextTrustRootDefects } from "./verify-trust-root.ts";
import type { Entry } from "../model/entry.ts";

export interface ChainReport {
  /** The entries without any problem, oldest first. */
  readonly entries: readonly Entry[];
  /** Entries with a problem that a known key signed: what they say is known, and proves nothing. */
  readonly unbelieved: readonly Entry[];
  readonly problems: readonly ChainProblem[];
  readonly state: ChainState;
  /** With the trust roots that the entries brought. */
  readonly trust: TrustTimeline;
}

/**
 * Verifies the entries that follow `state`: commit, envelope, signatures and key role, payload, place in the
 * chain, trailers. Never throws. An entry with a problem is left out and the next one is held against it, so
 * one fault is named once; without a trust root to begin with nothing after it is looked at. Verify
 * `audit/decisions` first: its report carries the trust roots that `audit/executions` needs.
 */
export function verifyChain(
  stored: readonly StoredEntryLike[],
  state: ChainState,
  trust: TrustTimeline,
): ChainReport {
  return chainWalk(state, trust).take(stored);
}

/** A chain that is verified piece by piece; it has collections of its own, so that no piece copies them. */
export interface ChainWalk {
  /** Verifies what follows and reports on this piece alone. The report's state goes on changing with the next piece. */
  take(stored: readonly (StoredEntryLike | ReadAhead)[]): ChainReport;
  /** Verifies the signatures that were left for the end. */
  finish(): readonly ChainProblem[];
}

/**
 * Which signatures are verified: `every`, or `last-of-each-key`. The last statement of a key names the one before it by digest,
 * and so on to its first: the signature on it stands for all that this key signed, and saves nearly all of the time. What it
 * does not show is a bad signature on an entry in between, whose statement the key stands for all the same.
 */
export type Signatures = "every" | "last-of-each-key";

/** Starts to verify from a state on, which stays as it is. */
export function chainWalk(
  state: ChainState,
  trust: TrustTimeline,
  signatures: Signatures = "every",
): ChainWalk {
  const walk: Walk = {
    signatures,
    last: new Map(),
    state: { ...state, lastBySigner: new Map(state.lastBySigner), keys: new Set(state.keys) },
    trust,
    entries: [],
    unbelieved: [],
    problems: [],
  };
  let isOver = false;
  return {
    take(stored) {
      walk.entries = [];
      walk.unbelieved = [];
      walk.problems = [];
      for (const one of stored) {
        if (isOver) break;
        verifyOne(walk, one);
        isOver = walk.trust.eras.length === 0;
      }
      const { entries, unbelieved, problems } = walk;
      return { entries, unbelieved, problems, state: walk.state, trust: walk.trust };
    },
    finish: () =>
      [...walk.last.values()].flatMap(({ envelope, seq, commit }) =>
        signedBytes(walk.trust, envelope).map((one) => {
          return { ...one, seq, branch: state.branch, commit };
        }),
      ),
  };
}

interface Walk {
  readonly signatures: Signatures;
  /** The last envelope of each key whose signature waits for the end. */
  readonly last: Map<string, { envelope: SignedEnvelope; seq: number; commit: string }>;
  state: WalkState;
  trust: TrustTimeline;
  entries: Entry[];
  unbelieved: Entry[];
  problems: ChainProblem[];
}

/** The state while walking: its own copies of the collections, so that it may add to them. */
interface WalkState extends ChainState {
  readonly lastBySigner: Map<string, string>;
  readonly keys: Set<string>;
}

/** With one of these nobody whom a trust root names has said what the entry says. */
const unsigned: ReadonlySet<ChainProblemCode> = new Set([
  "trust-root-unexpected",
  "trust-root-malformed",
  "key-unknown",
  "signature-invalid",
]);

interface Reading {
  readonly defects: readonly Defect[];
  readonly statement: Statement | null;
  readonly envelope: SignedEnvelope | null;
}

function verifyOne(walk: Walk, stored: StoredEntryLike | ReadAhead): void {
  const { state } = walk;
  const { defects, statement, envelope } = readStored(walk, stored);
  const seq = statement?.seq ?? state.seq + 1;
  const all = [...commitDefects(state, stored), ...defects];
  walk.problems.push(
    ...all.map((one) => ({
      ...one,
      seq,
      branch: state.branch,
      commit: stored.commit,
    })),
  );
  const keyid = envelope?.signatures[0].keyid ?? "";
  if (statement !== null) {
    const entry = {
      ...statement,
      branch: state.branch,
      keyid,
      commit: stored.commit,
    } as unknown as Entry;
    if (all.length === 0) accept(walk, entry);
    else if (!all.some(({ code }) => unsigned.has(code))) walk.unbelieved.push(entry);
  }
  walk.state = all.some(({ code }) => outOfLine.has(code))
    ? { ...state, commit: stored.commit }
    : advance(state, stored.commit, statement, keyid);
}

function commitDefects(state: ChainState, { parents }: StoredEntryLike): readonly Defect[] {
  const expected = state.commit === null ? [] : [state.commit];
  if (parents.length === expected.length && parents[0] === expected[0]) return [];
  const wanted = expected[0] ?? "no parent";
  return [
    defect("wrong-parents", `Expected ${wanted}, found ${parents.join(" ") || "no parent"}.`),
  ];
}

function readStored(walk: Walk, stored: StoredEntryLike | ReadAhead): Reading {
  if (stored.bytes === null) {
    return unread(
      "not-one-file",
      "The commit is not exactly one file entry.dsse.json, mode 100644.",
    );
  }
  const ahead = "known" in stored ? stored : null;
  const envelope = ahead === null ? decodeEnvelope(stored.bytes) : ahead.envelope;
  if (envelope === null) {
    return unread(
      "envelope-malformed",
      "entry.dsse.json is not an envelope as Countersign writes it.",
    );
  }
  const { state } = walk;
  if (state.branch === "audit/decisions" && state.seq === -1)
    return readFirst(walk, envelope, stored);
  if (walk.trust.eras.length === 0) {
    return unread("trust-root-missing", "There is no trust root to verify this entry with.");
  }
  const signed = readSignatures(walk, envelope, ahead?.known, stored.commit);
  if (signed.length > 0) return { defects: signed, statement: null, envelope };
  const parsed = parseStatement(envelope.payload);
  if (!parsed.ok)
    return { defects: [defect(parsed.code, parsed.detail)], statement: null, envelope };
  const { statement } = parsed;
  return {
    defects: [
      ...checkSignatures(walk.trust, state.branch, statement, envelope),
      ...placeDefects(state, statement, envelope, stored.message),
      ...nextTrustRootDefects(walk.trust, statement),
    ],
    statement,
    envelope,
  };
}

/** Leaves the signatures for the end where only the last of each key is verified; those over a trust root never wait. */
function readSignatures(
  walk: Walk,
  envelope: SignedEnvelope,
  known: readonly KnownSignature[] | undefined,
  commit: string,
): readonly Defect[] {
  const [{ keyid }] = envelope.signatures;
  const waits =
    walk.signatures === "last-of-each-key" &&
    envelope.signatures.length === 1 &&
    keyOfAnyEra(walk.trust, keyid) !== null;
  if (!waits) return signedBytes(walk.trust, envelope, known);
  walk.last.set(keyid, { envelope, seq: walk.state.seq + 1, commit });
  return [];
}

// Entry 0 brings the keys it is signed with: it is believed for the digest that was pinned from outside.
function readFirst(walk: Walk, envelope: SignedEnvelope, stored: StoredEntryLike): Reading {
  const parsed = parseStatement(envelope.payload);
  if (!parsed.ok)
    return { defects: [defect(parsed.code, parsed.detail)], statement: null, envelope };
  const { statement } = parsed;
  const defects = firstTrustRootDefects(walk.trust.expectedRoot, statement);
  if (defects.length > 0 || statement.type !== "trust-root")
    return { defects, statement, envelope };
  const { trustRoot } = (statement as Extract<Entry, { type: "trust-root" }>).inputs;
  walk.trust = addEra(walk.trust, trustRoot, { decisions: -1, executions: -1 });
  return {
    defects: [
      ...signedBytes(walk.trust, envelope),
      ...checkSignatures(walk.trust, walk.state.branch, statement, envelope),
      ...placeDefects(walk.state, statement, envelope, stored.message),
    ],
    statement,
    envelope,
  };
}

function accept(walk: Walk, entry: Entry): void {
  walk.entries.push(entry);
  if (entry.type !== "trust-root" || entry.seq === 0) return;
  walk.trust = addEra(walk.trust, entry.inputs.trustRoot, {
    decisions: entry.seq,
    executions: entry.observedPeer?.seq ?? -1,
  });
}

function advance(
  state: WalkState,
  commit: string,
  statement: Statement | null,
  keyid: string,
): WalkState {
  if (statement === null) return { ...state, seq: state.seq + 1, commit, digest: undefined };
  state.lastBySigner.set(keyid, statement.digest);
  state.keys.add(statement.idempotencyKey);
  // A number that it only claims does not move those that follow.
  const at = claimsAnother(state, statement) ? state.seq + 1 : statement.seq;
  return {
    ...state,
    seq: at,
    commit,
    digest: statement.digest,
    lastRead: { seq: at, digest: statement.digest },
    at: statement.at,
    observedSeq: statement.observedPeer?.seq ?? state.observedSeq,
  };
}

function claimsAnother({ digest, seq }: WalkState, statement: Statement): boolean {
  return digest !== undefined && statement.prev === digest && statement.seq !== seq + 1;
}

function unread(code: ChainProblemCode, detail: string): Reading {
  return { defects: [{ code, detail }], statement: null, envelope: null };
}

function defect(code: ChainProblemCode, detail: string): Defect {
  return { code, detail };
}
