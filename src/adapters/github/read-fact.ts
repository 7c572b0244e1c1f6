import type { MissingFact } from "../../core/model/snapshot.ts";

/** Carries what was read together with everything that could not be read of it. */
export interface ReadFact<T> {
  readonly value: T;
  readonly missing: readonly MissingFact[];
}
