import { describe, expect, test } from "vitest";
import { policyReference } from "../../../schemas/reference/policy-reference.ts";
import { SchemaGap } from "../../../schemas/reference/schema-gap.ts";
import type { SchemaNode } from "../../../schemas/reference/schema-node.ts";

describe("policyReference", () => {
  test("has a section for every kind, in the order of where the files lie", () => {
    const reference = referenceOf({
      early: { ...documentOf({}), title: "Late", description: "z/<name>.yaml: the last." },
      late: { ...documentOf({}), title: "Early", description: "a/b.json, just one: the first." },
    });
    expect(reference).toMatch(/^<!-- Generated .*`npm run generate`\. Do not edit\. -->\n/);
    expect(reference).toContain("| [Early](#early) | `a/b.json`, just one |\n| [Late](#late) |");
    expect(reference).toContain("## Early\n\nFile: `a/b.json`, just one.\n\nThe first.\n\n| key |");
    expect(reference.indexOf("## Early")).toBeLessThan(reference.indexOf("## Late"));
  });

  test("has a row for every field, with its path, presence, meaning and value", () => {
    const steps: SchemaNode = {
      ...list(block({ role: { const: "lead", description: "Who." } }, ["role"])),
      description: "The steps.",
    };
    expect(
      rowsOf({ steps, until: { ...text, format: "date-time", description: "The end." } }, [
        "steps",
      ]),
    ).toEqual([
      "| `steps` | yes | The steps. | List. |",
      "| `steps[]` | – | A block. | Block of keys. |",
      "| `steps[].role` | yes | Who. | Always `lead`. |",
      "| `until` | no | The end. | Instant. |",
    ]);
  });

  test("has a row for what the free keys of a block hold", () => {
    const outcomes = { ...block({ sum: text }), additionalProperties: { ...text, maxLength: 9 } };
    expect(rowsOf({ outcomes })).toEqual([
      "| `outcomes` | no | A block. | Block of keys. |",
      "| `outcomes.sum` | no | A text. | Text. |",
      "| `outcomes.<key>` | – | A text. | Text of at most 9 characters. |",
    ]);
  });

  test.each<readonly [string, SchemaNode, string]>([
    ["any value, where that is meant", { description: ".", anyValue: true }, "Any value."],
    ["a type all the same", { ...whole, anyValue: true }, "Whole number."],
    ["bounds of a text", { ...text, minLength: 1, maxLength: 9 }, "Text of 1 to 9 characters."],
    ["one bound of a text", { ...text, minLength: 1 }, "Text of at least 1 character."],
    ["a bound of nothing", { ...text, minLength: 0 }, "Text."],
    [
      "a pattern by its sentence",
      { ...text, pattern: "^a|b$", patternErrorMessage: "Write <a> | b." },
      "Text. Write &lt;a> \\| b.",
    ],
    ["a pattern without one", { ...text, pattern: "^a|b$" }, "Text. It matches `^a\\|b$`."],
    [
      "a duration",
      { ...text, format: "duration", maxLength: 40 },
      "ISO 8601 duration of at most 40 characters.",
    ],
    ["words", { ...text, enum: ["a", "b", "c"] }, "`a`, `b` or `c`."],
    ["one word", { enum: ["a"], description: "." }, "`a`."],
    ["a constant that is no text", { const: 1, description: "." }, "Always `1`."],
    ["a range", { ...whole, minimum: 0, maximum: 5 }, "Whole number from 0 to 5."],
    ["the least", { ...whole, minimum: 1 }, "Whole number of at least 1."],
    ["the most", { ...whole, maximum: 5 }, "Whole number of at most 5."],
    ["a boolean", { type: "boolean", description: "." }, "`true` or `false`."],
  ])("says %s", (_, node, value) => {
    expect(rowsOf({ key: node })[0]).toBe(
      `| \`key\` | no | ${node.description ?? ""} | ${value} |`,
    );
  });

  test.each<readonly [string, Partial<SchemaNode>, string]>([
    ["the size", { minItems: 2, maxItems: 2 }, "List of exactly 2 entries."],
    [
      "that entries differ",
      { maxItems: 3, uniqueItems: true },
      "List of at most 3 entries, all different.",
    ],
    ["that they need not differ", { uniqueItems: false }, "List."],
    ["a word that must be there", { contains: { const: "a" } }, "List. At least one entry is `a`."],
    [
      "a block that must be there",
      {
        contains: {
          type: "object",
          required: ["type"],
          properties: { type: { enum: ["a", "b"] } },
        },
      },
      "List. At least one entry has `type` `a` or `b`.",
    ],
  ])("says of a list %s", (_, keywords, value) => {
    expect(rowsOf({ key: { ...list(text), ...keywords } })[0]).toContain(`| ${value} |`);
  });
});

