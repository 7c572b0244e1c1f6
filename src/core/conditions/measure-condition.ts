import type { ASTNode } from "@marcbachmann/cel-js";
import { conditionLimits as limits } from "./condition-limits.ts";
import { conditionVariables } from "./condition-variables.ts";
import type { NodeOf } from "./expression.ts";
import { isSingle, truth } from "./extent.ts";
import type { Extent, ListExtent } from "./extent.ts";
import { measureExpression } from "./measure-expression.ts";
import { measured, refused } from "./measured.ts";
import type { Measured } from "./measured.ts";

/**
 * Measures how much work a condition is at most, over the largest facts there can be, and refuses every
 * expression that is not on the short list of what conditions may use. Whether the types fit is left to the
 * CEL library.
 */
export function measureCondition(condition: ASTNode): Measured {
  return measure(condition, { variables: conditionVariables, comprehensions: 0 });
}

interface Scope {
  readonly variables: ReadonlyMap<string, Extent>;
  /** How many comprehensions are around the expression. */
  readonly comprehensions: number;
}

function measure(node: ASTNode, scope: Scope): Measured {
  if (node.op === "rcall") {
    const [name, receiver, args] = node.args;
    if (comprehensions.has(name)) {
      return measureComprehension({ node, name, receiver, args }, scope);
    }
  }
  const parts = measureAll(operands(node), scope);
  if (!parts.ok) return parts;
  return measureExpression({ node, variables: scope.variables, ...parts });
}

type MeasuredParts =
  | Extract<Measured, { ok: false }>
  | { readonly ok: true; readonly extents: readonly Extent[]; readonly steps: number };

function measureAll(nodes: readonly ASTNode[], scope: Scope): MeasuredParts {
  const extents: Extent[] = [];
  let steps = 0;
  for (const node of nodes) {
    const part = measure(node, scope);
    if (!part.ok) return part;
    extents.push(part.extent);
    steps += part.steps;
  }
  return { ok: true, extents, steps };
}

/** The expressions directly in this one, in the order of the text. */
function operands({ args }: ASTNode): readonly ASTNode[] {
  return ([args] as readonly unknown[]).flat(3).filter(isNode);
}

function isNode(part: unknown): part is ASTNode {
  return typeof part === "object" && part !== null && "op" in part;
}

/** How many arguments each comprehension may have. */
const comprehensions: ReadonlyMap<string, readonly number[]> = new Map([
  ["all", [2]],
  ["exists", [2]],
  ["exists_one", [2]],
  ["filter", [2]],
  ["map", [2, 3]],
]);

type Arguments = readonly ASTNode[];

interface Comprehension {
  readonly node: ASTNode;
  readonly name: string;
  readonly receiver: ASTNode;
  readonly args: Arguments;
}

function measureComprehension(comprehension: Comprehension, scope: Scope): Measured {
  const { node, name, receiver } = comprehension;
  if (scope.comprehensions >= limits.comprehensionsInOneAnother) {
    const message = `\`${name}\` stands inside two others.`;
    return refused(node, message, "Have at most one inside another.");
  }
  const list = measure(receiver, scope);
  if (!list.ok) return list;
  if (list.extent.kind === "list") {
    return measureBody(comprehension, { extent: list.extent, steps: list.steps }, scope);
  }
  const message = `\`${name}\` goes over a list, and this is none.`;
  return refused(receiver, message, "Write it after a list, such as `requester.teams`.");
}

interface MeasuredList {
  readonly extent: ListExtent;
  readonly steps: number;
}

function measureBody({ node, name, args }: Comprehension, list: MeasuredList, scope: Scope) {
  if (!takes(name, args)) {
    const message = `\`${name}\` takes a name for the element and what to ask of it.`;
    return refused(node, message, `Write \`requester.teams.${name}(team, team == "dba")\`.`);
  }
  const [variable, ...body] = args;
  const element = variable.args;
  if (scope.variables.has(element)) {
    const message = `\`${element}\` would mean two things.`;
    return refused(variable, message, "Use another name for the element.");
  }
  const parts = measureAll(body, {
    variables: new Map([...scope.variables, [element, list.extent.of]]),
    comprehensions: scope.comprehensions + 1,
  });
  if (!parts.ok) return parts;
  const each = parts.steps + (list.extent.of.kind === "record" ? 7 : 2);
  return collected(node, name, parts.extents, {
    ...list,
    steps: list.steps + each * list.extent.items,
  });
}

/** With the right number of arguments, the parser has seen to it that the first is a name. */
function takes(name: string, args: Arguments): args is readonly [NodeOf<"id">, ...Arguments] {
  return comprehensions.get(name)?.includes(args.length) === true;
}

/** What comes out of a comprehension whose body comes to `extents`. */
function collected(
  node: ASTNode,
  name: string,
  extents: readonly Extent[],
  { extent, steps }: MeasuredList,
): Measured {
  if (name === "filter") return measured(extent, steps);
  if (name !== "map") return measured(truth, steps);
  const transformed = extents.at(-1);
  if (isSingle(transformed)) return measured({ ...extent, of: transformed }, steps);
  return refused(node, "`map` makes a list of single values.", "Use `filter`, or a field.");
}
