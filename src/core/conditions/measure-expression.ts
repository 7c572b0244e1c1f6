import type { ASTOperator } from "@marcbachmann/cel-js";
import type { Expression, NodeOf } from "./expression.ts";
import { charactersOf, instant, isSingle, number, truth, widest } from "./extent.ts";
import type { Extent, SingleExtent } from "./extent.ts";
import { measureCall } from "./measure-call.ts";
import { measureList, measureLiteral, measureTable } from "./measure-literal.ts";
import { measured, refused, unknownName } from "./measured.ts";
import type { Measured } from "./measured.ts";

/** How many steps an operation takes that can fail: the library builds an error with a stack for it. */
const mayFail = 500;

/**
 * Measures one expression whose operands are measured, and refuses what conditions have no use for. The
 * steps come from measurements: one is some 50 nanoseconds.
 */
export function measureExpression(expression: Expression): Measured {
  const rule = rules[expression.node.op] as Rule<ASTOperator>;
  return rule(expression);
}

type Rule<Op extends ASTOperator> = (expression: Expression<NodeOf<Op>>) => Measured;

const rules: { readonly [Op in ASTOperator]: Rule<Op> } = {
  value: measureLiteral,
  list: measureList,
  map: measureTable,
  id: measureVariable,
  ".": measureField,
  ".?": measureField,
  "[]": measureLookup,
  "[?]": measureLookup,
  call: measureCall,
  rcall: measureCall,
  "?:": measureChoice,
  "||": measureLogic,
  "&&": measureLogic,
  "!_": measureLogic,
  "-_": measureLogic,
  "==": measureComparison,
  "!=": measureComparison,
  "<": measureComparison,
  "<=": measureComparison,
  ">": measureComparison,
  ">=": measureComparison,
  in: measureMembership,
  "+": measureArithmetic,
  "-": measureArithmetic,
  "*": measureArithmetic,
  "/": measureArithmetic,
  "%": measureArithmetic,
};

function measureVariable({ node, variables }: Expression<NodeOf<"id">>): Measured {
  const extent = variables.get(node.args);
  if (extent !== undefined) return measured(extent, 1);
  const message = `There is no variable \`${node.args}\`.`;
  return unknownName(node, message, node.args, variables.keys());
}

function measureField({ node, extents, steps }: Expression<NodeOf<"." | ".?">>): Measured {
  const [record] = extents;
  const [, name] = node.args;
  if (record?.kind !== "record") {
    return refused(node, `This has no field \`${name}\`.`, "Only variables and references have.");
  }
  const extent = record.fields.get(name);
  if (extent !== undefined) return measured(extent, steps + 3);
  const message = `There is no field \`${name}\` here.`;
  return unknownName(node, message, name, record.fields.keys());
}

/** A position in a list may not exist, and a field has one spelling: only tables are looked up in. */
function measureLookup({ node, extents, steps }: Expression): Measured {
  const [table] = extents;
  if (table?.kind === "table") return measured(table.of, steps + mayFail);
  const fix = "Ask for elements with `exists` or `all`, for fields as in `request.kind`.";
  return refused(node, "Only a map literal can be looked up in with `[ ]`.", fix);
}

function measureChoice({ node, extents, steps }: Expression): Measured {
  const [, ...branches] = extents;
  if (branches.every(isSingle)) return measured(widest(branches), steps + 1);
  return refused(node, "`? :` chooses between single values.", "Write two conditions.");
}

function measureLogic({ steps }: Expression): Measured {
  return measured(truth, steps + 1);
}

function measureComparison({ node, extents, steps }: Expression): Measured {
  const [left, right] = extents;
  if (isSingle(left) && isSingle(right)) {
    return measured(truth, steps + comparing(left, right));
  }
  const fix = "Compare fields, ask with `exists` or `all`, or compare `size(…)`.";
  return refused(node, "Lists and records cannot be compared.", fix);
}

function measureMembership({ node, extents, steps }: Expression): Measured {
  const [value, set] = extents;
  if (isSingle(value) && set?.kind === "table") return measured(truth, steps + 5);
  if (isSingle(value) && set?.kind === "list" && isSingle(set.of)) {
    return measured(truth, steps + 1 + set.items * (0.5 + comparing(value, set.of)));
  }
  const fix = "Write `value in list`; for references use `exists`.";
  return refused(node, "`in` looks for a single value in a list of them.", fix);
}

/** What a comparison takes. Of instants it asks JavaScript for their number, which is slow. */
function comparing(left: SingleExtent, right: SingleExtent): number {
  if (isInstant(left)) return 15;
  return 1 + Math.min(charactersOf(left), charactersOf(right)) / 200;
}

function isInstant(extent: Extent): boolean {
  return extent.kind === "plain" && extent.type === instant.type;
}

/** Of numbers, instants and durations. Joined text and lists could grow without end. */
function measureArithmetic({ node, extents, steps }: Expression): Measured {
  if (extents.every(({ kind }) => kind === "plain")) {
    if (extents.some(isInstant)) return measured(instant, steps + 20);
    return measured(number, steps + mayFail);
  }
  const fix = "Compare the texts one by one, or use `contains`, `startsWith` or `matches`.";
  return refused(node, `\`${node.op}\` is for numbers and times only.`, fix);
}
