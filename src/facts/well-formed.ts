/**
 * Copies a plain value with every half of a character replaced by U+FFFD. What the forge shows is attacker-controlled,
 * and a text that has no canonical form could never be recorded: the pull request would be judged by nobody.
 */
export function wellFormed<T>(value: T): T {
  return copy(value) as T;
}

function copy(value: unknown): unknown {
  if (typeof value === "string") return value.toWellFormed();
  if (Array.isArray(value)) return value.map(copy);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]): [string, unknown] => [key, copy(member)]),
  );
}
