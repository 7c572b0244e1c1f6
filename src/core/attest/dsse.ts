import { canonicalJson } from "./canonical-json.ts";
import { parseStrictJson } from "./strict-json.ts";
import type { Json } from "../model/json.ts";

/** The one payload type a ledger holds. */
export const payloadType = "application/vnd.in-toto+json";

/** A DSSE envelope with its payload as the bytes that were signed. */
export interface Envelope {
  readonly payload: Uint8Array;
  readonly signatures: readonly EnvelopeSignature[];
}

export interface EnvelopeSignature {
  /** A hint only: which key to try. */
  readonly keyid: string;
  /** Base64. */
  readonly sig: string;
}

/** Computes DSSE's pre-authentication encoding: what a signature is really made over. */
export function preAuthEncoding(payload: Uint8Array): Uint8Array {
  const head = `DSSEv1 ${payloadType.length} ${payloadType} ${payload.length} `;
  return Buffer.concat([Buffer.from(head), payload]);
}

/** Writes the envelope as canonical JSON: one envelope has one text. */
export function encodeEnvelope({ payload, signatures }: Envelope): string {
  return canonicalJson({
    payload: Buffer.from(payload).toString("base64"),
    payloadType,
    signatures: signatures.map(({ keyid, sig }) => ({ keyid, sig })),
  });
}

/**
 * Reads an envelope, or returns `null` unless the text is exactly what `encodeEnvelope` writes: no other
 * whitespace, key, order or spelling of base64. So there is no byte an attacker could change unseen.
 */
export function decodeEnvelope(text: string): Envelope | null {
  const parsed = parseStrictJson(text);
  const envelope = parsed.ok ? asEnvelope(parsed.value) : null;
  if (envelope !== null && encodeEnvelope(envelope) === text) return envelope;
  return null;
}

function asEnvelope(value: Json): Envelope | null {
  if (value === null) return null;
  const { payload, signatures } = value as { payload?: Json; signatures?: Json };
  if (typeof payload !== "string" || !Array.isArray(signatures)) return null;
  const list: readonly Json[] = signatures;
  const read = list.map(asSignature).filter((signature) => signature !== null);
  if (read.length === 0 || read.length !== list.length) return null;
  return { payload: Buffer.from(payload, "base64"), signatures: read };
}

function asSignature(value: Json): EnvelopeSignature | null {
  if (value === null || typeof value !== "object") return null;
  const { keyid, sig } = value as { keyid?: Json; sig?: Json };
  if (typeof keyid !== "string" || typeof sig !== "string") return null;
  return { keyid, sig };
}
