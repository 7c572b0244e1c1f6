import type { ParseError, ParseResult, TypeError } from "@marcbachmann/cel-js";
import { conditionEnvironment } from "./condition-environment.ts";
import type { ConditionFault } from "./condition-fault.ts";
import { conditionLimits as limits } from "./condition-limits.ts";
import { measureCondition } from "./measure-condition.ts";

/** A condition that may be evaluated as often as one likes. */
export interface CompiledCondition {
  readonly text: string;
  /** The work of one evaluation over the largest facts there can be: at most `conditionLimits.steps`. */
  readonly steps: number;
  readonly program: ParseResult;
}

export type Compiled =
  | { readonly ok: true; readonly value: CompiledCondition }
  | { readonly ok: false; readonly fault: ConditionFault };

/**
 * Compiles the text of a condition, which is CEL without everything that could be slow, depend on the
 * machine, or mean something else than it says. Never throws. Names of variables and fields, types, patterns
 * and the work of an evaluation are checked here, so that a mistake is found when governance is loaded, and
 * not by the request that it would have let through.
 */
export function compileCondition(text: string): Compiled {
  if (text.length > limits.characters) {
    const message = `The condition is longer than ${limits.characters} characters.`;
    return refused({ message, fix: "Write several conditions.", offset: limits.characters });
  }
  try {
    return check(text, conditionEnvironment.parse(text));
  } catch (error) {
    return refused(faultOf(error));
  }
}

function check(text: string, program: ParseResult): Compiled {
  const measured = measureCondition(program.ast);
  if (!measured.ok) return refused(measured.fault);
  const steps = Math.ceil(measured.steps);
  if (steps > limits.steps) {
    const message = `The condition may take ${steps} steps, and ${limits.steps} are allowed.`;
    return refused({
      message,
      fix: "Ask less of each element, or use shorter patterns.",
      offset: 0,
    });
  }
  const { valid, type, error } = program.check();
  if (!valid) return refused(faultOf(error));
  if (type === "bool") return { ok: true, value: { text, steps, program } };
  const message = `The condition yields ${type}, it must yield true or false.`;
  return refused({ message, fix: "Compare it with something.", offset: 0 });
}

function refused(fault: ConditionFault): Compiled {
  return { ok: false, fault };
}

/** The library throws, or returns, one of the two. */
function faultOf(error: unknown): ConditionFault {
  const { name, code, summary, range } = error as ParseError | TypeError;
  const offset = range?.start ?? 0;
  if (code === "limit_exceeded") {
    const { parts, nesting, listItems } = limits;
    const message = `It has more than ${parts} parts, ${nesting} in one another or ${listItems} in a list.`;
    return { message, fix: "Write several conditions.", offset };
  }
  const fix =
    name === "ParseError"
      ? 'Mend the CEL here: it reads like `request.tier == "privileged"`.'
      : "Use values of the same type, and functions with what they take.";
  return { message: `${summary}.`, fix, offset };
}
