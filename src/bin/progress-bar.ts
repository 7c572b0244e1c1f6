/** Says on one line of a terminal how far something is. */
export interface ProgressBar {
  show(done: number, all: number): void;
  /** Clears the line, so that what follows stands as if there had been no bar. */
  clear(): void;
}

const width = 24;
const pauseMilliseconds = 100;

/** Makes a bar; `write` left out means that nobody watches, and nothing is written. It is drawn ten times a second at most. */
export function progressBar(
  what: string,
  write: ((text: string) => void) | undefined,
  now: () => number = () => performance.now(),
): ProgressBar {
  let drawnAt: number | null = null;
  return {
    show(done, all) {
      if (write === undefined || (drawnAt !== null && now() - drawnAt < pauseMilliseconds)) return;
      drawnAt = now();
      const full = all === 0 ? width : Math.min(width, Math.floor((width * done) / all));
      const bar = "#".repeat(full).padEnd(width, ".");
      write(`\r[${bar}] ${done.toLocaleString("en")} of ${all.toLocaleString("en")} ${what}`);
    },
    clear() {
      if (drawnAt !== null) write?.("\r\u001b[K");
    },
  };
}
