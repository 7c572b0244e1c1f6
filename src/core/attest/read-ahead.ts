import { verifyAhead } from "./check-signatures.ts";
import type { KnownSignature } from "./check-signatures.ts";
import { decodeEnvelope } from "./dsse.ts";
import type { SignedEnvelope } from "./dsse.ts";
import type { TrustTimeline } from "./trust-timeline.ts";

/** A ledger commit as a store reads it (the same shape as `StoredEntry` of the port). */
export interface StoredEntryLike {
  readonly commit: string;
  readonly parents: readonly string[];
  readonly message: string;
  /** Contents of the one file; `null` when the commit is not exactly that one file. */
  readonly bytes: string | null;
}

/** A stored entry of which some work is done already: it changes what it costs to verify, and not what comes of it. */
export interface ReadAhead extends StoredEntryLike {
  /** What `decodeEnvelope` makes of the bytes. */
  readonly envelope: SignedEnvelope | null;
  readonly known: readonly KnownSignature[];
}

/** Decodes a stored entry and verifies its signatures beside other work. */
export async function readAhead(stored: StoredEntryLike, trust: TrustTimeline): Promise<ReadAhead> {
  const envelope = stored.bytes === null ? null : decodeEnvelope(stored.bytes);
  const known = envelope === null ? [] : await verifyAhead(trust, envelope);
  return { ...stored, envelope, known };
}
