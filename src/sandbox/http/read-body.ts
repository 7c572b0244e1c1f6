import { invalid } from "./refusal.ts";
import type { Json, JsonObject } from "./json.ts";

/** Reads an optional text of a body; refuses any other type. */
export function textIn(body: JsonObject, field: string): string | null {
  const value = body[field];
  if (value === undefined || value === null) return null;
  if (typeof value !== "string") throw invalid("Request", field, "invalid");
  return value;
}

/** Reads a text that must be there and not empty. */
export function neededText(body: JsonObject, resource: string, field: string): string {
  const value = textIn(body, field);
  if (value === null || value === "") throw invalid(resource, field, "missing_field");
  return value;
}

/** Reads an optional object of a body. */
export function objectIn(body: JsonObject, field: string): JsonObject | null {
  const value = body[field];
  return value === undefined || !isObject(value) ? null : value;
}

/** Tells a JSON object from the other values. */
export function isObject(value: Json): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
