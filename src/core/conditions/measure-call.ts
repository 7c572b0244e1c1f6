import type { ASTNode } from "@marcbachmann/cel-js";
import { parseInstant } from "../parse/instant.ts";
import { compilePattern } from "./compile-pattern.ts";
import type { Expression, NodeOf } from "./expression.ts";
import { charactersOf, instant, number, truth } from "./extent.ts";
import { measured, refused, unknownName } from "./measured.ts";
import type { Measured } from "./measured.ts";
import { textLiteral } from "./text-literal.ts";

/**
 * Measures a call. Only the functions listed here may be called, and only with as many arguments. What
 * makes new texts or lists, or depends on a time zone or a version of Unicode, is not among them.
 */
export function measureCall(call: Call): Measured {
  const { node } = call;
  const [name] = node.args;
  const known = node.op === "call" ? functions : methods;
  const found = known.get(name);
  if (found === undefined) {
    const message = `There is no function \`${name}\` here.`;
    const hint = hints.get(name);
    if (hint !== undefined) return refused(node, message, hint);
    return unknownName(node, message, name, known.keys());
  }
  const args = argumentsOf(node);
  if (args.length === found.takes) return found.measure(call, args[0] ?? node);
  return refused(node, `\`${name}\` takes other arguments.`, `Write \`${found.usage}\`.`);
}

type Call = Expression<NodeOf<"call" | "rcall">>;

interface KnownFunction {
  /** The number of its arguments, without what stands before the dot. */
  readonly takes: number;
  readonly usage: string;
  readonly measure: (call: Call, argument: ASTNode) => Measured;
}

const functions: ReadonlyMap<string, KnownFunction> = new Map([
  ["size", { takes: 1, usage: "size(requester.teams)", measure: measureSize }],
  ["timestamp", { takes: 1, usage: 'timestamp("2026-11-22T00:00:00Z")', measure: measureInstant }],
  ["duration", { takes: 1, usage: 'duration("1h30m")', measure: measureDuration }],
]);

const methods: ReadonlyMap<string, KnownFunction> = new Map([
  ["size", { takes: 0, usage: "requester.teams.size()", measure: measureSize }],
  ["startsWith", { takes: 1, usage: 'target.name.startsWith("prod-")', measure: measureAffix }],
  ["endsWith", { takes: 1, usage: 'target.name.endsWith("-prod")', measure: measureAffix }],
  ["contains", { takes: 1, usage: 'request.reason.contains("test")', measure: measureContains }],
  ["matches", { takes: 1, usage: 'request.reason.matches("[A-Z]+")', measure: measureMatches }],
  ...["FullYear", "Month", "Date", "DayOfMonth", "DayOfWeek"].map(measuredPart),
  ...["Hours", "Minutes", "Seconds", "Milliseconds"].map(measuredPart),
]);

/** In UTC alone: other time zones depend on the data of the machine, and day of the year on its setting. */
function measuredPart(part: string): readonly [string, KnownFunction] {
  const measure = ({ steps }: Call): Measured => measured(number, steps + 8);
  return [`get${part}`, { takes: 0, usage: `now.get${part}()`, measure }];
}

/** What to write instead of functions that authors may look for. */
const hints: ReadonlyMap<string, string> = new Map([
  ["has", "Every field is always there; write `request.hasActivateBy` to ask for an instant."],
  ["lowerAscii", 'Write `matches("(?i)…")`, which ignores case.'],
]);

function argumentsOf(node: Call["node"]): readonly ASTNode[] {
  return node.op === "call" ? node.args[1] : node.args[2];
}

/** The library counts the characters of a text one by one. */
function measureSize({ extents, steps }: Call): Measured {
  return measured(number, steps + 2 + charactersOf(extents[0]) / 2);
}

function measureAffix({ extents, steps }: Call): Measured {
  return measured(truth, steps + 2 + charactersOf(extents[1]) / 2);
}

/** The search of V8 takes, at worst, the length of the text times the length of what is sought. */
function measureContains({ extents, steps }: Call): Measured {
  const text = 2 * charactersOf(extents[0]);
  const sought = 2 * charactersOf(extents[1]);
  return measured(truth, steps + 2 + text * (0.1 + sought / 80));
}

function measureMatches({ extents, steps }: Call, argument: ASTNode): Measured {
  const compiled = compilePattern(argument);
  if (!compiled.ok) return refused(argument, compiled.message, compiled.fix);
  const { instructions } = compiled.pattern;
  return measured(truth, steps + 20 + (1 + 0.7 * instructions) * charactersOf(extents[0]));
}

/** Only a literal, and only in UTC: other forms the library reads by the time zone of the machine. */
function measureInstant({ node, steps }: Call, argument: ASTNode): Measured {
  const text = textLiteral(argument);
  // The library knows no year 0.
  if (text !== null && text >= "0001" && parseInstant(text) !== null) {
    return measured(instant, steps + 25);
  }
  const fix = 'Write an instant in UTC: `timestamp("2026-11-22T00:00:00Z")`.';
  return refused(node, "This is no instant.", fix);
}

/** Only a literal, so short that a sum of them is still an instant that exists. */
function measureDuration({ node, steps }: Call, argument: ASTNode): Measured {
  const text = textLiteral(argument);
  if (text !== null && /^(?=\d)(?:\d{1,6}h)?(?:\d{1,7}m)?(?:\d{1,8}s)?$/.test(text)) {
    return measured(instant, steps + 40);
  }
  const fix = 'Write hours, minutes and seconds: `duration("1h30m")`.';
  return refused(node, "This is no duration.", fix);
}
