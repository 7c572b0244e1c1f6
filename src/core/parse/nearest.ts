/**
 * Names the candidate that a mistyped word most likely means: at most a third of its letters differ.
 * Returns `null` when none is near. Long words are not compared.
 */
export function nearest(word: string, candidates: readonly string[]): string | null {
  if (word.length > 60) return null;
  const ranked = candidates
    .map((candidate) => ({
      candidate,
      distance: editDistance(word.toLowerCase(), candidate.toLowerCase()),
    }))
    .sort((a, b) => a.distance - b.distance);
  const [best] = ranked;
  if (best !== undefined && best.distance <= Math.ceil(best.candidate.length / 3)) {
    return best.candidate;
  }
  return null;
}

/** Levenshtein distance, one row at a time. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [i, letter] of Array.from(from).entries()) {
    const next = [i + 1];
    row.slice(1).forEach((above, j) => {
      const substituted = Number(row[j]) + (letter === to[j] ? 0 : 1);
      next.push(Math.min(above + 1, Number(next[j]) + 1, substituted));
    });
    row = next;
  }
  return Number(row.at(-1));
}