describe("policyReference refuses, with the schema and the path,", () => {
  test.each<readonly [string, SchemaNode, string]>([
    ["a missing description", { type: "string" }, "`key` has no `description`."],
    ["an empty one", { ...text, description: " " }, "`key` has no `description`."],
    ["a missing one of an entry", list({ type: "string" }), "`key[]` has no `description`."],
    [
      "a missing one deep inside",
      list(block({ a: { type: "string" } })),
      "`key[].a` has no `description`.",
    ],
    [
      "an unknown keyword",
      having({ ...text, oneOf: [] }),
      "`key` uses `oneOf`, which the policy reference cannot put into words: teach schemas/reference/ to.",
    ],
    ["a title below the document", { ...text, title: "Key" }, "`key` uses `title`, which"],
    [
      "an unknown keyword of a condition",
      { ...list(text), contains: having({ pattern: "a" }) },
      "`key[] (contains)` uses `pattern`, which",
    ],
    [
      "a condition that it cannot say",
      { ...list(text), contains: { type: "string" } },
      "`key[] (contains)` must say `const` or `enum`.",
    ],
    [
      "a condition on a key that may be missing",
      { ...list(text), contains: { properties: { a: { const: 1 } } } },
      "`key[] (contains)` must have `a` in `properties` and in `required`.",
    ],
    [
      "a condition on a key with any value",
      { ...list(text), contains: { required: ["a"] } },
      "`key[] (contains)` must have `a` in `properties` and in `required`.",
    ],
    ["a schema that is none", having(true), "`key` is `true` instead of a schema."],
    ["no type", { description: "A key." }, "`key` has no `type`."],
    [
      "free keys without a description",
      { ...block({}), additionalProperties: { type: "string" } },
      "`key.<key>` has no `description`.",
    ],
    ["an unknown type", { ...text, type: "null" }, '`key` has the type "null", which'],
    ["an unknown format", { ...text, format: "email" }, '`key` has the format "email", which'],
    [
      "a list of anything",
      { type: "array", description: "A list." },
      "`key` is a list without `items`.",
    ],
    [
      "a block with any keys",
      { type: "object", description: "A block." },
      "`key` must say `additionalProperties: false`, or what every other key holds.",
    ],
    [
      "a required key that is not described",
      block({}, ["a"]),
      "`key` requires `a`, which is not among its `properties`.",
    ],
  ])("%s", (_, node, fault) => {
    const write = () => rowsOf({ key: node });
    expect(write).toThrow(SchemaGap);
    expect(write).toThrow(`schemas/sample.schema.json: ${fault}`);
  });

  test.each<readonly [string, Partial<SchemaNode>, string]>([
    ["without description", { description: "" }, "the document has no `description`."],
    [
      "that does not say where it lies",
      { description: "A sample." },
      "the document must begin its `description` with",
    ],
    ["without title", { title: "" }, "the document has no `title`."],
  ])("a document %s", (_, keywords, fault) => {
    const write = () => referenceOf({ sample: { ...documentOf({}), ...keywords } });
    expect(write).toThrow(`schemas/sample.schema.json: ${fault}`);
  });
});

const text: SchemaNode = { type: "string", description: "A text." };
const whole: SchemaNode = { type: "integer", description: "A number." };

function list(items: SchemaNode): SchemaNode {
  return { type: "array", description: "A list.", items };
}

function block(
  properties: Readonly<Record<string, SchemaNode>>,
  required: readonly string[] = [],
): SchemaNode {
  return {
    type: "object",
    description: "A block.",
    additionalProperties: false,
    required,
    properties,
  };
}

function documentOf(
  properties: Readonly<Record<string, SchemaNode>>,
  required: readonly string[] = [],
): SchemaNode {
  return { ...block(properties, required), title: "Sample", description: "sample.yaml: a sample." };
}

/** What a schema file may contain, whatever the type says. */
function having(node: unknown): SchemaNode {
  return node as SchemaNode;
}

function referenceOf(schemas: Readonly<Record<string, SchemaNode>>): string {
  return policyReference(new Map(Object.entries(schemas)));
}

function rowsOf(
  properties: Readonly<Record<string, SchemaNode>>,
  required: readonly string[] = [],
): readonly string[] {
  const [, section = ""] = referenceOf({ sample: documentOf(properties, required) }).split(
    "## Sample",
  );
  return section.trim().split("\n").slice(6);
}
