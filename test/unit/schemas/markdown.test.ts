import { describe, expect, test } from "vitest";
import { codeSpan, prose, table } from "../../../schemas/reference/markdown.ts";

describe("prose", () => {
  test.each([
    ["a name in `people`", "a name in `people`"],
    ["in `<target>`, not in <target>", "in `<target>`, not in &lt;target>"],
    ["``a`b`` and `a*b`", "``a`b`` and `a*b`"],
    ["a lone ` stands for itself", "a lone \\` stands for itself"],
    [
      "*all* of _them_, [here](there) ~not~ snake_case",
      "\\*all\\* of \\_them\\_, \\[here\\](there) \\~not\\~ snake_case",
    ],
    ["R&D, not &lt;", "R&amp;D, not &amp;lt;"],
    [" two\n  lines ", "two lines"],
  ])("%j", (text, markdown) => {
    expect(prose(text)).toBe(markdown);
  });
});

describe("codeSpan", () => {
  test.each([
    ["spec.all[]", "`spec.all[]`"],
    ["a`b", "``a`b``"],
    ["a``b", "```a``b```"],
    ["`", "`` ` ``"],
    [" a ", "`  a  `"],
  ])("%j", (value, markdown) => {
    expect(codeSpan(value)).toBe(markdown);
  });
});

test("a table has no border that a cell brought along", () => {
  expect(table(["a", "b"], [["`x|y`", "x | y"]])).toBe(
    ["| a | b |", "| --- | --- |", "| `x\\|y` | x \\| y |"].join("\n"),
  );
});
