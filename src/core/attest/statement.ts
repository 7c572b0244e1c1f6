import { canonicalJson } from "./canonical-json.ts";
import type { ChainProblemCode } from "./chain-problem.ts";
import { sha256 } from "./digest.ts";
import { isEntryType } from "./entry-home.ts";
import { entryShapes } from "./entry-shapes.ts";
import { digest, instant, integer, nullable, object, text } from "./shape.ts";
import type { Shape } from "./shape.ts";
import { readCanonical } from "./read-canonical.ts";
import { subjectOf } from "./subject.ts";
import type { EntryDraft, EntryType, ObservedHead } from "../model/entry.ts";
import type { Json } from "../model/json.ts";

/** Where an entry stands in its chain. */
export interface ChainPosition {
  readonly seq: number;
  /** Digest of the statement before it; `null` for entry 0. */
  readonly prev: string | null;
  /** Digest of the last statement that the same key signed on this branch. */
  readonly prevBySigner: string | null;
  readonly observedPeer: ObservedHead | null;
  /** ISO 8601 in UTC. */
  readonly at: string;
}

/** A statement as read from verified bytes. */
export type Statement = Omit<EntryDraft, "summary"> &
  ChainPosition & {
    /** `sha256:…` of the statement's bytes. */
    readonly digest: string;
  };

/** Carries a statement, or why the bytes are none. */
export type ParsedStatement =
  | { readonly ok: true; readonly statement: Statement }
  | { readonly ok: false; readonly code: ChainProblemCode; readonly detail: string };

const statementType = "https://in-toto.io/Statement/v1";

/**
 * Writes the in-toto statement of an entry as canonical JSON. Throws NotCanonical for a draft that has no
 * canonical form; call `draftDefect` first for one that is not of its type's shape.
 */
export function statementText(draft: EntryDraft, position: ChainPosition): string {
  const { name, digest: about } = subjectOf(draft);
  const { seq, prev, prevBySigner, observedPeer, at } = position;
  const { idempotencyKey, delivery, inputs, result } = draft;
  const predicate = {
    seq,
    prev,
    prevBySigner,
    observedPeer,
    at,
    idempotencyKey,
    delivery,
    inputs,
    result,
  };
  return canonicalJson({
    _type: statementType,
    subject: [{ name, digest: { sha256: about.slice("sha256:".length) } }],
    predicateType: `urn:countersign:${draft.type}:v1`,
    predicate,
  } as unknown as Json);
}

/** Says what keeps a draft from being signed, as a sentence; `null` when nothing does. */
export function draftDefect(draft: EntryDraft): string | null {
  const { inputs, result } = draft as unknown as { inputs: Json; result: Json };
  const shapes = entryShapes[draft.type];
  if (!shapes.inputs(inputs)) return `the inputs are not those of a ${draft.type} entry`;
  if (!shapes.result(result)) return `the result is not that of a ${draft.type} entry`;
  if (draft.idempotencyKey === "") return "the idempotency key is empty";
  return null;
}

/** Reads a statement from bytes whose signature was verified. Never throws. */
export function parseStatement(payload: Uint8Array): ParsedStatement {
  const written = decodeUtf8(payload);
  if (written === null) return refuse("payload-not-json", "The payload is not UTF-8.");
  const parsed = readCanonical(written);
  if (!parsed.ok) {
    if (parsed.code === "not-canonical") {
      return refuse("payload-not-canonical", "The payload is not in its canonical form.");
    }
    const code = parsed.code === "duplicate-key" ? "payload-duplicate-key" : "payload-not-json";
    return refuse(code, `At offset ${parsed.offset} of the payload: ${parsed.reason}.`);
  }
  return readStatement(parsed.value, sha256(payload));
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return utf8.decode(bytes);
  } catch {
    return null;
  }
}

interface Outer {
  readonly _type: string;
  readonly subject: Json;
  readonly predicateType: string;
  readonly predicate: Predicate;
}

interface Predicate extends ChainPosition {
  readonly idempotencyKey: string;
  readonly delivery: string | null;
  readonly inputs: Json;
  readonly result: Json;
}

const anything: Shape<Json> = (value) => value !== undefined;

const outerShape = object<Outer>({
  _type: (value) => value === statementType,
  subject: anything,
  predicateType: text,
  predicate: object<Predicate>({
    seq: (value) => integer(value) && (value as number) >= 0,
    prev: nullable(digest),
    prevBySigner: nullable(digest),
    observedPeer: nullable(object<ObservedHead>({ seq: integer, digest })),
    at: instant,
    idempotencyKey: (value) => text(value) && value !== "",
    delivery: nullable(text),
    inputs: anything,
    result: anything,
  }),
});

function readStatement(value: Json, statementDigest: string): ParsedStatement {
  if (!outerShape(value)) {
    return refuse("statement-malformed", "The payload is not a statement of this ledger.");
  }
  const { predicateType, subject, predicate } = value as unknown as Outer;
  const type = /^urn:countersign:([a-z-]+):v1$/u.exec(predicateType)?.[1] ?? "";
  if (!isEntryType(type)) {
    return refuse(
      "unknown-type",
      `The predicate type ${JSON.stringify(predicateType)} is unknown.`,
    );
  }
  if (!hasShapeOf(type, predicate)) {
    return refuse(
      "statement-malformed",
      `The inputs or the result are not those of a ${type} entry.`,
    );
  }
  const statement = { type, digest: statementDigest, ...predicate } as unknown as Statement;
  if (canonicalJson(subject) !== canonicalJson(writtenSubject(statement))) {
    return refuse(
      "subject-disagrees",
      "The subject does not follow from the inputs and the result.",
    );
  }
  return { ok: true, statement };
}

function hasShapeOf(type: EntryType, { inputs, result }: Predicate): boolean {
  return entryShapes[type].inputs(inputs) && entryShapes[type].result(result);
}

function writtenSubject(statement: Statement): Json {
  const { name, digest: about } = subjectOf(statement);
  return [{ name, digest: { sha256: about.slice("sha256:".length) } }];
}

function refuse(code: ChainProblemCode, detail: string): ParsedStatement {
  return { ok: false, code, detail };
}
