import { isMap, isScalar, isSeq } from "yaml";
import type { ParsedNode, Scalar, YAMLMap } from "yaml";
import type { Json } from "../model/json.ts";
import { forbiddenCharacter } from "./read-text.ts";
import type { SyntaxFault } from "./yaml-tokens.ts";

/** Offsets of a value and of the key it stands under (the same where there is no key). */
export interface Place {
  readonly key: number;
  readonly value: number;
}

export interface NodeContent {
  readonly value: Json;
  readonly places: ReadonlyMap<string, Place>;
  readonly faults: readonly SyntaxFault[];
}

/**
 * Turns a composed YAML node into plain values and notes where each stands. Refuses duplicate keys,
 * merge keys, keys that are not strings, names that objects already have, and scalars that do not say
 * plainly what they are. The depth was bounded before.
 */
export function readNode(node: ParsedNode | null): NodeContent {
  const reader: Reader = { places: new Map(), faults: [] };
  const value = readValue(reader, node, "", 0);
  return { value, places: reader.places, faults: reader.faults };
}

/** Extends a JSON pointer by one name. */
export function pointerTo(pointer: string, name: string | number): string {
  return `${pointer}/${String(name).replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

interface Reader {
  readonly places: Map<string, Place>;
  readonly faults: SyntaxFault[];
}

function readValue(reader: Reader, node: ParsedNode | null, pointer: string, key: number): Json {
  const value = offsetOf(node, key);
  reader.places.set(pointer, { key, value });
  if (isScalar(node)) return readScalar(reader, node, value);
  if (isSeq(node)) {
    return node.items.map((item, index) =>
      readValue(reader, item, pointerTo(pointer, index), offsetOf(item, value)),
    );
  }
  if (isMap(node)) return readMembers(reader, node, pointer);
  return null;
}

function readMembers(reader: Reader, map: YAMLMap.Parsed, pointer: string): Json {
  const members = Object.create(null) as Record<string, Json>;
  for (const pair of map.items) {
    const offset = offsetOf(pair.key, map.range[0]);
    const key = isScalar(pair.key) ? readScalar(reader, pair.key, offset) : null;
    const fault = keyFault(key, members);
    if (fault !== null) report(reader, { ...fault, offset });
    if (typeof key !== "string" || fault !== null) continue;
    members[key] = readValue(reader, pair.value, pointerTo(pointer, key), offset);
  }
  return members;
}

/** Names that every ordinary object has: code after us may use one, so they never get in. */
const reserved = ["__proto__", "constructor", "prototype"];

function keyFault(
  key: Json,
  members: Readonly<Record<string, Json>>,
): Omit<SyntaxFault, "offset"> | null {
  const fault = (code: string, message: string, fix: string) => ({ code, message, fix });
  if (typeof key !== "string") {
    return fault(
      "wrong-key",
      "A key must be a word.",
      "Write a key of the schema, such as `spec`.",
    );
  }
  if (key === "<<") {
    return fault("merge-key", "Merge keys (`<<`) are not allowed.", "Write the values out.");
  }
  if (reserved.includes(key)) {
    return fault("reserved-key", `The key \`${key}\` is not allowed.`, "Remove it.");
  }
  if (key in members) {
    const message = `The key ${JSON.stringify(key)} appears twice.`;
    return fault("duplicate-key", message, "Remove one of the two.");
  }
  return null;
}

function readScalar(reader: Reader, scalar: Scalar.Parsed, offset: number): Json {
  const { value, source } = scalar;
  if (typeof value === "string") {
    // Escapes in double quotes can bring in what the raw text may not contain.
    const found = forbiddenCharacter(value, "refused");
    if (found !== null) report(reader, { ...found, offset });
    return value;
  }
  if (value === null || typeof value === "boolean") return value;
  if (Number.isSafeInteger(value) && /^(?:0|-?[1-9]\d{0,15})$/.test(source)) return Number(value);
  report(reader, {
    offset,
    code: "ambiguous-number",
    message: `\`${source.slice(0, 40)}\` is not a plain decimal integer.`,
    fix: "Write it in quotes if it is text, or as an integer such as `8`.",
  });
  return null;
}

/** The first twenty say enough, and a hostile file could hold thousands. */
function report(reader: Reader, fault: SyntaxFault): void {
  if (reader.faults.length < 20) reader.faults.push(fault);
}

function offsetOf(node: ParsedNode | null, fallback: number): number {
  return node === null ? fallback : node.range[0];
}
