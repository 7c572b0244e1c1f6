/**
 * One thing that is wrong with a file, said so that its author can mend it: where, what, and what
 * to write instead. Lines and columns count from 1; a problem with the whole file is at 1:1.
 */
export interface Problem {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  /** Stable, kebab-case, for machines: `duplicate-key`, `unknown-key`, `wrong-duration`, … */
  readonly code: string;
  readonly message: string;
  /** What to write instead, as an imperative sentence. */
  readonly fix: string;
}

/** Carries either a value or at least one problem; parsing never throws. */
export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly Problem[] };
