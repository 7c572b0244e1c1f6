import type { LedgerView } from "../../core/attest/ledger-view.ts";
import { grantedAccess } from "./granted-access.ts";
import type { GrantLevel, ReportPeriod } from "./model.ts";

/** Enough to see a day in a month, and few enough to read as a table. */
const slices = 60;

/**
 * Counts how many grants were in effect at a time, from the beginning of each to its read-back as gone, in up to 60 equal slices
 * of the period; neighbours with the same count are one span. Empty for a period without length.
 */
export function grantsInEffect(
  view: LedgerView,
  { from, to }: ReportPeriod,
): readonly GrantLevel[] {
  const [start, end] = [Date.parse(from), Date.parse(to)];
  if (!(start < end)) return [];
  const grants = grantedAccess(view).map(({ grant, goneAt }) => ({
    from: Date.parse(grant.startsAt),
    to: goneAt === null ? Infinity : Date.parse(goneAt),
  }));
  const edges = Array.from({ length: slices + 1 }, (_, at) => {
    return Math.round(start + ((end - start) * at) / slices);
  });
  const levels: GrantLevel[] = [];
  for (const [at, begin] of edges.slice(0, -1).entries()) {
    const finish = edges[at + 1] ?? end;
    const most = mostAtOnce(grants, begin, finish);
    const last = levels.at(-1);
    const span = { from: new Date(begin).toISOString(), to: new Date(finish).toISOString(), most };
    if (last?.most === most) levels[levels.length - 1] = { ...last, to: span.to };
    else levels.push(span);
  }
  return levels;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** The count is highest where one begins: at the beginning of the slice, or inside it. */
function mostAtOnce(grants: readonly Span[], begin: number, finish: number): number {
  const during = grants.filter(({ from, to }) => from < to && from < finish && to > begin);
  const changes = during
    .flatMap(({ from, to }) => [
      { at: Math.max(from, begin), by: 1 },
      { at: to, by: -1 },
    ])
    // What ends and what begins at one instant are not in effect together.
    .sort((a, b) => a.at - b.at || a.by - b.by);
  let [now, most] = [0, 0];
  for (const { by } of changes) {
    now += by;
    most = Math.max(most, now);
  }
  return most;
}
