/**
 * Lets at most one run of `work` be under way. Who asks meanwhile waits for one later run that they share:
 * never for the present one, which may have looked before they asked.
 */
export function coalesced(work: () => Promise<void>): () => Promise<void> {
  let present: Promise<void> | null = null;
  let later: Promise<void> | null = null;
  const start = (): Promise<void> => {
    present = work().finally(() => (present = null));
    return present;
  };
  return () => {
    if (later !== null) return later;
    if (present === null) return start();
    later = present
      .catch(() => undefined)
      .then(() => {
        later = null;
        return start();
      });
    return later;
  };
}
