import type { Json } from "../model/json.ts";
import type { Parsed } from "../model/problem.ts";
import { maxRequestBytes, parseStrictYaml } from "./strict-yaml.ts";
import type { StrictDocument } from "./strict-yaml.ts";
import { textMemory } from "./text-memory.ts";

type Document = Parsed<StrictDocument>;

const remembered = textMemory<Document>();

/**
 * Reads a request file strictly, or remembers what the same text at the same path read as: a pull request is
 * decided on every event, and its file is read once for its content and once for the places of its faults. What
 * is remembered is frozen, so that nothing can see the difference but a clock.
 */
export function requestYaml(path: string, source: Uint8Array | string): Document {
  // A text that is too long is refused by its length alone and is not worth its memory.
  if (typeof source !== "string" || source.length > maxRequestBytes) {
    return parseStrictYaml(path, source, maxRequestBytes);
  }
  return remembered(path, source, () => {
    const document = parseStrictYaml(path, source, maxRequestBytes);
    if (document.ok) freeze(document.value.value);
    return document;
  });
}

function freeze(value: Json): void {
  if (typeof value !== "object" || value === null) return;
  Object.freeze(value);
  for (const member of Object.values(value)) freeze(member);
}
