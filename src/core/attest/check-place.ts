import type { Defect } from "./chain-problem.ts";
import type { ChainState } from "./chain-state.ts";
import type { SignedEnvelope } from "./dsse.ts";
import { messageAgrees } from "./ledger-message.ts";
import type { Statement } from "./statement.ts";

/** Holds an entry's own account of its place against the entries before it, and its message against both. */
export function placeDefects(
  state: ChainState,
  statement: Statement,
  envelope: SignedEnvelope,
  message: string,
): readonly Defect[] {
  return [
    ...seqDefects(state, statement),
    ...prevDefects(state, statement),
    ...prevBySignerDefects(state, statement, envelope),
    ...keyDefects(state, statement),
    ...timeDefects(state, statement),
    ...peerDefects(state, statement),
    ...messageDefects(statement, message),
  ];
}

function seqDefects(state: ChainState, { seq }: Statement): readonly Defect[] {
  if (seq === state.seq + 1) return [];
  return [{ code: "wrong-seq", detail: `Expected entry ${state.seq + 1}, found entry ${seq}.` }];
}

function prevDefects({ digest }: ChainState, { prev }: Statement): readonly Defect[] {
  if (digest === undefined || prev === digest) return [];
  return [{ code: "wrong-prev", detail: `Expected ${digest ?? "none"}, found ${prev ?? "none"}.` }];
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
  if (messageAgrees(message, { seq, entry: digest, prev, type })) return [];
  return [
    { code: "trailers-disagree", detail: "The commit message does not say what the payload says." },
  ];
}
