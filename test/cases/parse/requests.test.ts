import { describe, expect, test } from "vitest";
import { parseRequest } from "../../../src/core/parse/parse-request.ts";
import { brief, examplePath, exampleText, replaceOnce, table } from "./example.ts";

interface Case {
  readonly note: string;
  readonly given: {
    readonly path?: string;
    readonly text?: string;
    readonly replace?: readonly (readonly [string, string])[];
  };
  readonly want: "ok" | readonly string[];
  readonly fix?: string;
}

describe("requests", () => {
  test.each(table("requests") as readonly Case[])("$note", ({ given, want, fix }) => {
    const text = (given.replace ?? []).reduce(replaceOnce, given.text ?? exampleText);
    const parsed = parseRequest(given.path ?? examplePath, text);
    expect(parsed.ok ? "ok" : parsed.problems.map(brief)).toEqual(want);
    if (fix !== undefined) {
      expect(parsed.ok ? [] : parsed.problems[0]?.fix).toContain(fix);
    }
  });
});
