/** Returns the present instant as GitHub prints it: UTC, whole seconds. */
export function instant(): string {
  return printInstant(new Date());
}

/** Prints an instant as GitHub does: `2026-11-21T03:00:00Z`. */
export function printInstant(at: Date): string {
  return at.toISOString().replace(/\.\d{3}Z$/, "Z");
}
