/** Chooses by a seed: what a property changes in a snapshot is drawn when it is known what there is to change. */
export interface Draw {
  /** One of them; `null` when there is none. */
  one<T>(of: readonly T[]): T | null;
  /** One of them, where it is known that there is one. */
  from<const T>(of: readonly [T, ...T[]]): T;
  shuffled<T>(of: readonly T[]): readonly T[];
}

/** Makes a draw that gives the same choices for the same seed (mulberry32). */
export function drawFrom(seed: number): Draw {
  let state = seed >>> 0;
  const below = (limit: number): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
  return {
    one: (of) => (of.length === 0 ? null : (of[below(of.length)] ?? null)),
    from: (of) => of[below(of.length)] ?? of[0],
    shuffled: (of) =>
      of
        .map((item) => ({ item, at: below(1_000_000) }))
        .sort((a, b) => a.at - b.at)
        .map(({ item }) => item),
  };
}
