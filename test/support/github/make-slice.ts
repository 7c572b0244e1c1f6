/**
 * Cuts `rest.json` and `webhooks.json` out of GitHub's published OpenAPI description. By hand, when
 * `slice-contents.ts` changes or a newer description is wanted:
 *
 *   npm pack @octokit/openapi@23.0.2      (in an empty folder outside the tree: 385 MB unpacked)
 *   tar -xzf octokit-openapi-23.0.2.tgz package/package.json package/generated/api.github.com.json
 *   npx node test/support/github/make-slice.ts <folder>/package
 */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { slicedOperations, slicedPayloads } from "./slice-contents.ts";
import type { Operation, Schema, SliceSource } from "./slice.ts";
import { reachedComponents, withoutProse } from "./cut-schema.ts";

const descriptionFile = "generated/api.github.com.json";

interface Body {
  readonly required?: boolean;
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
}
interface PublishedOperation {
  readonly requestBody?: Body;
  readonly responses: Readonly<Record<string, Body & { readonly $ref?: string }>>;
}
type Paths = Readonly<Record<string, Readonly<Record<string, PublishedOperation>>>>;
interface Description {
  readonly paths: Paths;
  readonly "x-webhooks": Paths;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly responses: Readonly<Record<string, Body>>;
  };
}

const packageFolder = process.argv[2];
if (packageFolder === undefined) {
  process.stderr.write("Name the folder of the unpacked package @octokit/openapi.\n");
  process.exit(3);
}
makeSlices(packageFolder);

function makeSlices(folder: string): void {
  const bytes = readFileSync(join(folder, descriptionFile));
  const description = JSON.parse(bytes.toString("utf8")) as Description;
  const source = sourceOf(folder, bytes);
  const operations = Object.fromEntries(
    slicedOperations.map((name) => [name, cutOperation(description, name)]),
  );
  const payloads = Object.fromEntries(
    slicedPayloads.map((name) => [name, cutPayload(description, name)]),
  );
  const { schemas } = description.components;
  writeSlice("rest.json", source, {
    operations,
    components: reachedComponents(operations, schemas),
  });
  writeSlice("webhooks.json", source, {
    payloads,
    components: reachedComponents(payloads, schemas),
  });
}

function sourceOf(folder: string, bytes: Buffer): SliceSource {
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    readonly name: string;
    readonly version: string;
  };
  return {
    package: manifest.name,
    version: manifest.version,
    file: descriptionFile,
    sha256: createHash("sha256").update(bytes).digest("hex"),
  };
}

function cutOperation(description: Description, name: string): Operation {
  const [method = "", path = ""] = name.split(" ");
  const published = description.paths[path]?.[method.toLowerCase()];
  if (published === undefined) throw new Error(`The description has no operation ${name}.`);
  const responses = Object.fromEntries(
    Object.entries(published.responses).map(([status, response]) => [
      status,
      jsonSchema(
        response.$ref === undefined ? response : sharedResponse(description, response.$ref),
      ),
    ]),
  );
  const schema = published.requestBody && jsonSchema(published.requestBody);
  if (!schema) return { responses };
  return { request: { required: published.requestBody.required === true, schema }, responses };
}

function cutPayload(description: Description, name: string): Schema {
  const published = description["x-webhooks"][name]?.["post"]?.requestBody;
  const schema = published && jsonSchema(published);
  if (!schema) throw new Error(`The description has no webhook ${name}.`);
  return schema;
}

function sharedResponse(description: Description, ref: string): Body {
  const body = description.components.responses[ref.replace("#/components/responses/", "")];
  if (body === undefined) throw new Error(`The description has no ${ref}.`);
  return body;
}

function jsonSchema(body: Body): Schema | null {
  const schema = body.content?.["application/json"]?.schema;
  return schema === undefined ? null : withoutProse(schema);
}

/** One entry a line: small, and still a readable difference when the description moves on. */
function writeSlice(
  file: string,
  source: SliceSource,
  parts: Readonly<Record<string, object>>,
): void {
  const sections = Object.entries(parts).map(([name, entries]) => {
    const lines = Object.entries(entries).map(
      ([key, entry]) => `${JSON.stringify(key)}:${JSON.stringify(entry)}`,
    );
    return `${JSON.stringify(name)}:{\n${lines.join(",\n")}\n}`;
  });
  const text = `{"source":${JSON.stringify(source)},\n${sections.join(",\n")}\n}\n`;
  writeFileSync(new URL(file, import.meta.url), text);
  process.stdout.write(`${file}: ${Buffer.byteLength(text)} bytes\n`);
}
