import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Entry } from "../../../../src/core/model/entry.ts";
import type { Grant } from "../../../../src/core/model/grant.ts";
import { byEnd, openGrants } from "../../../../src/core/plan/access-state.ts";
import type { ExecutionRecord, OpenGrant } from "../../../../src/core/plan/access-state.ts";
import { growingBook } from "../../../../src/core/plan/grant-book.ts";
import { usesOf } from "../../../../src/core/plan/grant-uses.ts";
import { seed } from "../../../support/snapshot/properties.ts";
import { asDraft, decision, entry, grant, granted, intent } from "./plan-entries.ts";

const names = ["a", "b", "c", "d"];
const ends = ["2026-11-21T14:00:00.000Z", "2026-11-21T16:00:00.000Z", "2026-11-21T18:00:00.000Z"];

function givenOf(name: string): Partial<Grant> {
  const at = names.indexOf(name);
  return {
    id: `grant:${name}`,
    request: name,
    expiresAt: ends[at % 3] ?? "",
    identity: `i${at % 2}`,
  };
}

/** Everything that can be written of one grant, each with a key of its own. */
function storyOf(name: string): readonly Entry[] {
  const at = names.indexOf(name) * 10;
  const given = givenOf(name);
  const own = { ...grant, ...given };
  const readBack = { at: own.expiresAt, identity: own.identity, permissions: [] };
  const began = intent(at, given);
  const failed = entry(
    at + 2,
    "grant-failed",
    { request: name, decision: decision(1).digest, intent: began.digest },
    { code: "EXEC-LAPSED", detail: "late" },
  );
  const leaving = entry(at + 3, "revoke-intent", { grant: own, cause: "expired" }, {});
  const gone = entry(at + 4, "revoke", { intent: leaving.digest, grant: own }, { readBack });
  return [began, granted(at + 1, given), failed, leaving, gone];
}

const all = names.flatMap(storyOf);
const records: fc.Arbitrary<readonly ExecutionRecord[]> = fc
  .subarray(
    all.flatMap((one): ExecutionRecord[] => [one, asDraft(one)]),
    { minLength: 1 },
  )
  .chain((some) => fc.shuffledSubarray(some, { minLength: some.length }));

/** An entry stands for the draft that it was, and a key counts once. */
function onlyOnce(given: readonly ExecutionRecord[]): readonly ExecutionRecord[] {
  const known = new Map<string, ExecutionRecord>();
  for (const one of given) {
    const before = known.get(one.idempotencyKey);
    if (before === undefined || "digest" in one) known.set(one.idempotencyKey, one);
  }
  return [...known.values()];
}

describe("a book of grants", () => {
  it("shows the same as reading all records at once, in whatever order they came", () => {
    fc.assert(
      fc.property(records, (given) => {
        const book = growingBook();
        given.forEach((one) => book.add(one));
        const once = onlyOnce(given);
        expect(book.all().toSorted(byEnd)).toEqual(openGrants(once));
        expect(book.size()).toBe(openGrants(once).length);
        expect(book.unsettled().toSorted(byEnd)).toEqual(
          openGrants(once).filter(({ phase }) => phase !== "active"),
        );
        expect(book.uses.names).toEqual(usesOf(once).names);
        for (const now of [...ends, "2026-11-21T12:00:00.000Z"].map((at) => new Date(at))) {
          const open = openGrants(once);
          expect(book.due(now).toSorted(byEnd)).toEqual(
            open.filter((one) => !(now < new Date(one.grant.expiresAt))),
          );
          const later = open
            .map((one) => Date.parse(one.grant.expiresAt))
            .filter((at) => at > +now);
          expect(book.nextEnd(now)?.getTime() ?? Infinity).toBe(Math.min(...later));
        }
      }),
      { seed, numRuns: 500 },
    );
  });

  it("finds who shares an access, an identity, a target or a name, and nobody who is gone", () => {
    const book = growingBook();
    for (const name of ["a", "b", "c"])
      storyOf(name)
        .slice(0, 2)
        .forEach((one) => book.add(one));
    const [first] = book.ofRequest("a");
    if (first === undefined) throw new Error("a is not open");
    const idsOf = (open: readonly OpenGrant[]) => open.map((one) => one.grant.id).sort();
    expect(idsOf(book.onAccess(first.grant))).toEqual(["grant:a", "grant:c"]);
    expect(idsOf(book.ofIdentity({ ...first.grant, identity: "i1" }))).toEqual(["grant:b"]);
    expect(book.targets()).toEqual([first.grant.target]);
    storyOf("a").forEach((one) => book.add(one));
    expect(idsOf(book.onAccess(first.grant))).toEqual(["grant:c"]);
    expect(book.ofRequest("a")).toEqual([]);
    expect(book.get("grant:a")).toBeNull();
  });

  it("says of which request a record is, once", () => {
    const book = growingBook();
    const [one] = storyOf("a");
    if (one === undefined) throw new Error("no story");
    expect(book.add(asDraft(one))).toBe("a");
    expect(book.add(asDraft(one))).toBeNull();
    expect(book.entriesOf("grant:a")).toEqual([]);
    expect(book.add(one)).toBe("a");
    expect(book.add(one)).toBeNull();
    expect(book.entriesOf("grant:a")).toEqual([one]);
  });
});
