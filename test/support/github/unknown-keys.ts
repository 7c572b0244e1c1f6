import type { Schema } from "./slice.ts";

/** What the walk needs of the compiled schemas. */
export interface SchemaLookup {
  accepts(schema: Schema, value: unknown): boolean;
  component(id: string): Schema;
}

/**
 * Lists the keys of a value, at any depth, that no schema in force at their place names. In force are
 * all members of an `allOf`, and of `anyOf` and `oneOf` those that accept the value. An object for
 * which nothing names a key, or which says what its other keys look like, may have any key.
 *
 * JSON Schema itself lets unknown keys pass; a fake that invents keys would teach the code to read
 * what GitHub never sends.
 */
export function unknownKeys(schema: Schema, value: unknown, lookup: SchemaLookup): string[] {
  return walk([schema], value, "", lookup);
}

function walk(
  schemas: readonly Schema[],
  value: unknown,
  place: string,
  lookup: SchemaLookup,
): string[] {
  if (value === null || typeof value !== "object") return [];
  const inForce = schemas.flatMap((schema) => flatten(schema, value, lookup));
  if (Array.isArray(value)) {
    const items = inForce.flatMap(({ items }) => (items ? [items] : []));
    return value.flatMap((item, index) => walk(items, item, `${place}/${index}`, lookup));
  }
  const open = !inForce.some(({ properties, additionalProperties }) =>
    Boolean(properties ?? additionalProperties === false),
  );
  return Object.entries(value).flatMap(([key, member]) => {
    const named = inForce.flatMap((schema) => schemasOf(key, schema));
    if (named.length === 0 && !open) return [`${place}/${key} is not in the description`];
    return walk(named, member, `${place}/${key}`, lookup);
  });
}

/** The schema itself and every schema that applies to the same value beside it. */
function flatten(schema: Schema, value: unknown, lookup: SchemaLookup): Schema[] {
  const branches = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
  const beside = [
    ...(schema.$ref === undefined ? [] : [lookup.component(schema.$ref)]),
    ...(schema.allOf ?? []),
    ...branches.filter((branch) => lookup.accepts(branch, value)),
  ];
  return [schema, ...beside.flatMap((one) => flatten(one, value, lookup))];
}

function schemasOf(key: string, schema: Schema): Schema[] {
  const own = Object.entries(schema.properties ?? {}).filter(([name]) => name === key);
  const byPattern = Object.entries(schema.patternProperties ?? {}).filter(([pattern]) =>
    new RegExp(pattern, "u").test(key),
  );
  const named = [...own, ...byPattern].map(([, one]) => one);
  if (named.length > 0) return named;
  if (schema.additionalProperties === true) return [{}];
  return typeof schema.additionalProperties === "object" ? [schema.additionalProperties] : [];
}
