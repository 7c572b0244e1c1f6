/** How many texts each memory keeps: at 16 KiB a request, a megabyte of them. */
const mostRemembered = 64;

/** Answers a question about a text at a path, or remembers the answer; the oldest texts are forgotten first. */
export type TextMemory<V> = (path: string, text: string, answer: () => V) => V;

/**
 * Makes a memory of what texts lead to: a pull request is decided on every event, and the same text is asked about again and
 * again. The answer must follow from path and text alone and is shared, so nobody may change it. Nothing can see the
 * difference but a clock. Of one text at two paths only the later is kept.
 */
export function textMemory<V>(): TextMemory<V> {
  const remembered = new Map<string, { readonly path: string; readonly value: V }>();
  return (path, text, answer) => {
    const known = remembered.get(text);
    if (known?.path === path) return known.value;
    const value = answer();
    remembered.set(text, { path, value });
    for (const oldest of remembered.keys()) {
      if (remembered.size <= mostRemembered) break;
      remembered.delete(oldest);
    }
    return value;
  };
}
