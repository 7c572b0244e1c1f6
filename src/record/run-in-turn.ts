/** Runs one task at a time, in the order of asking; a failed task does not hold up the next. */
export type InTurn = <T>(task: () => Promise<T>) => Promise<T>;

/** Makes a queue of its own. */
export function runInTurn(): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(task: () => Promise<T>): Promise<T> => {
    const turn = last.then(task, task);
    last = turn.catch(() => undefined);
    return turn;
  };
}
