import { describe, expect, test } from "vitest";
import { reachedComponents } from "../../../support/github/cut-schema.ts";
import { schemaChecker } from "../../../support/github/schema-checker.ts";
import { slicedOperations, slicedPayloads } from "../../../support/github/slice-contents.ts";
import { readRestSlice, readWebhookSlice, type Schema } from "../../../support/github/slice.ts";

const rest = readRestSlice();
const webhooks = readWebhookSlice();

describe("the committed slices", () => {
  test("are cut from one published description", () => {
    expect(rest.source).toEqual(webhooks.source);
    expect(rest.source).toMatchObject({ package: "@octokit/openapi", version: "23.0.2" });
    expect(rest.source.sha256).toMatch(/^[0-9a-f]{64}$/u);
  });

  test("hold what slice-contents.ts names, and nothing else", () => {
    expect(Object.keys(rest.operations)).toEqual(slicedOperations);
    expect(Object.keys(webhooks.payloads)).toEqual(slicedPayloads);
  });

  test("hold exactly the components that they reach", () => {
    expect(reachedComponents(rest.operations, rest.components)).toEqual(rest.components);
    expect(reachedComponents(webhooks.payloads, webhooks.components)).toEqual(webhooks.components);
  });

  test("still need the correction of GET /app/installations", () => {
    const list = rest.operations["GET /app/installations"]?.responses["200"];
    expect(list?.items?.properties?.["account"]?.allOf).toHaveLength(2);
  });

  test.each([
    ["rest.json", rest.components, restSchemas()],
    ["webhooks.json", webhooks.components, Object.values(webhooks.payloads)],
  ])(
    "compile, every schema of %s",
    (_, components, schemas) => {
      const checker = schemaChecker(components);
      expect(schemas.length).toBeGreaterThan(15);
      for (const schema of schemas) {
        expect(checker.problems(schema, "neither an object nor a list")).not.toEqual([]);
      }
    },
    60_000,
  );
});

function restSchemas(): Schema[] {
  return Object.values(rest.operations).flatMap(({ request, responses }) => [
    ...(request === undefined ? [] : [request.schema]),
    ...Object.values(responses).filter((schema) => schema !== null),
  ]);
}
