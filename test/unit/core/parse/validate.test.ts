import { describe, expect, test } from "vitest";
import { schemas } from "../../../../src/generated/schemas.ts";

type Node = Readonly<Record<string, unknown>>;

describe("the schemas", () => {
  test.each(Object.entries(schemas))("%s is closed, and describes every part", (name, schema) => {
    expect(schema).toMatchObject({
      $schema: "https://json-schema.org/draft/2020-12/schema",
      $id: `urn:countersign:schema:${name}:v1`,
    });
    for (const [pointer, node] of parts("", schema as Node)) {
      expect({ pointer, description: node["description"] }).toEqual({
        pointer,
        description: expect.stringMatching(/\.$/) as unknown,
      });
      if ("properties" in node) expect(node).toMatchObject({ additionalProperties: false });
      if ("pattern" in node) {
        expect(node["patternErrorMessage"]).toMatch(/^[A-Z].*\.$/);
        expect(node["pattern"]).toMatch(/^\^/);
      }
      if (node["type"] === "string" && !("enum" in node)) {
        expect({ pointer, bounded: "pattern" in node || "maxLength" in node }).toEqual({
          pointer,
          bounded: true,
        });
      }
      if (node["type"] === "array") expect(node).toHaveProperty("maxItems");
      expect(node).not.toHaveProperty("prefixItems");
    }
  });

  test("every file under schemas/ is among them, and nothing else", () => {
    expect(Object.keys(schemas)).toEqual([
      "access-extension",
      "access-policy",
      "access-request",
      "break-glass-request",
      "conflicts",
      "governance-policy",
      "people",
      "policy-test",
      "target",
      "trust-root-signatures",
      "trust-root",
    ]);
  });
});

/** A schema and all schemas of its properties and elements. */
function parts(pointer: string, node: Node): readonly (readonly [string, Node])[] {
  const properties = Object.entries((node["properties"] ?? {}) as Readonly<Record<string, Node>>);
  const items = "items" in node ? [["items", node["items"] as Node] as const] : [];
  return [
    [pointer, node],
    ...[...properties, ...items].flatMap(([name, inner]) => parts(`${pointer}/${name}`, inner)),
  ];
}
