/** Says what went wrong, for the log. */
export function failureText(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : "unknown";
}
