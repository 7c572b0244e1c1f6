import type { Entry } from "../core/model/entry.ts";

/** What an entry says, in sentences. The texts of people are as they wrote them: a renderer makes them harmless. */
export interface Description {
  /** One sentence that stands alone. */
  readonly title: string;
  readonly details: readonly string[];
}

/** Entries that the executor signs. */
export type ExecutionEntry = Extract<
  Entry,
  {
    readonly type:
      | "grant-intent"
      | "grant"
      | "grant-failed"
      | "revoke-intent"
      | "revoke"
      | "revoke-failed"
      | "externally-removed"
      | "drift-baseline"
      | "drift"
      | "drift-outcome"
      | "usage"
      | "nothing-to-do";
  }
>;

/** Entries that the gate signs. */
export type DecisionEntry = Exclude<Entry, ExecutionEntry>;
