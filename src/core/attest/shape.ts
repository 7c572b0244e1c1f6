import type { Json } from "../model/json.ts";

/**
 * Says whether a JSON value is a T, and nothing more: unknown keys are refused. Tied to the model by
 * its type argument, so that a field added to the model and forgotten here does not compile.
 */
export type Shape<T> = ((value: Json | undefined) => boolean) & { readonly shapeOf?: T };

/** Accepts any text. */
export const text: Shape<string> = (value) => typeof value === "string";

/** Accepts integers (the strict parser lets no other number in). */
export const integer: Shape<number> = (value) => typeof value === "number";

/** Accepts true and false. */
export const boolean: Shape<boolean> = (value) => typeof value === "boolean";

/** Accepts `sha256:<64 hex>`. */
export const digest: Shape<string> = (value) =>
  typeof value === "string" && /^sha256:[0-9a-f]{64}$/u.test(value);

/** Accepts a git object id. */
export const oid: Shape<string> = (value) =>
  typeof value === "string" && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/u.test(value);

/** Accepts an instant in UTC as `Date.toISOString` writes it or without milliseconds. */
export const instant: Shape<string> = (value) =>
  typeof value === "string" &&
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3})?Z$/u.test(value) &&
  !Number.isNaN(Date.parse(value));

/** Accepts a day of the calendar as `2026-11-21`. */
export const day: Shape<string> = (value) =>
  typeof value === "string" && /^\d{4}-\d\d-\d\d$/u.test(value) && instant(`${value}T00:00:00Z`);

/** Accepts one of the given texts or numbers. */
export function oneOf<const T extends string | number>(...allowed: readonly T[]): Shape<T> {
  return (value) => allowed.some((one) => one === value);
}

/** Accepts null too. */
export function nullable<T>(shape: Shape<T>): Shape<T | null> {
  return (value) => value === null || shape(value);
}

/** Accepts absence too. */
export function optional<T>(shape: Shape<T>): Shape<T | undefined> {
  return (value) => value === undefined || shape(value);
}

/** Accepts what either shape accepts. */
export function either<A, B>(a: Shape<A>, b: Shape<B>): Shape<A | B> {
  return (value) => a(value) || b(value);
}

/** Accepts lists of one shape. */
export function list<T>(shape: Shape<T>): Shape<readonly T[]> {
  return (value) => Array.isArray(value) && (value as readonly Json[]).every((item) => shape(item));
}

/** Accepts objects with exactly these members. */
export function object<T extends object>(members: {
  readonly [K in keyof T]-?: Shape<T[K]>;
}): Shape<T> {
  const shapes = new Map<string, Shape<unknown>>(Object.entries(members));
  const all = [...shapes];
  return (value) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
    const present = value as { readonly [key: string]: Json };
    return (
      Object.keys(present).every((key) => shapes.has(key)) &&
      // What every object inherits is no member of this one.
      all.every(([key, shape]) => shape(Object.hasOwn(present, key) ? present[key] : undefined))
    );
  };
}
