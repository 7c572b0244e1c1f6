import { Composer, Parser } from "yaml";
import { describe, expect, test } from "vitest";
import { composeYaml } from "../../../../src/core/parse/compose-yaml.ts";

const compose = (text: string) => composeYaml([...new Parser().parse(text)], text.length);

describe("composeYaml", () => {
  test("composes one document without complaint", () => {
    const { contents, complaint } = compose("a: [1, x]\n");
    expect(complaint).toBeNull();
    expect(contents?.toJSON()).toEqual({ a: [1, "x"] });
    expect(compose("# nothing\n")).toEqual({ contents: null, complaint: null });
  });

  test.each([
    ["a: [,]\n", 4, "Unexpected , in flow sequence"],
    ["a: x\nb\nc\n", 5, "Implicit map keys need to be followed by map values"],
    ["a: b: c\n", 3, "Nested mappings are not allowed in compact mappings"],
    ["a: 'x\n", 6, "Missing closing 'quote"],
    ["a: !x 1\n", 3, "Unresolved tag: !x"],
    ["]\n", 0, "Unexpected flow-seq-end token in YAML document"],
  ])("complains about the first fault of %j", (text, offset, message) => {
    const { complaint } = compose(text);
    expect(complaint?.offset).toBe(offset);
    expect(complaint?.message).toContain(message);
  });

  test("the library still hands on the function that drops what follows the first complaint", () => {
    expect(Object.hasOwn(new Composer(), "onError")).toBe(true);
  });
});
