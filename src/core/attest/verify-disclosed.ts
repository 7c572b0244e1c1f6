import type { Defect } from "./chain-problem.ts";
import { checkSignatures, signedBytes } from "./check-signatures.ts";
import { decodeEnvelope } from "./dsse.ts";
import type { SignedEnvelope } from "./dsse.ts";
import { entryHome, peerOf } from "./entry-home.ts";
import { parseStatement } from "./statement.ts";
import type { Statement } from "./statement.ts";
import { keyRoleOf } from "./trust-root.ts";
import { addEra, startTimeline } from "./trust-timeline.ts";
import type { TrustTimeline } from "./trust-timeline.ts";
import { firstTrustRootDefects, nextTrustRootDefects } from "./verify-trust-root.ts";
import type { Entry, LedgerBranch } from "../model/entry.ts";

/** What some entries of the two ledgers prove without the others. */
export interface DisclosedReport {
  readonly entries: readonly Entry[];
  /** Sentences; with one of them nothing is proved. */
  readonly problems: readonly string[];
  readonly trust: TrustTimeline;
}

/**
 * Verifies single entries, taken out of their ledgers: signatures, key roles and the trust root in force by number, form, order,
 * and the digests between those that stand side by side or name each other. They have to come in one order, the decisions first
 * and by their numbers, the first trust root before all. What lies between two of them stays unknown, and so do later trust roots.
 * Never throws. The entries have no commit.
 */
export function verifyDisclosed(
  envelopes: readonly string[],
  expectedRoot: string,
): DisclosedReport {
  const walk: Walk = { trust: startTimeline(expectedRoot), entries: [], problems: [] };
  for (const [index, text] of envelopes.entries()) {
    const problems = verifyOne(walk, text);
    walk.problems.push(
      ...problems.map(({ detail }) => `Entry ${index + 1} of the list: ${detail}`),
    );
    // Whatever follows would be held against something that is not believed.
    if (problems.length > 0) break;
  }
  if (envelopes.length === 0) walk.problems.push("There are no entries.");
  return { ...walk, problems: [...walk.problems, ...peerProblems(walk.entries)] };
}

interface Walk {
  trust: TrustTimeline;
  readonly entries: Entry[];
  readonly problems: string[];
}

function verifyOne(walk: Walk, text: string): readonly Defect[] {
  const envelope = decodeEnvelope(text);
  if (envelope === null) {
    return [{ code: "envelope-malformed", detail: "It is no envelope as Countersign writes it." }];
  }
  const last = walk.entries.at(-1);
  const unsigned = last === undefined ? [] : signedBytes(walk.trust, envelope);
  if (unsigned.length > 0) return unsigned;
  const parsed = parseStatement(envelope.payload);
  if (!parsed.ok) return [parsed];
  const { statement } = parsed;
  const branch = branchOf(walk.trust, statement, envelope);
  const entry = asEntry(statement, branch, envelope);
  const defects =
    last === undefined
      ? readFirst(walk, statement, entry, envelope)
      : [
          ...checkSignatures(walk.trust, branch, statement, envelope),
          ...nextTrustRootDefects(walk.trust, statement),
          ...orderDefects(last, entry),
        ];
  if (defects.length > 0) return defects;
  walk.entries.push(entry);
  if (entry.type === "trust-root" && last !== undefined) {
    walk.trust = addEra(walk.trust, entry.inputs.trustRoot, {
      decisions: entry.seq,
      executions: entry.observedPeer?.seq ?? -1,
    });
  }
  return [];
}

function readFirst(
  walk: Walk,
  statement: Statement,
  entry: Entry,
  envelope: SignedEnvelope,
): readonly Defect[] {
  const defects = firstTrustRootDefects(walk.trust.expectedRoot, statement);
  if (defects.length > 0 || entry.type !== "trust-root") return defects;
  walk.trust = addEra(walk.trust, entry.inputs.trustRoot, { decisions: -1, executions: -1 });
  return [
    ...signedBytes(walk.trust, envelope),
    ...checkSignatures(walk.trust, "audit/decisions", statement, envelope),
    ...(entry.seq === 0 && entry.prev === null
      ? []
      : [wrongPlace("The first trust root has to be entry 0.")]),
  ];
}

/** A type that belongs to both ledgers is on that of its signer; whether the key may sign it is another question. */
function branchOf(
  { eras }: TrustTimeline,
  { type }: Statement,
  { signatures: [{ keyid }] }: SignedEnvelope,
): LedgerBranch {
  const isExecutor = eras.some(({ trustRoot }) => keyRoleOf(trustRoot, keyid) === "execution");
  return entryHome(type, isExecutor ? "audit/executions" : "audit/decisions").branch;
}

function asEntry(
  statement: Statement,
  branch: LedgerBranch,
  { signatures: [first] }: SignedEnvelope,
): Entry {
  return { ...statement, branch, keyid: first.keyid, commit: "" } as unknown as Entry;
}

function orderDefects(last: Entry, entry: Entry): readonly Defect[] {
  if ((entry.seq === 0) !== (entry.prev === null)) {
    return [wrongPlace("Entry 0 of a ledger follows none, and every other follows one.")];
  }
  if (last.branch !== entry.branch) {
    const isStart = entry.branch === "audit/executions";
    return isStart ? [] : [wrongPlace("The entries are not in their order.")];
  }
  if (!(entry.seq > last.seq)) return [wrongPlace("The entries are not in their order.")];
  if (Date.parse(entry.at) < Date.parse(last.at)) {
    return [
      { code: "back-dated", detail: `Written at ${entry.at}, after an entry of ${last.at}.` },
    ];
  }
  if (entry.seq === last.seq + 1 && entry.prev !== last.digest) {
    return [
      { code: "wrong-prev", detail: `It does not follow entry ${last.seq}, which is beside it.` },
    ];
  }
  return [];
}

function wrongPlace(detail: string): Defect {
  return { code: "wrong-seq", detail };
}

/** What an entry had seen of the other ledger has to be what is shown of it here. */
function peerProblems(entries: readonly Entry[]): readonly string[] {
  const bySeq = new Map(entries.map((entry) => [`${entry.branch} ${entry.seq}`, entry]));
  return entries.flatMap(({ branch, seq, observedPeer }) => {
    if (observedPeer === null) return [];
    const peer = bySeq.get(`${peerOf(branch)} ${observedPeer.seq}`);
    if (peer === undefined || peer.digest === observedPeer.digest) return [];
    return [`${branch} entry ${seq} had seen another ${peer.branch} entry ${peer.seq}.`];
  });
}
