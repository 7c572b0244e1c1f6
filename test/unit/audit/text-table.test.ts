import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { textTable } from "../../../src/audit/text-table.ts";

const titles = ["State", "Who", "Request"];
const rows = [
  { cells: ["active", "alice", "2026-11-21-alice-settlement"], notes: ["review #1 is due"] },
  { cells: ["revoking", "bo", "b"], notes: [] },
];

describe("textTable", () => {
  it("aligns columns, and puts notes beneath their row", () => {
    expect(textTable(titles, rows, null)).toBe(
      [
        "STATE     WHO    REQUEST",
        "active    alice  2026-11-21-alice-settlement",
        "  review #1 is due",
        "revoking  bo     b",
        "",
      ].join("\n"),
    );
  });

  it("is as wide as its names where that fits exactly, and folds by a column where it does not", () => {
    expect(textTable(titles, rows, 44)).toBe(textTable(titles, rows, null));
    expect(textTable(titles, rows, 43)).toBe(
      [
        "STATE     WHO",
        "  REQUEST",
        "active    alice",
        "  2026-11-21-alice-settlement",
        "  review #1 is due",
        "revoking  bo",
        "  b",
        "",
      ].join("\n"),
    );
  });

  test.each([1, 10, 29])("breaks no name on a terminal of %d columns", (room) => {
    const text = textTable(titles, rows, room);
    for (const name of rows.flatMap(({ cells }) => cells)) expect(text).toContain(name);
  });

  it("fits wherever each name fits, and has every name whole and in order", () => {
    const name = fc.stringMatching(/^[a-z0-9._-]{1,20}$/u);
    const cells = fc.array(name, { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(cells, { minLength: 1, maxLength: 5 }), fc.nat(100), (all, more) => {
        const room = 22 + more;
        const table = all.map((one) => ({ cells: one, notes: [] }));
        const text = textTable(["a", "b", "c", "d"], table, room);
        expect(text.split("\n").every((line) => line.length <= room)).toBe(true);
        expect(text.split(/\s+/u).filter((word) => word !== "")).toEqual([
          ...["A", "B", "C", "D"],
          ...all.flat(),
        ]);
      }),
    );
  });

  it("counts code points, shows what is missing as a dash, and lets nobody make a column or a line", () => {
    const strange = [
      { cells: ["😀😀", "", "x  y\n\u001b[1mz "], notes: ["a\nb"] },
      { cells: ["ab", "\u200b", "c"], notes: [] },
    ];
    expect(textTable(["A", "B", "C"], strange, null)).toBe(
      ["A   B  C", "😀😀  -  x y [1mz", "  a b", "ab  -  c", ""].join("\n"),
    );
  });
});
