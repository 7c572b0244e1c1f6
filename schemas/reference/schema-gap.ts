import type { Place } from "./schema-node.ts";

/**
 * Says in a sentence which part of which schema the policy reference cannot describe. Thrown instead
 * of writing a reference with a hole.
 */
export class SchemaGap extends Error {
  override readonly name = "SchemaGap";

  constructor({ schema, path }: Place, fault: string) {
    const part = path === "" ? "the document" : `\`${path}\``;
    super(`schemas/${schema}.schema.json: ${part} ${fault}`);
  }
}
