/** Beginning and absolute end of a grant, in UTC; written once, in its intent. */
export interface GrantTimes {
  readonly startsAt: string;
  readonly expiresAt: string;
}

/**
 * Computes when a grant that is activated at `now` begins and ends: after its duration, and never later than
 * `notAfter` plus the duration. `null` when it may not begin (at or after `notAfter`, or no duration).
 */
export function grantTimes(
  durationSeconds: number,
  notAfter: string | null,
  now: Date,
): GrantTimes | null {
  const latestStart = Date.parse(notAfter ?? "");
  const starts = now.getTime();
  if (starts < latestStart && durationSeconds > 0) {
    const ends = Math.min(starts, latestStart) + durationSeconds * 1000;
    return { startsAt: now.toISOString(), expiresAt: new Date(ends).toISOString() };
  }
  return null;
}

/** Computes when a grant ends at the latest, however late it begins; `null` when it may never begin. */
export function latestEnd(durationSeconds: number, notAfter: string | null): string | null {
  const ends = Date.parse(notAfter ?? "") + durationSeconds * 1000;
  if (Number.isNaN(new Date(ends).getTime())) return null;
  return new Date(ends).toISOString();
}
