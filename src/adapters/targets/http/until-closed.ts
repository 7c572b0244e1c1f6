import { TargetRefused } from "../../../ports/target.ts";

/** A credential, with what goes with it, until the target is closed. */
export interface UntilClosed<T> {
  /** Gives it. Throws TargetRefused once it was dropped. */
  get(): T;
  drop(): Promise<void>;
}

/** Keeps a credential until it is dropped, and no longer (P12). */
export function untilClosed<T>(value: T): UntilClosed<T> {
  let kept: { readonly value: T } | null = { value };
  return {
    get() {
      if (kept !== null) return kept.value;
      throw new TargetRefused("The target was closed and its credential dropped: open it again.");
    },
    drop() {
      kept = null;
      return Promise.resolve();
    },
  };
}
