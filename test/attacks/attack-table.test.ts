import { describe, expect, it } from "vitest";
import { attackTable } from "./attack-table.ts";
import type { AttackRow } from "./attack-table.ts";

const a1: AttackRow = {
  ...{ id: "A1", title: "somebody pushes", where: "unit" },
  ...{ refused: "yes", code: "SOD-REQUESTER" },
};

describe("attackTable", () => {
  it("aligns the columns, sorts by id and counts", () => {
    const rows = [{ ...a1, id: "§4.7" }, { ...a1, id: "A10", where: "e2e", code: "X" }, a1];
    expect(attackTable(rows, ["A1", "A10"])).toEqual({
      outcome: "all-refused",
      lines: [
        "id    attack           where  refused  by",
        "----  ---------------  -----  -------  -------------",
        "A1    somebody pushes  unit   yes      SOD-REQUESTER",
        "A10   somebody pushes  e2e    yes      X",
        "§4.7  somebody pushes  unit   yes      SOD-REQUESTER",
        "",
        "3 of 3 attacks refused, 2 of 2 required ids tested",
      ],
    });
  });

  it.each<[string, readonly AttackRow[], readonly string[]]>([
    ["one is not refused", [a1, { ...a1, refused: "no", code: null }], ["A1"]],
    ["a required one has no test", [a1], ["A1", "B1"]],
    ["there was nothing", [], []],
  ])("says that not all are refused when %s", (_, rows, required) => {
    const { outcome, lines } = attackTable(rows, required);
    expect(outcome).toBe("not-all-refused");
    if (required.includes("B1")) expect(lines).toContainEqual(expect.stringMatching(/^B1 .*NO/u));
  });
});
