import { codeSpan, prose, table } from "./markdown.ts";
import { SchemaGap } from "./schema-gap.ts";
import { schemaFields } from "./schema-fields.ts";
import type { Field } from "./schema-fields.ts";
import type { Place, SchemaNode } from "./schema-node.ts";
import { valueInWords } from "./value-in-words.ts";

/**
 * Writes the reference of every kind of document as Markdown, from the schemas by name: a section a
 * kind, in the order of where the files lie, with a row for every field. Throws a {@link SchemaGap}
 * rather than leave something out.
 */
export function policyReference(schemas: ReadonlyMap<string, SchemaNode>): string {
  const kinds = [...schemas].map(([name, schema]) => kindOf(name, schema)).sort(byFile);
  const index = kinds.map(({ title, file }) => [`[${title}](#${title.toLowerCase()})`, file]);
  return `${[opening, table(["kind", "file"], index), ...kinds.map(section)].join("\n\n")}\n`;
}

const opening = `<!-- Generated from schemas/ by \`npm run generate\`. Do not edit. -->

# Policy reference

Every key of every YAML and JSON file under \`access-requests/\` and \`governance/\`. A key that is not listed here is refused, never
ignored. \`npx countersign check FILE…\` says what is wrong with a file and where, by the same paths.

- In a path, \`[]\` stands for each entry of a list; the row that ends in it says what one entry is.
- \`<key>\` at its end stands for each key of a block that names its keys itself.
- A key is required wherever the block around it is written: an optional block may have required keys.
- [\`governance/ROLES\`](../governance/ROLES) has no section here: it has the syntax of CODEOWNERS, and its comments explain it.
- Complete files to begin with are in [\`access-requests/\`](../access-requests/) and [\`governance/\`](../governance/).`;

interface DocumentKind {
  readonly title: string;
  readonly path: string;
  readonly file: string;
  readonly meaning: string;
  readonly fields: readonly Field[];
}

/** The description of a document begins with where it lies: `<path>[, <how many>]: <meaning>`. */
const located = /^(?<path>\S+\.(?:yaml|json))(?<note>, [^:]+)?: (?<meaning>.+)$/s;

function kindOf(name: string, schema: SchemaNode): DocumentKind {
  const place: Place = { schema: name, path: "" };
  const fields = schemaFields(schema, place);
  if (!schema.title) throw new SchemaGap(place, "has no `title`.");
  const { path, note = "", meaning } = located.exec(schema.description ?? "")?.groups ?? {};
  if (path === undefined || meaning === undefined) {
    throw new SchemaGap(
      place,
      "must begin its `description` with the path of the file and a colon.",
    );
  }
  return {
    title: schema.title,
    path,
    file: `${codeSpan(path)}${prose(note)}`,
    meaning: prose(`${meaning.slice(0, 1).toUpperCase()}${meaning.slice(1)}`),
    fields,
  };
}

function byFile(one: DocumentKind, other: DocumentKind): number {
  const order = ({ path, title }: DocumentKind) => `${path} ${title}`;
  return order(one) < order(other) ? -1 : 1;
}

function section({ title, file, meaning, fields }: DocumentKind): string {
  const rows = table(["key", "required", "meaning", "value"], fields.map(row));
  return [`## ${title}`, `File: ${file}.`, meaning, rows].join("\n\n");
}

const presences: Readonly<Record<Field["presence"], string>> = {
  required: "yes",
  optional: "no",
  entry: "–",
};

function row({ place, presence, node }: Field): readonly string[] {
  return [
    codeSpan(place.path),
    presences[presence],
    prose(node.description ?? ""),
    valueInWords(node, place),
  ];
}
