/**
 * Reads an ISO 8601 instant in UTC (`2026-11-22T00:00:00Z`, at most milliseconds). Returns `null` for
 * anything else: other offsets, local times, leap seconds, 24:00 and days that no calendar has.
 */
export function parseInstant(text: string): Date | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,3})?Z$/.test(text)) return null;
  const instant = new Date(text);
  if (Number.isNaN(instant.getTime())) return null;
  // Date accepts the 30th of February and means March.
  if (instant.toISOString().slice(0, 19) === text.slice(0, 19)) return instant;
  return null;
}
