import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { decide } from "../../src/core/decide/decide.ts";
import { buildSnapshot, noon } from "../support/snapshot/build-snapshot.ts";
import type { Given } from "../support/snapshot/build-snapshot.ts";

interface Row {
  readonly note: string;
  readonly given: Given & { readonly now?: string };
  readonly want: {
    readonly verdict: string;
    readonly kind?: string;
    /** Code → outcome of the finding, and a part of its reason. */
    readonly findings?: Readonly<Record<string, string>>;
    readonly says?: string;
    /** Login → code of the judgement on their last review. */
    readonly reviews?: Readonly<Record<string, string>>;
    /** Role → person, of the counted approvals. */
    readonly approvals?: Readonly<Record<string, string>>;
    readonly notAfter?: string;
    /** Role → people of the route. */
    readonly route?: Readonly<Record<string, readonly string[]>>;
    /** Givers of the denials in force. */
    readonly denials?: readonly string[];
    /** People who are excluded from every step. */
    readonly excluded?: readonly string[];
    readonly reviewAfterwards?: readonly string[];
  };
}

const folder = fileURLToPath(new URL("./decide/", import.meta.url));
const tables = readdirSync(folder).filter((name) => name.endsWith(".yaml"));

it("finds the decision tables", () => {
  expect(tables.length).toBeGreaterThanOrEqual(15);
});

describe.each(tables)("%s", (table) => {
  const text = readFileSync(`${folder}${table}`, "utf8");
  // The tables are our own: however many aliases they have, they are no bomb.
  const rows = parse(text, { merge: true, maxAliasCount: -1 }) as readonly Row[];

  it.each(rows.map((row) => [row.note, row] as const))("%s", (_, { given, want }) => {
    const { now, ...rest } = given;
    const decision = decide(buildSnapshot(rest), now === undefined ? noon : new Date(now));
    const reasons = decision.findings.map(
      ({ code, outcome, reason }) => `${code} ${outcome}: ${reason}`,
    );

    expect(decision.verdict, reasons.join("\n")).toBe(want.verdict);
    if (want.kind !== undefined) expect(decision.kind).toBe(want.kind);
    for (const [code, outcome] of Object.entries(want.findings ?? {})) {
      expect(reasons).toContainEqual(expect.stringMatching(`^${code} ${outcome}: `));
    }
    if (want.says !== undefined) expect(reasons.join("\n")).toContain(want.says);
    for (const [login, code] of Object.entries(want.reviews ?? {})) {
      expect(decision.reviews.findLast((review) => review.login === login)?.code).toBe(code);
    }
    if (want.approvals !== undefined) {
      const filled = decision.approvals.map(({ role, person }) => [role, person]);
      expect(Object.fromEntries(filled)).toEqual(want.approvals);
    }
    if (want.notAfter !== undefined) expect(decision.notAfter).toBe(want.notAfter);
    for (const [role, people] of Object.entries(want.route ?? {})) {
      expect(decision.route.find((step) => step.role === role)?.people).toEqual(people);
    }
    if (want.denials !== undefined) {
      expect(decision.denials.map(({ person }) => person)).toEqual(want.denials);
    }
    if (want.excluded !== undefined) {
      const requesters = decision.excluded.filter(({ from }) => from === "requester");
      expect(requesters.map(({ person }) => person)).toEqual(want.excluded);
    }
    if (want.reviewAfterwards !== undefined) {
      expect(decision.reviewAfterwards).toEqual(want.reviewAfterwards);
    }
  });
});
