import { requireDescribed } from "./require-described.ts";
import { SchemaGap } from "./schema-gap.ts";
import type { Place, SchemaNode } from "./schema-node.ts";

/** One part of a document that an author writes. */
export interface Field {
  readonly place: Place;
  readonly presence: "required" | "optional" | "entry";
  readonly node: SchemaNode;
}

/**
 * Lists every field below a node, each before what it contains, in the order of the schema; the
 * entries of a list are a field of their own, `path[]`, and so is what free keys of a block hold,
 * `path.<key>`. Throws a {@link SchemaGap} where a part is
 * not described, or an object could hold a key or a list an entry that no field would describe.
 */
export function schemaFields(node: SchemaNode, place: Place): readonly Field[] {
  requireDescribed(node, place);
  return [...keysOf(node, place), ...entriesOf(node, place)].flatMap((field) => [
    field,
    ...schemaFields(field.node, field.place),
  ]);
}

function keysOf(node: SchemaNode, place: Place): readonly Field[] {
  if (node.type !== "object" && node.properties === undefined) return [];
  const { properties = {}, required = [], additionalProperties: others } = node;
  if (others === undefined || others === true) {
    throw new SchemaGap(
      place,
      "must say `additionalProperties: false`, or what every other key holds.",
    );
  }
  const stranger = required.find((name) => !Object.hasOwn(properties, name));
  if (stranger !== undefined) {
    throw new SchemaGap(place, `requires \`${stranger}\`, which is not among its \`properties\`.`);
  }
  const named = Object.entries(properties).map(([name, inner]): Field => ({
    place: keyOf(place, name),
    presence: required.includes(name) ? "required" : "optional",
    node: inner,
  }));
  if (others === false) return named;
  return [...named, { place: keyOf(place, "<key>"), presence: "entry", node: others }];
}

function keyOf(place: Place, name: string): Place {
  return { ...place, path: place.path === "" ? name : `${place.path}.${name}` };
}

function entriesOf({ type, items }: SchemaNode, place: Place): readonly Field[] {
  if (items !== undefined) {
    return [{ place: { ...place, path: `${place.path}[]` }, presence: "entry", node: items }];
  }
  if (type === "array") throw new SchemaGap(place, "is a list without `items`.");
  return [];
}
