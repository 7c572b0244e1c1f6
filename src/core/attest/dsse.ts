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

/** An envelope as it was read: one without a signature is none. */
export interface SignedEnvelope extends Envelope {
  readonly signatures: readonly [EnvelopeSignature, ...EnvelopeSignature[]];
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
export function decodeEnvelope(text: string): SignedEnvelope | null {
  const parsed = parseStrictJson(text);
  const envelope = parsed.ok ? asEnvelope(parsed.value) : null;
  if (envelope !== null && encodeEnvelope(envelope) === text) return envelope;
  return null;
}

function asEnvelope(value: Json): SignedEnvelope | null {
  if (value === null) return null;
  const { payload, signatures } = value as { payload?: Json; signatures?: Json };
  if (typeof payload !== "string" || !Array.isArray(signatures)) return null;
  const list: readonly Json[] = signatures;
  const [first, ...others] = list.map(asSignature).filter((signature) => signature !== null);
  if (first === undefined || others.length !== list.length - 1) return null;
  return { payload: Buffer.from(payload, "base64"), signatures: [first, ...others] };
}

function asSignature(value: Json): EnvelopeSignature | null {
  if (value === null) return null;
  const { keyid, sig } = value as { keyid?: Json; sig?: Json };
  if (typeof keyid !== "string" || typeof sig !== "string") return null;
  return { keyid, sig };
}
