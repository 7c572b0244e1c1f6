import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { Given } from "../support/snapshot/build-snapshot.ts";
import { carryOut, stalledAt } from "../support/snapshot/carry-out.ts";

interface Row {
  readonly note: string;
  readonly given?: Given;
  /** Who writes what, one after the other, and when: each is judged by what the ones before led to. */
  readonly commands: readonly (readonly [by: string, text: string, now?: string])[];
  /** What came of the last one; `null` when it is no command. */
  readonly want: {
    readonly outcome: "carried-out" | "refused";
    readonly code: string;
    /** A part of its reason. */
    readonly says?: string;
  } | null;
}

const folder = fileURLToPath(new URL("./commands/", import.meta.url));
const tables = readdirSync(folder).filter((name) => name.endsWith(".yaml"));

it("finds the tables of commands", () => {
  expect(tables.length).toBeGreaterThanOrEqual(6);
});

describe.each(tables)("%s", (table) => {
  const text = readFileSync(`${folder}${table}`, "utf8");
  const rows = parse(text, { merge: true, maxAliasCount: -1 }) as readonly Row[];

  it.each(rows.map((row) => [row.note, row] as const))("%s", (_, { given, commands, want }) => {
    const written = commands.map(([by, words, now]) => ({
      by,
      text: words,
      now: now === undefined ? stalledAt : new Date(now),
    }));
    const { last } = carryOut(written, given);
    expect(last === null ? null : { outcome: last.outcome, code: last.code }).toEqual(
      want === null ? null : { outcome: want.outcome, code: want.code },
    );
    expect(last?.reason ?? "").toContain(want?.says ?? "");
  });
});
