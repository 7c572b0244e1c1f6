import { describe, expect, test } from "vitest";
import { checkCatalogue } from "../../../src/core/parse/check-catalogue.ts";
import { parseGovernance } from "../../../src/core/parse/parse-governance.ts";
import { parseRequest } from "../../../src/core/parse/parse-request.ts";
import { changedFiles } from "./changed-files.ts";
import type { FileChanges } from "./changed-files.ts";
import { brief, examplePath, exampleText, replaceOnce, table } from "./example.ts";

interface Case {
  readonly note: string;
  readonly given: {
    readonly path?: string;
    readonly replace?: readonly (readonly [string, string])[];
    readonly files?: FileChanges;
  };
  readonly want: "ok" | readonly string[];
  readonly fix?: string;
}

describe("requests against the catalogue", () => {
  test.each(table("catalogue") as readonly Case[])("$note", ({ given, want, fix }) => {
    const path = given.path ?? examplePath;
    const text = (given.replace ?? []).reduce(replaceOnce, exampleText);
    const governance = parseGovernance(changedFiles(given.files ?? {}));
    const request = parseRequest(path, text);
    if (!governance.ok || !request.ok) throw new Error("the case itself is wrong");
    const problems = checkCatalogue(request.value, governance.value, path, text);
    expect(problems.length === 0 ? "ok" : problems.map(brief)).toEqual(want);
    if (fix !== undefined) expect(problems[0]?.fix).toContain(fix);
  });
});
