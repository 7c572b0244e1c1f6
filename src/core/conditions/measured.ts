import type { ASTNode } from "@marcbachmann/cel-js";
import { nearest } from "../parse/nearest.ts";
import type { ConditionFault } from "./condition-fault.ts";
import type { Extent } from "./extent.ts";

/** What an expression comes to at most and takes at most, or why it may not be written. */
export type Measured =
  | { readonly ok: true; readonly extent: Extent; readonly steps: number }
  | { readonly ok: false; readonly fault: ConditionFault };

export function measured(extent: Extent, steps: number): Measured {
  return { ok: true, extent, steps };
}

/** A fault at the place of an expression: at the name of a field, otherwise at the beginning. */
export function refused({ pos }: ASTNode, message: string, fix: string): Measured {
  return { ok: false, fault: { message, fix, offset: pos } };
}

/** A fault that names the known name which was most likely meant, or all there are. */
export function unknownName(
  node: ASTNode,
  message: string,
  name: string,
  known: Iterable<string>,
): Measured {
  const names = [...known];
  const near = nearest(name, names);
  const fix = near === null ? `Use one of ${names.join(", ")}.` : `Write \`${near}\`.`;
  return refused(node, message, fix);
}
