/**
 * Computes the seconds of an ISO 8601 duration in days, hours, minutes and seconds. Returns `null` for
 * anything else: years, months and weeks (their length is arguable), fractions, signs, lower case, and
 * zero, because a limit that nobody can read in one way is no limit.
 */
export function durationSeconds(text: string): number | null {
  const parts = /^P(?:(\d{1,5})D)?(T(?=\d)(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,8})S)?)?$/.exec(
    text,
  );
  if (parts === null) return null;
  const [, days, , hours, minutes, seconds] = parts;
  const total = count(days) * 86_400 + count(hours) * 3_600 + count(minutes) * 60 + count(seconds);
  if (total > 0) return total;
  return null;
}

function count(digits: string | undefined): number {
  return Number(digits ?? 0);
}
