/** A JSON object of a shape that nobody promised. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Reads a value as an object; an empty one for everything else, so that what is missing reads as missing. */
export function objectOf(value: unknown): JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as JsonObject)
    : {};
}

/** Reads a value as text that is not empty; `null` for everything else. */
export function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

/** Reads a value as a list; `null` for everything else. */
export function listOf(value: unknown): readonly unknown[] | null {
  return Array.isArray(value) ? (value as readonly unknown[]) : null;
}
