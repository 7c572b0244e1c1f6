/**
 * Bounds what a condition may be. All of them are checked when it is compiled, so that evaluating it needs
 * no watch. `bench/condition.ts` shows what the worst condition within them takes.
 */
export const conditionLimits = {
  /** Of the text. */
  characters: 1_000,
  /** Nodes of the syntax tree. */
  parts: 250,
  /** Parentheses, calls, lists and field accesses in one another. */
  nesting: 12,
  listItems: 50,
  tableEntries: 50,
  /** One comprehension inside another. */
  comprehensionsInOneAnother: 2,
  patternCharacters: 100,
  /** The length of a pattern times all its repetition counts: what it may unfold to while it is compiled. */
  patternUnfolded: 2_000,
  /** Of the compiled pattern. */
  patternInstructions: 200,
  /** The work of one evaluation over the largest facts there can be; a step takes some 50 nanoseconds. */
  steps: 60_000,
} as const;
