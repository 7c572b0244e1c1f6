import { describe, expect, test } from "vitest";
import type { GovernanceFile } from "../../../src/core/model/snapshot.ts";
import { parseGovernance } from "../../../src/core/parse/parse-governance.ts";
import { changedFiles } from "./changed-files.ts";
import type { FileChanges } from "./changed-files.ts";
import { brief, table } from "./example.ts";

interface Case {
  readonly note: string;
  readonly given: {
    readonly files?: FileChanges;
    readonly mode?: Readonly<Record<string, string>>;
    readonly twice?: string;
    readonly nothing?: true;
  };
  readonly want: "ok" | readonly string[];
  readonly fix?: string;
}

describe("governance", () => {
  test.each(table("governance") as readonly Case[])("$note", ({ given, want, fix }) => {
    const parsed = parseGovernance(filesOf(given));
    const shown = parsed.ok
      ? "ok"
      : parsed.problems.map((one) => `${one.path.replace("governance/", "")}:${brief(one)}`);
    expect(shown).toEqual(want);
    if (fix !== undefined) expect(parsed.ok ? "" : parsed.problems[0]?.fix).toContain(fix);
  });
});

function filesOf(given: Case["given"]): readonly GovernanceFile[] {
  if (given.nothing !== undefined) return [];
  const files = changedFiles(given.files ?? {}).map((file) => ({
    ...file,
    mode: given.mode?.[file.path.slice("governance/".length)] ?? file.mode,
  }));
  return [...files, ...files.filter(({ path }) => path === `governance/${given.twice ?? ""}`)];
}
