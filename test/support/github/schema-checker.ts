import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";
import { componentId, toJsonSchema } from "./json-schema.ts";
import type { Schema } from "./slice.ts";
import { unknownKeys } from "./unknown-keys.ts";

/** Checks values against published schemas; a schema is compiled when it is first used. */
export interface SchemaChecker {
  /** Lists what is wrong with the value, keys that the schema does not name included. */
  problems(schema: Schema, value: unknown): readonly string[];
}

/** Prepares the components of a slice; compiles nothing yet. */
export function schemaChecker(components: Readonly<Record<string, Schema>>): SchemaChecker {
  const ajv = new Ajv({
    allErrors: true,
    code: { optimize: false },
    inlineRefs: false,
    logger: false,
    strict: false,
    validateSchema: false,
  });
  addFormats.default(ajv);
  const converted = new Map(
    Object.entries(components).map(([name, schema]) => [componentId(name), toJsonSchema(schema)]),
  );
  for (const [id, schema] of converted) ajv.addSchema(schema, id);
  const compiled = (schema: Schema): ValidateFunction => ajv.compile(schema);
  const accepts = (schema: Schema, value: unknown): boolean => compiled(schema)(value);
  const component = (id: string): Schema => converted.get(id) ?? {};
  const roots = new Map<Schema, Schema>();
  return {
    problems(published, value) {
      const schema = roots.get(published) ?? toJsonSchema(published);
      roots.set(published, schema);
      const validate = compiled(schema);
      const wrong = validate(value) ? [] : (validate.errors ?? []).map(sentence);
      return [...wrong, ...unknownKeys(schema, value, { accepts, component })];
    },
  };
}

function sentence(error: ErrorObject): string {
  const place = error.instancePath === "" ? "/" : error.instancePath;
  const allowed = (error.params as { readonly allowedValues?: unknown }).allowedValues;
  const detail = allowed === undefined ? "" : `: ${JSON.stringify(allowed)}`;
  return `${place} ${error.message ?? error.keyword}${detail}`;
}
