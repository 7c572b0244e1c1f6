/** Lists everything that can be reached from `start` by inclusion; itself only by a circle. */
export function reachable(
  start: string,
  included: ReadonlyMap<string, readonly string[]>,
): ReadonlySet<string> {
  const reached = new Set<string>();
  const open = [start];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const next = [...new Set(included.get(name))].filter((one) => !reached.has(one));
    next.forEach((one) => reached.add(one));
    open.push(...next);
  }
  return reached;
}
