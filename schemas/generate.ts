// Writes src/generated/ from schemas/*.schema.json; with --check it writes nothing and exits 1 when
// the committed files differ. Run as `npm run generate`.
import { readFile, readdir, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { compile } from "json-schema-to-typescript";
import type { JSONSchema } from "json-schema-to-typescript";

const suffix = ".schema.json";
const source = fileURLToPath(new URL("./", import.meta.url));
const output = fileURLToPath(new URL("../src/generated/", import.meta.url));
const notice = "// Generated from schemas/ by `npm run generate`. Do not edit.\n";

const { values } = parseArgs({ options: { check: { type: "boolean", default: false } } });
const wanted = await generate();
const stale = await differing(wanted);
if (!values.check) {
  await Promise.all(stale.map((name) => write(name, wanted.get(name))));
}
for (const name of stale) {
  process.stderr.write(`${values.check ? "differs" : "written"}: src/generated/${name}\n`);
}
if (values.check && stale.length > 0) {
  process.stderr.write("Run `npm run generate` and commit the result.\n");
  process.exitCode = 1;
}

/** Computes the files of src/generated/ by name. */
async function generate(): Promise<ReadonlyMap<string, string>> {
  const schemas = new Map<string, JSONSchema>();
  for (const file of (await readdir(source)).filter((name) => name.endsWith(suffix)).sort()) {
    const text = await readFile(source + file, "utf8");
    schemas.set(file.slice(0, -suffix.length), JSON.parse(text) as JSONSchema);
  }
  const files = new Map<string, string>();
  for (const [name, schema] of schemas) {
    files.set(`${name}.ts`, await typesOf(schema));
  }
  return files.set("schemas.ts", schemaModule(schemas));
}

/** The compiler changes the schema that it is given, so it gets a copy. */
async function typesOf(schema: JSONSchema): Promise<string> {
  return compile(structuredClone(schema), "Unnamed", {
    bannerComment: notice.trim(),
    additionalProperties: false,
    // Bounds on arrays would become unions of tuples, one for every length.
    ignoreMinAndMaxItems: true,
    format: true,
    style: { printWidth: 100 },
  });
}

/** Core may not touch the file system, so it imports the schemas as a module. */
function schemaModule(schemas: ReadonlyMap<string, JSONSchema>): string {
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

/** Names the files that are missing, differ, or have no schema any more. */
async function differing(wanted: ReadonlyMap<string, string>): Promise<readonly string[]> {
  const present = new Set(await readdir(output));
  const names = [...new Set([...wanted.keys(), ...present])].sort();
  const verdicts = await Promise.all(
    names.map(async (name) =>
      present.has(name) && (await readFile(output + name, "utf8")) === wanted.get(name)
        ? []
        : [name],
    ),
  );
  return verdicts.flat();
}

async function write(name: string, content: string | undefined): Promise<void> {
  if (content === undefined) await rm(output + name);
  else await writeFile(output + name, content);
}
