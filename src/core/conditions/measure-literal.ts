import type { Expression, NodeOf } from "./expression.ts";
import { isSingle, number, truth, widest } from "./extent.ts";
import { measured, refused } from "./measured.ts";
import type { Measured } from "./measured.ts";
import { textLiteral } from "./text-literal.ts";

/**
 * Measures a text, a whole number, `true` or `false`. Refuses numbers with a fraction, because a comparison
 * with NaN is false and a denial would silently not hold, and whatever no fact can be compared with.
 */
export function measureLiteral({ node }: Expression<NodeOf<"value">>): Measured {
  const { args: value } = node;
  if (typeof value === "string") return measured({ kind: "text", characters: value.length }, 1);
  if (typeof value === "boolean") return measured(truth, 1);
  if (typeof value === "bigint" && BigInt.asIntN(64, value) === value) return measured(number, 1);
  const fix = "Write a whole number of at most 64 bits, a text in quotes, true or false.";
  return refused(node, "This kind of value has no use here.", fix);
}

/** Measures a list literal. Refuses an empty one, which has no type, and lists in lists. */
export function measureList({ node, extents, steps }: Expression): Measured {
  if (extents.length > 0 && extents.every(isSingle)) {
    const of = widest(extents);
    return measured({ kind: "list", items: extents.length, of }, steps + 1);
  }
  const fix = "Write single values in it; to ask whether a list is empty, `size(list) == 0`.";
  return refused(node, "A list is of single values, and not empty.", fix);
}

/**
 * Measures a map literal. Its keys are different literal texts. The library silently drops the keys that
 * mean something to JavaScript, so they are refused.
 */
export function measureTable({ node, extents, steps }: Expression<NodeOf<"map">>): Measured {
  const keys = node.args.map(([key]) => textLiteral(key));
  const usable = keys.filter((key) => key !== null && !dropped.includes(key));
  const isTable = usable.length > 0 && new Set(usable).size === keys.length;
  const values = extents.filter((_, index) => index % 2 === 1);
  if (isTable && values.every(isSingle)) {
    return measured({ kind: "table", of: widest(values) }, steps + 5 * keys.length);
  }
  const fix = 'Write `{"a": 1, "b": 2}`: texts as keys, each once, and single values.';
  return refused(node, "A map is from texts to single values.", fix);
}

const dropped = ["__proto__", "constructor", "prototype"];
