import { codeSpan, prose } from "./markdown.ts";
import { requireKeywords } from "./require-described.ts";
import { SchemaGap } from "./schema-gap.ts";
import type { Place, SchemaNode } from "./schema-node.ts";

/**
 * Says as Markdown what may be written at a part of a document: the kind of value, its bounds, and
 * the sentence that explains its pattern. Throws a {@link SchemaGap} when there is no word for it.
 */
export function valueInWords(node: SchemaNode, place: Place): string {
  const kind = noun(node, place);
  const bounds = [lengthOf(node), sizeOf(node), rangeOf(node)].join("");
  const sentences = [
    `${kind}${bounds}.`,
    ...(node.contains === undefined ? [] : [condition(node.contains, place)]),
    ...patternSentence(node),
  ];
  return sentences.join(" ");
}

const nouns: Readonly<Record<string, string>> = {
  string: "Text",
  integer: "Whole number",
  number: "Number",
  boolean: "`true` or `false`",
  array: "List",
  object: "Block of keys",
};

/** The formats that the validator in src/core/parse knows. */
const formats: Readonly<Record<string, string>> = {
  duration: "ISO 8601 duration",
  "date-time": "Instant",
};

function noun(node: SchemaNode, place: Place): string {
  const { type, format } = node;
  if (node.const !== undefined) return `Always ${choice([node.const])}`;
  if (node.enum !== undefined) return choice(node.enum);
  if (type === undefined && node.anyValue === true) return "Any value";
  if (format === undefined) return wordFor("type", type, nouns, place);
  return wordFor("format", format, formats, place);
}

function wordFor(
  keyword: string,
  value: unknown,
  words: Readonly<Record<string, string>>,
  place: Place,
): string {
  const word = Object.entries(words).find(([name]) => name === value)?.[1];
  if (word !== undefined) return word;
  const fault =
    value === undefined
      ? `has no \`${keyword}\`.`
      : `has the ${keyword} ${JSON.stringify(value)}, which schemas/reference/value-in-words.ts has no word for.`;
  throw new SchemaGap(place, fault);
}

function choice(values: readonly unknown[]): string {
  const words = values.map((value) =>
    codeSpan(typeof value === "string" ? value : JSON.stringify(value)),
  );
  return [words.slice(0, -1).join(", "), ...words.slice(-1)].filter(Boolean).join(" or ");
}

function lengthOf({ minLength, maxLength }: SchemaNode): string {
  return bounds(minLength, maxLength, ["character", "characters"]);
}

function sizeOf({ minItems, maxItems, uniqueItems = false }: SchemaNode): string {
  const size = bounds(minItems, maxItems, ["entry", "entries"]);
  return uniqueItems ? `${size}, all different` : size;
}

/** "At least none" is no bound, so it is not said. */
function bounds(least = 0, most = Infinity, [one, many]: readonly [string, string]): string {
  const counted = (count: number) => `${count} ${count === 1 ? one : many}`;
  if (least === most) return ` of exactly ${counted(most)}`;
  if (least > 0 && most < Infinity) return ` of ${least} to ${counted(most)}`;
  if (least > 0) return ` of at least ${counted(least)}`;
  return most < Infinity ? ` of at most ${counted(most)}` : "";
}

function rangeOf({ minimum, maximum }: SchemaNode): string {
  if (minimum !== undefined && maximum !== undefined) return ` from ${minimum} to ${maximum}`;
  if (minimum !== undefined) return ` of at least ${minimum}`;
  return maximum === undefined ? "" : ` of at most ${maximum}`;
}

/** A condition describes no part of the document, it asks for one: it needs no description. */
function condition(node: SchemaNode, place: Place): string {
  return `At least one entry ${demands(node, place).join(" and ")}.`;
}

function demands(node: SchemaNode, place: Place): readonly string[] {
  const inside = { ...place, path: `${place.path}[] (contains)` };
  const { properties = {}, required = [] } = node;
  const names = [...new Set([...Object.keys(properties), ...required])];
  if (names.length === 0) return [`is ${chosen(node, inside)}`];
  requireKeywords(node, ["type", "properties", "required"], inside);
  return names.map((name) => {
    const value = properties[name];
    // A key that may be missing is no demand, and one with any value is no choice.
    if (value === undefined || !required.includes(name)) {
      throw new SchemaGap(inside, `must have \`${name}\` in \`properties\` and in \`required\`.`);
    }
    return `has ${codeSpan(name)} ${chosen(value, inside)}`;
  });
}

function chosen(node: SchemaNode, place: Place): string {
  requireKeywords(node, ["type", "const", "enum"], place);
  if (node.const !== undefined) return choice([node.const]);
  if (node.enum !== undefined) return choice(node.enum);
  throw new SchemaGap(place, "must say `const` or `enum`.");
}

function patternSentence({ pattern, patternErrorMessage }: SchemaNode): readonly string[] {
  if (patternErrorMessage !== undefined) return [prose(patternErrorMessage)];
  return pattern === undefined ? [] : [`It matches ${codeSpan(pattern)}.`];
}
