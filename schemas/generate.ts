// Writes src/generated/ and docs/policy-reference.md from schemas/*.schema.json; with --check it writes
// nothing and exits 1 when the committed files differ. Run as `npm run generate`.
import { readFile, readdir, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { format, resolveConfig } from "prettier";
import { policyReference } from "./reference/policy-reference.ts";
import { SchemaGap } from "./reference/schema-gap.ts";
import type { SchemaNode } from "./reference/schema-node.ts";
import { schemaModules } from "./schema-modules.ts";

const suffix = ".schema.json";
const project = fileURLToPath(new URL("../", import.meta.url));
const modules = "src/generated/";
const reference = "docs/policy-reference.md";

const { values } = parseArgs({ options: { check: { type: "boolean", default: false } } });
try {
  await run();
} catch (error) {
  if (!(error instanceof SchemaGap)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

async function run(): Promise<void> {
  const wanted = await generate();
  const stale = await differing(wanted);
  if (!values.check) {
    await Promise.all(stale.map((path) => write(path, wanted.get(path))));
  }
  for (const path of stale) {
    process.stderr.write(`${values.check ? "differs" : "written"}: ${path}\n`);
  }
  if (values.check && stale.length > 0) {
    process.stderr.write("Run `npm run generate` and commit the result.\n");
    process.exitCode = 1;
  }
}

/** Computes the generated files by path. */
async function generate(): Promise<ReadonlyMap<string, string>> {
  const schemas = new Map<string, SchemaNode>();
  const names = (await readdir(`${project}schemas`)).filter((name) => name.endsWith(suffix));
  for (const name of names.sort()) {
    const text = await readFile(`${project}schemas/${name}`, "utf8");
    schemas.set(name.slice(0, -suffix.length), JSON.parse(text) as SchemaNode);
  }
  const files = new Map([[reference, await formatted(policyReference(schemas))]]);
  for (const [name, text] of await schemaModules(schemas)) {
    files.set(modules + name, text);
  }
  return files;
}

/** The reference is checked by prettier like every other document. */
async function formatted(markdown: string): Promise<string> {
  const filepath = project + reference;
  return format(markdown, { ...(await resolveConfig(filepath)), filepath });
}

/** Names the files that are missing, differ, or have no schema any more. */
async function differing(wanted: ReadonlyMap<string, string>): Promise<readonly string[]> {
  const present = (await readdir(project + modules)).map((name) => modules + name);
  const paths = [...new Set([...wanted.keys(), ...present])].sort();
  const verdicts = await Promise.all(
    paths.map(async (path) => ((await contentOf(path)) === wanted.get(path) ? [] : [path])),
  );
  return verdicts.flat();
}

async function contentOf(path: string): Promise<string | null> {
  try {
    return await readFile(project + path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

async function write(path: string, content: string | undefined): Promise<void> {
  if (content === undefined) await rm(project + path);
  else await writeFile(project + path, content);
}
