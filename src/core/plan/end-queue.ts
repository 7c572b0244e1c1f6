/** Ends of grants in the order in which they come: finding the next one costs no walk over all. */
export interface EndQueue {
  /** Adds an end; an earlier one of the same id counts no more. */
  add(id: string, end: string): void;
  /** Ids whose end has come at `now`. */
  due(now: Date): readonly string[];
  /** The first end after `now`; `null` when none is to come. */
  next(now: Date): Date | null;
}

interface End {
  readonly id: string;
  readonly text: string;
  readonly at: number;
}

/** Makes a queue. `current` says which end an id has now, `null` when it has none any more: then it is forgotten. */
export function endQueue(current: (id: string) => string | null): EndQueue {
  const heap: End[] = [];
  // What was due once is looked at until it is gone: a clock that goes back must not lose it.
  const reached = new Map<string, End>();
  const isCurrent = ({ id, text }: End): boolean => current(id) === text;
  const settle = (now: Date): void => {
    for (let first = heap[0]; first !== undefined; first = heap[0]) {
      const isDue = !(now.getTime() < first.at);
      if (isCurrent(first) && !isDue) return;
      if (isCurrent(first)) reached.set(first.id, first);
      pop(heap);
    }
  };
  const still = (): readonly End[] => {
    for (const end of [...reached.values()]) if (!isCurrent(end)) reached.delete(end.id);
    return [...reached.values()];
  };
  return {
    add(id, text) {
      push(heap, { id, text, at: Date.parse(text) });
    },
    due(now) {
      settle(now);
      return still().flatMap(({ id, at }) => (now.getTime() < at ? [] : [id]));
    },
    next(now) {
      settle(now);
      const later = [...still(), ...heap.slice(0, 1)]
        .map(({ at }) => at)
        .filter((at) => at > now.getTime());
      return later.length === 0 ? null : new Date(Math.min(...later));
    },
  };
}

function push(heap: End[], end: End): void {
  heap.push(end);
  for (let at = heap.length - 1; at > 0;) {
    const above = (at - 1) >> 1;
    if (!isBefore(heap[at], heap[above])) return;
    swap(heap, at, above);
    at = above;
  }
}

function pop(heap: End[]): void {
  swap(heap, 0, heap.length - 1);
  heap.pop();
  for (let at = 0; ;) {
    const [left, right] = [2 * at + 1, 2 * at + 2];
    const below = isBefore(heap[right], heap[left]) ? right : left;
    if (!isBefore(heap[below], heap[at])) return;
    swap(heap, at, below);
    at = below;
  }
}

function isBefore(a: End | undefined, b: End | undefined): boolean {
  return a !== undefined && (b === undefined || a.at < b.at);
}

function swap(heap: End[], a: number, b: number): void {
  const [one, other] = [heap[a], heap[b]];
  if (one === undefined || other === undefined) return;
  heap[a] = other;
  heap[b] = one;
}
