import { Environment } from "@marcbachmann/cel-js";
import type { ASTNode } from "@marcbachmann/cel-js";
import { compilePattern } from "./compile-pattern.ts";
import type { Pattern } from "./compile-pattern.ts";
import { conditionLimits as limits } from "./condition-limits.ts";
import { conditionVariables } from "./condition-variables.ts";
import type { FactExtent, RecordExtent } from "./extent.ts";

/**
 * The CEL library, set up with the variables of a condition, with the bounds that it can keep itself, and
 * with `matches` on a linear-time engine. What else the library offers is for measure-condition.ts to refuse.
 */
export const conditionEnvironment: Environment = createEnvironment();

function createEnvironment(): Environment {
  const environment = new Environment({
    limits: {
      maxAstNodes: limits.parts,
      maxDepth: limits.nesting,
      maxListElements: limits.listItems,
      maxMapEntries: limits.tableEntries,
      maxCallArguments: 3,
    },
  });
  for (const [name, extent] of conditionVariables) {
    environment.registerVariable(name, celType(environment, extent));
  }
  // The library finds a macro by its name and number of arguments, whatever the receiver. This one thus
  // takes every call of `matches`, and the library's own, which is a backtracking RegExp, is out of reach.
  // It says `list` because the library refuses a second `string.matches`.
  return environment.registerFunction("list.matches(ast): bool", matchesMacro);
}

/** Names the type of values of this extent, and declares the types of the records in them. */
function celType(environment: Environment, extent: FactExtent): string {
  switch (extent.kind) {
    case "plain":
      return extent.type;
    case "text":
      return "string";
    case "list":
      return `list<${celType(environment, extent.of)}>`;
    case "record":
      return declareRecord(environment, extent);
  }
}

function declareRecord(environment: Environment, { name, fields }: RecordExtent): string {
  const schema = Object.fromEntries(
    Array.from(fields, ([field, extent]) => [field, celType(environment, extent)]),
  );
  environment.registerType({ name, schema });
  return name;
}

interface MacroCall {
  readonly receiver: ASTNode;
  readonly args: readonly [ASTNode];
}

interface Checker {
  readonly check: (node: ASTNode, context: unknown) => { readonly name: string };
  readonly getType: (name: string) => unknown;
  readonly createError: (code: string, message: string, node: ASTNode) => Error;
}

interface Evaluator {
  readonly run: (node: ASTNode, context: unknown) => string;
}

/** Searches a text for a literal pattern. The library checks before it evaluates. */
function matchesMacro({ receiver, args: [argument] }: MacroCall) {
  let isFoundIn: Pattern["isFoundIn"];
  return {
    async: false,
    typeCheck(checker: Checker, _: unknown, context: unknown): unknown {
      const compiled = compilePattern(argument);
      if (compiled.ok && checker.check(receiver, context).name === "string") {
        ({ isFoundIn } = compiled.pattern);
        return checker.getType("bool");
      }
      const message = "`matches` needs a text, and a pattern in quotes that RE2 accepts";
      throw checker.createError("no_matching_overload", message, receiver);
    },
    evaluate(evaluator: Evaluator, _: unknown, context: unknown): boolean {
      return isFoundIn(evaluator.run(receiver, context));
    },
  };
}
