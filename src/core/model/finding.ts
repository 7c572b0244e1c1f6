/**
 * What one rule found. `indeterminate` (a needed fact is missing) can never approve.
 */
export interface Finding {
  /** Name of the rule, the file name in core/evaluate. */
  readonly rule: string;
  /** Stable code, `SOD-…`. */
  readonly code: string;
  readonly outcome: Outcome;
  /** One sentence for a person: what was seen, what is missing, who could supply it. Plain text. */
  readonly reason: string;
  /** Ids of the facts used: `review:12`, `commit:ab12…`, `path:…`, `person:alice`. */
  readonly facts: readonly string[];
}

export type Outcome = "satisfied" | "pending" | "violated" | "indeterminate";
