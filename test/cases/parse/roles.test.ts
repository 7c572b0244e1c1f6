import { describe, expect, test } from "vitest";
import type { RoleName } from "../../../src/core/model/names.ts";
import { ownersOf, parseRoles } from "../../../src/core/parse/roles.ts";
import { brief, table } from "./example.ts";

interface Case {
  readonly note: string;
  readonly given: string;
  readonly owners?: readonly {
    readonly role: RoleName;
    readonly path: string;
    readonly want: readonly string[];
  }[];
  readonly problems?: readonly string[];
  readonly fix?: string;
}

describe("ROLES", () => {
  test.each(table("roles") as readonly Case[])("$note", ({ given, owners, problems, fix }) => {
    const parsed = parseRoles("governance/ROLES", given);
    expect(parsed.ok ? undefined : parsed.problems.map(brief)).toEqual(problems);
    for (const { role, path, want } of owners ?? []) {
      const held = parsed.ok ? ownersOf(parsed.value, role, path) : [];
      const shown = held.map((owner) =>
        owner.kind === "team" ? `@${owner.org}/${owner.slug}` : `@${owner.login}`,
      );
      expect({ path, shown }).toEqual({ path, shown: want });
    }
    if (fix !== undefined) expect(parsed.ok ? "" : parsed.problems[0]?.fix).toContain(fix);
  });
});
