import { canonicalJson } from "./canonical-json.ts";
import { readCanonical } from "./read-canonical.ts";
import { list, object, oneOf, text as isText } from "./shape.ts";
import { decodeBase64 } from "./verify-signature.ts";

/** The one payload type of what a ledger holds. */
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

/**
 * Computes DSSE's pre-authentication encoding: what a signature is really made over. The type is part of it, so that no
 * signature over an entry is ever one over something else.
 */
export function preAuthEncoding(payload: Uint8Array, type: string = payloadType): Uint8Array {
  const head = `DSSEv1 ${type.length} ${type} ${payload.length} `;
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
  const parsed = readCanonical(text);
  if (!parsed.ok || !envelopeShape(parsed.value)) return null;
  const { payload, signatures } = parsed.value as unknown as WrittenEnvelope;
  const [first, ...others] = signatures;
  const bytes = decodeBase64(payload);
  return first === undefined || bytes === null
    ? null
    : { payload: bytes, signatures: [first, ...others] };
}

interface WrittenEnvelope {
  readonly payload: string;
  readonly payloadType: string;
  readonly signatures: readonly EnvelopeSignature[];
}

/** Accepts one signature by its form; whose it is and over what is another question. */
export const signatureShape = object<EnvelopeSignature>({ keyid: isText, sig: isText });

const envelopeShape = object<WrittenEnvelope>({
  payload: isText,
  payloadType: oneOf(payloadType),
  signatures: list(signatureShape),
});
