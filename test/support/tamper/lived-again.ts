import { objectId } from "../../../src/adapters/git/oid.ts";
import type { WrittenObject } from "../../../src/adapters/memory/git-objects.ts";
import { statementText } from "../../../src/core/attest/statement.ts";
import type { ChainPosition } from "../../../src/core/attest/statement.ts";
import { decide } from "../../../src/core/decide/decide.ts";
import { sha256 } from "../../../src/core/attest/digest.ts";
import type { EntryDraft, EntryType, LedgerBranch } from "../../../src/core/model/entry.ts";
import type { StoredEntry } from "../../../src/ports/ledger-store.ts";
import type { Signer } from "../../../src/ports/signer.ts";
import { signed, statementOf } from "../ledger/tamper.ts";
import type { RecordedLife } from "./recorded-life.ts";

/** An entry as a liar writes it. */
export interface Written {
  readonly draft: EntryDraft;
  readonly at?: string;
  readonly signer?: Signer;
}

/** What becomes of each entry; an empty list leaves it out. */
export type Lie = (draft: EntryDraft, seq: number) => readonly Written[];

/** Whose keys the liar has: with both, everything that names what was changed is changed with it. */
export type Reach = "everything" | "audit/decisions";

/**
 * Writes a life again as a liar who holds the keys would have lived it: every entry is chained and signed
 * again, and entries and commits name each other by the ids that they have then.
 */
export function livedAgain(
  life: RecordedLife,
  lie: Lie,
  reach: Reach = "everything",
): RecordedLife {
  const ids = new Map<string, string>();
  const objects = new Map(life.objects.map((object) => [object.oid, object]));
  const commits = new Map(
    life.objects.filter(({ type }) => type === "commit").map((commit) => [commit.oid, commit]),
  );
  const renamed = (text: string): string =>
    text.replace(/sha256:[0-9a-f]{64}|\b[0-9a-f]{40}\b/gu, (id) => ids.get(id) ?? commitNow(id));
  const commitNow = (oid: string): string => {
    const commit = reach === "everything" ? commits.get(oid) : undefined;
    if (commit === undefined) return oid;
    const text = renamed(Buffer.from(commit.bytes).toString());
    // An anchor names a number, too, which is another one when an entry came or went.
    const bytes = Buffer.from(
      text.replace(/(?<=^Ledger-Head: )\d+:(.*)$/mu, (_, digest: string) => {
        const at = chains["audit/decisions"].entries.findIndex((one) => digestOf(one) === digest);
        return `${at}:${digest}`;
      }),
    );
    const now: WrittenObject = { ...commit, bytes, oid: objectId("commit", bytes, oid) };
    objects.set(now.oid, now);
    ids.set(oid, now.oid);
    return now.oid;
  };
  const chains = { "audit/decisions": newChain(), "audit/executions": newChain() };
  for (const { branch, stored } of inOrder(life)) {
    const chain = chains[branch];
    if (reach !== "everything" && branch !== reach) {
      chain.entries.push(stored);
      continue;
    }
    const { draft, place } = readDraft(JSON.parse(renamed(JSON.stringify(read(stored)))) as Read);
    const signerOf = branch === "audit/decisions" ? life.keys.decision : life.keys.execution;
    const written = lie(decidedAgain(draft), place.seq);
    const before = chain.entries.length;
    for (const one of written) append(chain, one, place, one.signer ?? signerOf);
    const newest = chain.entries[before] ?? chain.entries.at(-1);
    // Who had observed an entry that was left out has now observed the one before it.
    if (newest !== undefined) ids.set(digestOf(stored), digestOf(newest));
    const peer = chains[branch === "audit/decisions" ? "audit/executions" : "audit/decisions"];
    peer.peerNumbers.set(place.seq, Math.min(before, chain.entries.length - 1));
  }
  return {
    ...life,
    decisions: chains["audit/decisions"].entries,
    executions: chains["audit/executions"].entries,
    main: commitNow(life.main),
    objects: [...objects.values()],
  };
}

interface Chain {
  readonly entries: StoredEntry[];
  readonly lastBySigner: Map<string, string>;
  /** Number in the other ledger → number there now. */
  readonly peerNumbers: Map<number, number>;
}

function newChain(): Chain {
  return { entries: [], lastBySigner: new Map(), peerNumbers: new Map() };
}

function append(chain: Chain, { draft, at }: Written, was: ChainPosition, signer: Signer): void {
  const before = chain.entries.at(-1);
  const { observedPeer } = was;
  const place: ChainPosition = {
    seq: chain.entries.length,
    prev: before === undefined ? null : digestOf(before),
    prevBySigner: chain.lastBySigner.get(signer.keyid) ?? null,
    observedPeer:
      observedPeer === null
        ? null
        : { ...observedPeer, seq: chain.peerNumbers.get(observedPeer.seq) ?? observedPeer.seq },
    at: at ?? was.at,
  };
  const old = { commit: "", parents: [], message: "", bytes: null };
  const entry = signed(statementText(draft, place), [signer], old);
  chain.lastBySigner.set(signer.keyid, digestOf(entry));
  chain.entries.push(entry);
}

interface Read {
  readonly type: EntryType;
  readonly predicate: ChainPosition & Omit<EntryDraft, "type" | "summary">;
}

function read(stored: StoredEntry): unknown {
  const { predicateType, predicate } = statementOf(stored);
  return { type: predicateType.split(":")[2], predicate };
}

function readDraft({ type, predicate }: Read): {
  readonly draft: EntryDraft;
  readonly place: ChainPosition;
} {
  const { idempotencyKey, delivery, inputs, result } = predicate;
  const draft = { type, summary: "again", idempotencyKey, delivery, inputs, result } as EntryDraft;
  return { draft, place: predicate };
}

/** What is decided on names other commits now, and so does the decision. */
function decidedAgain(draft: EntryDraft): EntryDraft {
  if (draft.type !== "decision") return draft;
  const { snapshot, decidedAt } = draft.inputs;
  return { ...draft, result: { decision: decide(snapshot, new Date(decidedAt)) } };
}

/** Names the digest of an entry's statement. */
export function digestOf({ bytes }: StoredEntry): string {
  const { payload } = JSON.parse(bytes ?? "{}") as { payload: string };
  return sha256(Buffer.from(payload, "base64"));
}

/** Both ledgers in the order in which they can have been written: what was observed comes first. */
function inOrder({
  decisions,
  executions,
}: RecordedLife): readonly { readonly branch: LedgerBranch; readonly stored: StoredEntry }[] {
  const waiting = { "audit/decisions": [...decisions], "audit/executions": [...executions] };
  const order: { branch: LedgerBranch; stored: StoredEntry }[] = [];
  let executed = -1;
  for (;;) {
    const [decision] = waiting["audit/decisions"];
    const [execution] = waiting["audit/executions"];
    const isNext =
      decision !== undefined && (observedBy(decision) <= executed || execution === undefined);
    const branch = isNext ? "audit/decisions" : "audit/executions";
    const stored = waiting[branch].shift();
    if (stored === undefined) return order;
    if (branch === "audit/executions") executed += 1;
    order.push({ branch, stored });
  }
}

function observedBy(stored: StoredEntry): number {
  const { observedPeer } = statementOf(stored).predicate as unknown as ChainPosition;
  return observedPeer?.seq ?? -1;
}
