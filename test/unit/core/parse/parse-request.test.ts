import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseRequest } from "../../../../src/core/parse/parse-request.ts";
import { examplePath, exampleText } from "../../../cases/parse/example.ts";

describe("parseRequest", () => {
  test("gives the request as the file says it", () => {
    const parsed = parseRequest(examplePath, exampleText);
    expect(parsed).toEqual({
      ok: true,
      value: {
        apiVersion: "countersign/v1",
        kind: "AccessRequest",
        metadata: { name: "2026-11-21-alice-settlement" },
        spec: {
          requester: "alice",
          beneficiary: { kind: "human", name: "alice" },
          target: "payments-db",
          entitlement: "readwrite",
          duration: "PT4H",
          activateBy: "2026-11-22T00:00:00Z",
          reason: "Fix the stuck settlement batch 8841",
          references: [{ type: "change", id: "CHG-1042" }],
          compensatingControls: ["statement logging on"],
        },
      },
    });
  });

  test("a request of 16 KiB is read, one byte more is not", () => {
    const padded = (length: number) => `${exampleText}${"#".repeat(length - exampleText.length)}`;
    expect(parseRequest(examplePath, padded(16_384)).ok).toBe(true);
    expect(parseRequest(examplePath, padded(16_385))).toMatchObject({
      problems: [{ code: "too-large" }],
    });
  });

  test("never throws on arbitrary text, and every problem can be acted on", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expectActionable(parseRequest(examplePath, text));
      }),
    );
  });

  test("never throws on an arbitrary path", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (path) => {
        expectActionable(parseRequest(path, exampleText));
      }),
    );
  });

  test("never throws on a file in which something was cut out, doubled or put in", () => {
    const place = fc.nat({ max: exampleText.length });
    const insertion = fc.oneof(
      fc.string({ unit: "binary", maxLength: 8 }),
      fc.constantFrom(
        "\n",
        "  ",
        ": ",
        "&a ",
        "*a",
        "[",
        "{",
        "'",
        '"',
        "null",
        "<<: ",
        "__proto__: 1\n",
      ),
    );
    fc.assert(
      fc.property(place, place, insertion, (from, to, inserted) => {
        const text = exampleText.slice(0, from) + inserted + exampleText.slice(to);
        expectActionable(parseRequest(examplePath, text));
      }),
      { numRuns: 400 },
    );
  });
});

function expectActionable(parsed: ReturnType<typeof parseRequest>): void {
  for (const { line, column, code, message, fix } of parsed.ok ? [] : parsed.problems) {
    expect({ line: line >= 1, column: column >= 1 }).toEqual({ line: true, column: true });
    expect(code).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
    expect(message).toMatch(/\.$/);
    expect(fix).toMatch(/^[A-Z][^]*[.`]$/);
  }
  if (!parsed.ok) expect(parsed.problems.length).toBeGreaterThan(0);
}
