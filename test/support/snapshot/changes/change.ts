import type { PullFacts, Snapshot } from "../../../../src/core/model/snapshot.ts";
import type { Draw } from "../draw.ts";

/** Something that happens to a snapshot. Gives the same one back where there is nothing that it could happen to. */
export interface Change {
  readonly name: string;
  readonly apply: (snapshot: Snapshot, draw: Draw) => Snapshot;
}

export function withPull(snapshot: Snapshot, pull: Partial<PullFacts>): Snapshot {
  return { ...snapshot, pull: { ...snapshot.pull, ...pull } };
}

export function withLedger(snapshot: Snapshot, ledger: Partial<Snapshot["ledger"]>): Snapshot {
  return { ...snapshot, ledger: { ...snapshot.ledger, ...ledger } };
}

/** One item of a list in place of itself; the list as it is when nothing is chosen. */
export function replaced<T>(
  list: readonly T[],
  chosen: T | null,
  by: (item: T) => T,
): readonly T[] {
  return list.map((item) => (item === chosen ? by(item) : item));
}
