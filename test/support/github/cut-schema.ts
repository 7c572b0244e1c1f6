import type { Schema } from "./slice.ts";

const componentPrefix = "#/components/schemas/";
const schemaKeys = ["additionalProperties", "items", "not"];
const schemaListKeys = ["allOf", "anyOf", "oneOf"];
const schemaMapKeys = ["patternProperties", "properties"];
const assertionKeys = [
  "$ref",
  "type",
  "nullable",
  "enum",
  "format",
  "pattern",
  "required",
  "minLength",
  "maxLength",
  "minimum",
  "maximum",
  "minItems",
  "maxItems",
  "minProperties",
  "maxProperties",
  "uniqueItems",
];
/** A discriminator only says which of the alternatives to look at first. */
const proseKeys = [
  ...["title", "description", "example", "examples", "default", "deprecated"],
  "discriminator",
];

/**
 * Keeps the keywords of a schema that can refuse a value, and drops titles, descriptions and examples.
 * A property that happens to be called `description` is kept.
 */
export function withoutProse(schema: Schema): Schema {
  const kept = Object.entries(schema).filter(
    ([key]) => !proseKeys.includes(key) && !key.startsWith("x-"),
  );
  return Object.fromEntries(kept.map(([key, part]) => [key, cutPart(key, part)]));
}

function cutPart(key: string, part: unknown): unknown {
  if (assertionKeys.includes(key)) return part;
  if (schemaKeys.includes(key)) {
    return typeof part === "boolean" ? part : withoutProse(part as Schema);
  }
  if (schemaListKeys.includes(key)) return (part as readonly Schema[]).map(withoutProse);
  if (!schemaMapKeys.includes(key)) throw new Error(`What does the keyword ${key} refuse?`);
  return Object.fromEntries(
    Object.entries(part as Record<string, Schema>).map(([name, one]) => [name, withoutProse(one)]),
  );
}

/** Collects the components that the given part reaches, by name, and nothing else. */
export function reachedComponents(
  part: unknown,
  published: Readonly<Record<string, Schema>>,
): Record<string, Schema> {
  const reached = new Map<string, Schema>();
  const waiting = refsOf(part);
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (reached.has(name)) continue;
    const component = published[name];
    if (component === undefined) throw new Error(`The description has no component ${name}.`);
    const cut = withoutProse(component);
    reached.set(name, cut);
    waiting.push(...refsOf(cut));
  }
  return Object.fromEntries([...reached].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function refsOf(part: unknown): string[] {
  return [...JSON.stringify(part).matchAll(/"\$ref":"([^"]+)"/gu)].map(([, ref = ""]) => {
    if (!ref.startsWith(componentPrefix)) throw new Error(`${ref} is no component.`);
    return ref.slice(componentPrefix.length);
  });
}
