import type { Schema } from "./slice.ts";

/**
 * Turns an OpenAPI 3.0 schema into JSON Schema: `nullable` becomes a null type, which ajv would refuse
 * beside a `$ref` and would not apply to an enum, and a reference to a component becomes its name alone.
 */
export function toJsonSchema(published: Schema): Schema {
  const { nullable, $ref, ...rest } = published;
  const schema: Schema = $ref === undefined ? rest : { ...rest, $ref: componentId($ref) };
  const converted = { ...schema, ...convertedParts(schema) };
  return nullable === true ? orNull(converted) : converted;
}

/** Names a component as the compiled schemas refer to it. */
export function componentId(refOrName: string): string {
  return `component:${refOrName.replace("#/components/schemas/", "")}`;
}

function convertedParts(schema: Schema): Schema {
  return {
    ...(schema.properties && { properties: convertedMap(schema.properties) }),
    ...(schema.patternProperties && { patternProperties: convertedMap(schema.patternProperties) }),
    ...(typeof schema.additionalProperties === "object" && {
      additionalProperties: toJsonSchema(schema.additionalProperties),
    }),
    ...(schema.items && { items: toJsonSchema(schema.items) }),
    ...(schema.not && { not: toJsonSchema(schema.not) }),
    ...(schema.allOf && { allOf: schema.allOf.map(toJsonSchema) }),
    ...(schema.anyOf && { anyOf: schema.anyOf.map(toJsonSchema) }),
    ...(schema.oneOf && { oneOf: schema.oneOf.map(toJsonSchema) }),
  };
}

function convertedMap(schemas: Readonly<Record<string, Schema>>): Record<string, Schema> {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [name, toJsonSchema(schema)]),
  );
}

function orNull(schema: Schema): Schema {
  if (typeof schema.type !== "string") return { anyOf: [schema, { type: "null" }] };
  if (schema.enum === undefined) return { ...schema, type: [schema.type, "null"] };
  return { ...schema, type: [schema.type, "null"], enum: [...schema.enum, null] };
}
