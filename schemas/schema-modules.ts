import { compile } from "json-schema-to-typescript";
import type { JSONSchema } from "json-schema-to-typescript";
import type { SchemaNode } from "./reference/schema-node.ts";

/** Writes the TypeScript modules of the schemas by file name: their types, and the schemas as values. */
export async function schemaModules(
  schemas: ReadonlyMap<string, SchemaNode>,
): Promise<ReadonlyMap<string, string>> {
  const modules = new Map<string, string>();
  for (const [name, schema] of schemas) {
    modules.set(`${name}.ts`, await typesOf(schema));
  }
  return modules.set("schemas.ts", schemaModule(schemas));
}

const notice = "// Generated from schemas/ by `npm run generate`. Do not edit.\n";

/** The compiler changes the schema that it is given, so it gets a copy. */
async function typesOf(schema: SchemaNode): Promise<string> {
  return compile(structuredClone(schema) as JSONSchema, "Unnamed", {
    bannerComment: notice.trim(),
    additionalProperties: false,
    // Bounds on arrays would become unions of tuples, one for every length.
    ignoreMinAndMaxItems: true,
    format: true,
    style: { printWidth: 100 },
  });
}

/** Core may not touch the file system, so it imports the schemas as a module. */
function schemaModule(schemas: ReadonlyMap<string, SchemaNode>): string {
  const names = [...schemas.keys()].map((name) => JSON.stringify(name));
  return [
    notice,
    `export type SchemaName = ${names.join(" | ")};\n`,
    `export const schemas: Readonly<Record<SchemaName, object>> = ${JSON.stringify(
      Object.fromEntries(schemas),
      null,
      2,
    )};\n`,
  ].join("\n");
}
