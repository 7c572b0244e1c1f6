import { SchemaGap } from "./schema-gap.ts";
import type { Place, SchemaNode } from "./schema-node.ts";

/** Requires a description, and no keyword that the policy reference would leave out. */
export function requireDescribed(node: SchemaNode, place: Place): void {
  const known = place.path === "" ? [...ofDocuments, ...ofParts] : ofParts;
  requireKeywords(node, known, place);
  if (typeof node.description !== "string" || node.description.trim() === "") {
    throw new SchemaGap(place, "has no `description`.");
  }
}

/** Requires that a node uses these keywords only. */
export function requireKeywords(
  node: SchemaNode,
  known: readonly (keyof SchemaNode)[],
  place: Place,
): void {
  if (typeof node !== "object") {
    throw new SchemaGap(place, `is \`${String(node)}\` instead of a schema.`);
  }
  const unknown = Object.keys(node).find((keyword) => !known.some((name) => name === keyword));
  if (unknown === undefined) return;
  throw new SchemaGap(
    place,
    `uses \`${unknown}\`, which the policy reference cannot put into words: teach schemas/reference/ to.`,
  );
}

const ofDocuments: readonly (keyof SchemaNode)[] = ["$schema", "$id", "title"];

const ofParts: readonly (keyof SchemaNode)[] = [
  "description",
  "type",
  "const",
  "enum",
  "minLength",
  "maxLength",
  "pattern",
  "patternErrorMessage",
  "format",
  "minimum",
  "maximum",
  "items",
  "minItems",
  "maxItems",
  "uniqueItems",
  "contains",
  "properties",
  "required",
  "additionalProperties",
  "anyValue",
];
