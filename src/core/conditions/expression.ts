import type { ASTNode, ASTOperator } from "@marcbachmann/cel-js";
import type { Extent } from "./extent.ts";

/** A node of the syntax tree with an operator. */
export type NodeOf<Op extends ASTOperator> = Extract<ASTNode, { readonly op: Op }>;

/** An expression whose operands are measured. */
export interface Expression<Node extends ASTNode = ASTNode> {
  readonly node: Node;
  /** What its operands come to, in the order of the text. */
  readonly extents: readonly Extent[];
  /** What its operands take. */
  readonly steps: number;
  /** What is known where it stands. */
  readonly variables: ReadonlyMap<string, Extent>;
}
