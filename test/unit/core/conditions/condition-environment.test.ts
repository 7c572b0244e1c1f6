import { describe, expect, test } from "vitest";
import { conditionEnvironment } from "../../../../src/core/conditions/condition-environment.ts";

/** What the library alone would do, without the list of what conditions may use. */
describe("conditionEnvironment", () => {
  const hostile = `"${"a".repeat(40)}b"`;

  test.each([
    `${hostile}.matches("(a+)+$")`,
    `dyn(${hostile}).matches("(a+)+$") == true`,
    `[${hostile}][0].matches("(a+)+$")`,
    `[${hostile}].exists(x, x.matches("(a+)+$"))`,
    `cel.bind(x, ${hostile}, x.matches("(a+)+$"))`,
    `{"a": ${hostile}}.a.matches("(a+)+$")`,
  ])("never searches by RegExp, which would take a year: %s", (text) => {
    const { valid } = conditionEnvironment.check(text);
    // On a text, the engine that takes linear time has answered; on anything else there is no answer.
    if (valid) expect(conditionEnvironment.evaluate(text)).toBe(false);
    else expect(() => void conditionEnvironment.evaluate(text)).toThrow("`matches` needs a text");
  });

  test.each([
    '"a".matches(requester.name)',
    '"a".matches("a" + "b")',
    '"a".matches("(")',
    '"a".matches(1)',
    'now.matches("a")',
    'requester.teams.matches("a")',
    '["a"].exists(p, "a".matches(p))',
  ])("refuses by itself %s", (text) => {
    const { error } = conditionEnvironment.check(text);
    expect(error?.summary).toContain("`matches` needs a text, and a pattern in quotes");
  });

  test.each(['matches("a", "a")', '"a".matches()', '"a".matches("a", "b")'])(
    "has no %s",
    (text) => {
      expect(conditionEnvironment.check(text).error?.code).toBe("no_matching_overload");
    },
  );
});
