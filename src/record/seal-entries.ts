import type { Position } from "./follow-ledgers.ts";
import { DraftRefused } from "./ledger-errors.ts";
import { NotCanonical } from "../core/attest/canonical-json.ts";
import { startChain } from "../core/attest/chain-state.ts";
import { sha256 } from "../core/attest/digest.ts";
import { encodeEnvelope, preAuthEncoding } from "../core/attest/dsse.ts";
import { peerOf } from "../core/attest/entry-home.ts";
import { ledgerMessage } from "../core/attest/ledger-message.ts";
import { newestEntry } from "../core/attest/ledger-view.ts";
import { draftDefect, statementText } from "../core/attest/statement.ts";
import type { ChainPosition } from "../core/attest/statement.ts";
import { verifyChain } from "../core/attest/verify-chain.ts";
import type { EntryDraft, LedgerBranch } from "../core/model/entry.ts";
import type { NewEntry, StoredEntry } from "../ports/ledger-store.ts";
import type { Signer } from "../ports/signer.ts";

/**
 * Chains and signs drafts after the newest entry of a branch, and verifies the outcome as every reader will:
 * a writer must not be able to break its own ledger. Throws DraftRefused.
 */
export function sealEntries(
  drafts: readonly EntryDraft[],
  position: Position,
  branch: LedgerBranch,
  signer: Signer,
  now: Date,
): readonly NewEntry[] {
  const chain = position.chains.get(branch) ?? startChain(branch);
  const peer = newestEntry(position.view, peerOf(branch));
  const observedPeer = peer === null ? null : { seq: peer.seq, digest: peer.digest };
  // A clock behind the newest entry must not back-date the ledger.
  const at = new Date(Math.max(now.getTime(), chain.at === null ? 0 : Date.parse(chain.at)));
  let { seq, digest: prev = null } = chain;
  let prevBySigner = chain.lastBySigner.get(signer.keyid) ?? null;
  const sealed = drafts.map((draft) => {
    seq += 1;
    const place = { seq, prev, prevBySigner, observedPeer, at: at.toISOString() };
    const { entry, digest } = sealOne(draft, place, signer);
    prev = prevBySigner = digest;
    return entry;
  });
  refuseUnreadable(sealed, position, branch);
  return sealed;
}

/** Forms the commits that sealed entries became, as the store would read them back. */
export function storedFrom(
  sealed: readonly NewEntry[],
  commits: readonly string[],
  expected: string | null,
): readonly StoredEntry[] {
  return sealed.map(({ bytes, message }, index) => {
    const parent = index === 0 ? expected : commits[index - 1];
    return {
      commit: commits[index] ?? "",
      parents: parent === null || parent === undefined ? [] : [parent],
      message,
      bytes,
    };
  });
}

function sealOne(
  draft: EntryDraft,
  place: ChainPosition,
  signer: Signer,
): { readonly entry: NewEntry; readonly digest: string } {
  const payload = Buffer.from(writeStatement(draft, place));
  const digest = sha256(payload);
  const sig = signer.sign(preAuthEncoding(payload));
  const { seq, prev } = place;
  const message = ledgerMessage(draft.summary, { seq, prev, entry: digest, type: draft.type });
  const bytes = encodeEnvelope({ payload, signatures: [{ keyid: signer.keyid, sig }] });
  return { entry: { bytes, message }, digest };
}

function writeStatement(draft: EntryDraft, place: ChainPosition): string {
  const defect = draftDefect(draft);
  if (defect !== null) throw new DraftRefused(`${draft.idempotencyKey}: ${defect}.`);
  try {
    return statementText(draft, place);
  } catch (error) {
    if (!(error instanceof NotCanonical)) throw error;
    throw new DraftRefused(`${draft.idempotencyKey}: ${error.message}.`, { cause: error });
  }
}

function refuseUnreadable(
  sealed: readonly NewEntry[],
  { chains, trust }: Position,
  branch: LedgerBranch,
): void {
  const chain = chains.get(branch) ?? startChain(branch);
  const placeholders = sealed.map((_, index) => `unwritten-${index}`);
  const [problem] = verifyChain(
    storedFrom(sealed, placeholders, chain.commit),
    chain,
    trust,
  ).problems;
  if (problem === undefined) return;
  throw new DraftRefused(
    `No reader would believe entry ${problem.seq}: ${problem.code}: ${problem.detail}`,
  );
}
