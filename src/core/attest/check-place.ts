import type { Defect } from "./chain-problem.ts";
import type { ChainState } from "./chain-state.ts";
import type { SignedEnvelope } from "./dsse.ts";
import { messageAgreement } from "./ledger-message.ts";
import type { Statement } from "./statement.ts";

/**
 * Holds an entry's own account of its place against the entries before it, and its message against both. An
 * entry that is out of place is said to be so once: what else disagrees then follows from it.
 */
export function placeDefects(
  state: ChainState,
  statement: Statement,
  envelope: SignedEnvelope,
  message: string,
): readonly Defect[] {
  const misplaced = misplacement(state, statement);
  const place = misplaced === null ? inPlaceDefects(state, statement, envelope) : [misplaced];
  return [...place, ...messageDefects(statement, message)];
}

/** The defects after which the entries that follow are still held against the ones before this entry. */
export const outOfLine: ReadonlySet<string> = new Set(["entry-moved", "entry-replayed"]);

function misplacement(state: ChainState, statement: Statement): Defect | null {
  const { seq, prev, idempotencyKey } = statement;
  const expected = state.seq + 1;
  const follows = state.digest !== undefined && prev === state.digest;
  if (seq === expected) return follows ? null : otherPredecessor(state, statement);
  if (followsLastRead(state, statement)) return null;
  if (follows) {
    return { code: "wrong-seq", detail: `Expected entry ${expected}, found entry ${seq}.` };
  }
  if (seq > expected) {
    const [first, last] = [expected, seq - 1];
    const which = first === last ? `Entry ${first} is` : `Entries ${first} to ${last} are`;
    const detail = `${which} missing before it; it follows ${prev ?? "none"}.`;
    return { code: "entry-missing", detail, ...lost(seq - expected, prev) };
  }
  const place = `Found where entry ${expected} was expected`;
  if (state.keys.has(idempotencyKey)) {
    return { code: "entry-replayed", detail: `${place}, though it was there before.` };
  }
  return { code: "entry-moved", detail: `${place}: entries stand in another order than written.` };
}

/** The commit before it could not be read: it was the one that this entry names, for all that anybody knows. */
function otherPredecessor({ digest }: ChainState, { prev }: Statement): Defect | null {
  if (digest === undefined) return null;
  const detail = `Expected ${digest ?? "none"}, found ${prev ?? "none"}.`;
  return { code: "wrong-prev", detail, ...lost(1, prev) };
}

function lost(count: number, digest: string | null): Pick<Defect, "lost"> {
  return digest === null ? {} : { lost: { count, digest } };
}

/** Says whether an unreadable commit was put in between: the entry takes up where the last readable one stood. */
function followsLastRead({ digest, lastRead }: ChainState, { seq, prev }: Statement): boolean {
  return digest === undefined && seq === lastRead.seq + 1 && prev === lastRead.digest;
}

function inPlaceDefects(
  state: ChainState,
  statement: Statement,
  envelope: SignedEnvelope,
): readonly Defect[] {
  return [
    ...prevBySignerDefects(state, statement, envelope),
    ...keyDefects(state, statement),
    ...timeDefects(state, statement),
    ...peerDefects(state, statement),
  ];
}

function prevBySignerDefects(
  { digest, lastBySigner }: ChainState,
  { prevBySigner }: Statement,
  { signatures: [first] }: SignedEnvelope,
): readonly Defect[] {
  const expected = lastBySigner.get(first.keyid) ?? null;
  // The entry before could not be read: it may be the one by this signer.
  if (digest === undefined || prevBySigner === expected) return [];
  return [
    {
      code: "wrong-prev-by-signer",
      detail: `Expected ${expected ?? "none"}, found ${prevBySigner ?? "none"}.`,
    },
  ];
}

function keyDefects({ keys }: ChainState, { idempotencyKey }: Statement): readonly Defect[] {
  if (!keys.has(idempotencyKey)) return [];
  return [{ code: "key-reused", detail: `The idempotency key ${idempotencyKey} was used before.` }];
}

function timeDefects({ at }: ChainState, statement: Statement): readonly Defect[] {
  if (at === null || Date.parse(statement.at) >= Date.parse(at)) return [];
  return [{ code: "back-dated", detail: `Written at ${statement.at}, after an entry of ${at}.` }];
}

function peerDefects({ observedSeq }: ChainState, { observedPeer }: Statement): readonly Defect[] {
  const seq = observedPeer?.seq ?? -1;
  if (seq >= observedSeq) return [];
  const detail = `Had observed entry ${seq} of the other ledger after entry ${observedSeq} of it.`;
  return [{ code: "peer-backwards", detail }];
}

function messageDefects(statement: Statement, message: string): readonly Defect[] {
  const { seq, digest, prev, type } = statement;
  const agreement = messageAgreement(message, { seq, entry: digest, prev, type });
  switch (agreement) {
    case "agrees":
      return [];
    case "forged": {
      const detail = "The commit message says more, or in other characters, than a writer would.";
      return [{ code: "message-forged", detail }];
    }
    case "disagrees": {
      const detail = "The commit message does not say what the payload says.";
      return [{ code: "trailers-disagree", detail }];
    }
  }
}
