import { canonicalJson } from "../../../src/core/attest/canonical-json.ts";
import { sha256 } from "../../../src/core/attest/digest.ts";
import { decodeEnvelope, encodeEnvelope, preAuthEncoding } from "../../../src/core/attest/dsse.ts";
import { ledgerMessage } from "../../../src/core/attest/ledger-message.ts";
import { statementText } from "../../../src/core/attest/statement.ts";
import type { ChainPosition } from "../../../src/core/attest/statement.ts";
import type { EntryDraft } from "../../../src/core/model/entry.ts";
import type { Json } from "../../../src/core/model/json.ts";
import type { Signer } from "../../../src/ports/signer.ts";
import type { StoredEntry } from "../../../src/ports/ledger-store.ts";

/** A statement as a mutable tree, for changing it. */
export interface LooseStatement {
  subject: Json;
  predicateType: string;
  predicate: Record<string, Json> & { seq: number; prev: string | null };
}

/** Reads the statement of a stored entry without believing anything. */
export function statementOf(stored: StoredEntry): LooseStatement {
  return JSON.parse(Buffer.from(payloadOf(stored)).toString()) as LooseStatement;
}

/** Reads the payload bytes of a stored entry. */
export function payloadOf({ bytes }: StoredEntry): Uint8Array {
  const payload = decodeEnvelope(bytes ?? "")?.payload;
  if (payload === undefined) throw new Error("not an envelope");
  return payload;
}

/** Signs any payload text into a stored entry, with trailers that agree wherever it can be read. */
export function signed(text: string, signers: readonly Signer[], old: StoredEntry): StoredEntry {
  const payload = Buffer.from(text);
  const bytes = encodeEnvelope({
    payload,
    signatures: signers.map((signer) => ({
      keyid: signer.keyid,
      sig: signer.sign(preAuthEncoding(payload)),
    })),
  });
  const { predicate, predicateType } = JSON.parse(text) as LooseStatement;
  const type = predicateType.split(":")[2] ?? "";
  const { seq, prev } = predicate;
  const message = ledgerMessage("signed again", { seq, prev, type, entry: sha256(payload) });
  return { ...old, bytes, message };
}

/** Changes the statement of a stored entry and signs it again, as a thief of the key would. */
export function resigned(
  old: StoredEntry,
  signer: Signer,
  change: (statement: LooseStatement) => void,
): StoredEntry {
  const statement = statementOf(old);
  change(statement);
  return signed(canonicalJson(statement as unknown as Json), [signer], old);
}

/** Writes an entry of any draft at any place, signed by any keys. */
export function forged(
  draft: EntryDraft,
  place: ChainPosition,
  signers: readonly Signer[],
  commit: string,
): StoredEntry {
  const old = { commit, parents: [], message: "", bytes: null };
  return signed(statementText(draft, place), signers, old);
}

/** Gives every commit the one before it as its only parent, as somebody who rewrites history would. */
export function relinked(entries: readonly StoredEntry[]): readonly StoredEntry[] {
  return entries.map((entry, index) => {
    const before = entries[index - 1];
    return { ...entry, parents: before === undefined ? [] : [before.commit] };
  });
}

/** Replaces one entry of a list. */
export function replaced(
  entries: readonly StoredEntry[],
  at: number,
  change: (entry: StoredEntry) => StoredEntry,
): readonly StoredEntry[] {
  return entries.map((entry, index) => (index === at ? change(entry) : entry));
}
