import { canonicalJson } from "../core/attest/canonical-json.ts";
import { sha256 } from "../core/attest/digest.ts";
import { digest, list, nullable, object, oneOf, text } from "../core/attest/shape.ts";
import { parseStrictJson } from "../core/attest/strict-json.ts";
import type { Json } from "../core/model/json.ts";

/** Names the form of a bundle; another one is not read. */
export const proofFormat = "countersign/request-proof/v1";

/** What is known of one request, in one file: it is checked without the repository that it was taken from. */
export interface RequestProof {
  readonly format: typeof proofFormat;
  readonly request: string;
  /** The signed envelopes, byte for byte as in the ledgers: decisions by number, then executions by number. */
  readonly envelopes: readonly string[];
  /** How the file came onto the governed branch; `null` where the request was not merged. */
  readonly merge: MergeObjects | null;
}

/** Git objects in base64, each named by the one before: the merge commit, the trees from the root down, the file. */
export interface MergeObjects {
  readonly commit: string;
  readonly trees: readonly string[];
  readonly file: string;
}

/** Carries a bundle, or a sentence that says why the text is none. */
export type DecodedProof =
  | { readonly ok: true; readonly proof: RequestProof }
  | { readonly ok: false; readonly reason: string };

/**
 * Writes a bundle. Its last line of defence is a checksum over the rest, against damage: a forger can make a new one, and is met
 * by the signatures.
 */
export function encodeProof(proof: RequestProof): string {
  const body = proof as unknown as { readonly [key: string]: Json };
  return `${canonicalJson({ ...body, checksum: sha256(canonicalJson(body)) })}\n`;
}

/** Reads a bundle; anything but exactly what `encodeProof` writes is none, so that there is no byte to change unseen. */
export function decodeProof(written: string): DecodedProof {
  const parsed = parseStrictJson(written);
  if (!parsed.ok) {
    return refuse(`At offset ${parsed.offset}: ${parsed.reason}. It is cut off, or was changed.`);
  }
  const { value } = parsed;
  const format = isObject(value) ? value["format"] : undefined;
  if (format !== proofFormat) {
    return refuse(
      `Its format is ${JSON.stringify(format ?? null)}; this version reads ${proofFormat}.`,
    );
  }
  if (!shape(value)) return refuse("It has not the parts of a bundle: ask for a new one.");
  const { checksum, ...body } = value as unknown as RequestProof & { readonly checksum: string };
  if (sha256(canonicalJson(body as unknown as Json)) !== checksum) {
    return refuse("It was damaged or changed: the checksum is of another text. Ask for a new one.");
  }
  if (encodeProof(body) !== written)
    return refuse("It is not in its canonical form: ask for a new one.");
  return { ok: true, proof: body };
}

const shape = object<RequestProof & { readonly checksum: string }>({
  format: oneOf(proofFormat),
  request: text,
  envelopes: list(text),
  merge: nullable(object<MergeObjects>({ commit: text, trees: list(text), file: text })),
  checksum: digest,
});

function isObject(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function refuse(reason: string): DecodedProof {
  return { ok: false, reason };
}
