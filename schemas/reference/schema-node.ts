/**
 * Names the JSON Schema keywords that the policy reference can put into words. A schema that uses
 * another one is refused: left out of the reference, it would be a rule that nobody can read.
 */
export interface SchemaNode {
  readonly $schema?: string;
  readonly $id?: string;
  readonly title?: string;
  readonly description?: string;
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly patternErrorMessage?: string;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: SchemaNode;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly contains?: SchemaNode;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly required?: readonly string[];
  /** A schema says what every other key of a block holds, whatever its name. */
  readonly additionalProperties?: boolean | SchemaNode;
  /** Says that a part without a `type` has none on purpose: somebody else judges its value. */
  readonly anyValue?: boolean;
}

/** Names a part of a schema for people: the schema, and the dotted path; "" is the document itself. */
export interface Place {
  readonly schema: string;
  readonly path: string;
}
