/** How many instants are remembered; a decision compares each of a few dozen several times. */
const mostRemembered = 4_096;

const remembered = new Map<string, number>();

/** Milliseconds of an instant since 1970; not a number for what is none, which no comparison lets pass. */
export function epochMs(text: string): number {
  const known = remembered.get(text);
  if (known !== undefined) return known;
  const read = Date.parse(text);
  if (remembered.size >= mostRemembered) remembered.clear();
  remembered.set(text, read);
  return read;
}
