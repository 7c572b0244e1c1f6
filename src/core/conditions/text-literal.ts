import type { ASTNode } from "@marcbachmann/cel-js";

/** Reads the text of a literal such as `"change"`. Returns `null` for every other expression. */
export function textLiteral(node: ASTNode | undefined): string | null {
  if (node?.op === "value" && typeof node.args === "string") return node.args;
  return null;
}
