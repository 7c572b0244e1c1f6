import type { ErrorObject } from "ajv/dist/2020.js";
import type { Problem } from "../model/problem.ts";
import { nearest } from "./nearest.ts";
import { problemAt } from "./strict-yaml.ts";
import type { StrictDocument } from "./strict-yaml.ts";
import { pointerTo } from "./yaml-node.ts";

/**
 * Turns an error of the schema validator into a problem that its author can mend: at the key when the
 * key is wrong, at the value when the value is, with the nearest known word where there is one.
 */
export function schemaProblem(document: StrictDocument, error: ErrorObject): Problem {
  const { instancePath: pointer, keyword } = error;
  const params = error.params as Params;
  const name = nameOf(pointer);
  const { additionalProperty, missingProperty } = params;
  if (additionalProperty !== undefined) {
    const at = pointerTo(pointer, additionalProperty);
    return problemAt(document, at, "key", unknownKey(name, additionalProperty, error));
  }
  if (missingProperty !== undefined) {
    return problemAt(document, pointer, "value", missingKey(name, missingProperty, error));
  }
  const at = keyword === "uniqueItems" ? pointerTo(pointer, params.i) : pointer;
  return problemAt(document, at, "value", wrongValue(name, error, params));
}

type Fault = Pick<Problem, "code" | "message" | "fix">;

/** What the validator says about an error. Each keyword fills its own part; no other part is read. */
interface Params {
  readonly additionalProperty?: string;
  readonly missingProperty?: string;
  readonly allowedValue: unknown;
  readonly allowedValues: readonly string[];
  readonly type: string;
  readonly limit: number;
  readonly i: number;
}

/** A test asserts that every schema of ours describes all its parts. */
interface Described {
  readonly description: string;
  readonly patternErrorMessage: string;
  readonly format?: string;
  readonly properties: Readonly<Record<string, { readonly description: string }>>;
}

function unknownKey(name: string, key: string, error: ErrorObject): Fault {
  const known = Object.keys(schemaOf(error).properties);
  const near = nearest(key, known);
  return {
    code: "unknown-key",
    message: `${name} has no key ${quoted(key)}.`,
    fix:
      near === null
        ? `Remove it; the keys here are ${known.join(", ")}.`
        : `Write \`${near}\` instead, or remove it.`,
  };
}

function missingKey(name: string, key: string, error: ErrorObject): Fault {
  return {
    code: "missing-key",
    message: `${name} needs the key \`${key}\`.`,
    fix: `Add \`${key}:\` — ${String(schemaOf(error).properties[key]?.description)}`,
  };
}

function wrongValue(name: string, error: ErrorObject, params: Params): Fault {
  const schema = schemaOf(error);
  const is = `${name} is ${quoted(error.data)}.`;
  const { limit } = params;
  switch (error.keyword) {
    case "type":
      return wrongType(name, error, params.type);
    case "const":
      return fault("wrong-value", is, `Write \`${String(params.allowedValue)}\`.`);
    case "enum":
      return wrongWord(is, error, params.allowedValues);
    case "format":
    case "pattern":
      return fault(formatCode(schema.format), is, schema.patternErrorMessage);
    case "minLength":
      return fault("too-short", `${name} is empty.`, `Write it: ${schema.description}`);
    case "maxLength":
      return fault("too-long", `${name} is too long.`, `Use at most ${limit} characters.`);
    case "minItems":
      return fault("too-few", `${name} has too few entries.`, `Write at least ${limit}.`);
    case "maxItems":
      return fault("too-many", `${name} has too many entries.`, `Write at most ${limit}.`);
    case "minimum":
      return fault("too-small", is, `Write a number of at least ${limit}.`);
    case "maximum":
      return fault("too-large", is, `Write a number of at most ${limit}.`);
    case "uniqueItems":
      return fault("duplicate-entry", `${name} has an entry twice.`, "Remove one of the two.");
    default:
      // `contains` is left: a list lacks an entry that its description asks for.
      return fault("missing-entry", `${name} lacks an entry.`, `Add it: ${schema.description}`);
  }
}

function wrongType(name: string, error: ErrorObject, type: string): Fault {
  const { data } = error;
  const wanted = type === "string" ? "text" : `an ${type}`;
  const message = `${name} is ${kindOf(data)}, it must be ${wanted}.`;
  if (type === "string" && (typeof data === "number" || typeof data === "boolean")) {
    return fault("wrong-type", message, `Put it in quotes: "${data}".`);
  }
  return fault("wrong-type", message, `Write it: ${schemaOf(error).description}`);
}

function wrongWord(message: string, error: ErrorObject, allowed: readonly string[]): Fault {
  const near = nearest(String(error.data), allowed);
  const list = `Write one of: ${allowed.join(", ")}.`;
  return fault("wrong-value", message, near === null ? list : `Write \`${near}\`. ${list}`);
}

function formatCode(format: string | undefined): string {
  if (format === "duration") return "wrong-duration";
  return format === "date-time" ? "wrong-instant" : "wrong-format";
}

function kindOf(value: unknown): string {
  if (value === null) return "empty";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "a block of keys" : `a ${typeof value}`;
}

/** A value as people see it; long ones are cut, lists and blocks are not shown. */
function quoted(value: unknown): string {
  if (typeof value === "object") return kindOf(value);
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

/** `/spec/approvals/all/0` is `spec.approvals.all[0]` to people. */
function nameOf(pointer: string): string {
  if (pointer === "") return "The document";
  const path = pointer
    .slice(1)
    .replace(/\/(\d+)(?=\/|$)/g, "[$1]")
    .replaceAll("/", ".");
  return `\`${path}\``;
}

function schemaOf(error: ErrorObject): Described {
  return error.parentSchema as Described;
}

function fault(code: string, message: string, fix: string): Fault {
  return { code, message, fix };
}
