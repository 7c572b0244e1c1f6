import type { ObservedHead } from "../model/entry.ts";

/** What a merge commit says about the ledger: which decision it carries out, and how long the ledger was then. */
export interface AnchorTrailers {
  /** Digest of the decision entry. */
  readonly decision: string;
  /** The newest entry of `audit/decisions` when it was merged. */
  readonly head: ObservedHead;
}

/** Writes the trailers of a merge commit, without a line break at the end. */
export function anchorTrailers({ decision, head }: AnchorTrailers): string {
  return `Access-Decision: ${decision}\nLedger-Head: ${head.seq}:${head.digest}`;
}

/**
 * Reads the trailers in the last paragraph of a commit message; `null` unless each of the two is there once and well-formed.
 * People write messages too, and somebody else's words can get into one (the title of a pull request): half an anchor is none.
 */
export function readAnchorTrailers(message: string): AnchorTrailers | null {
  const lines = message
    .trimEnd()
    .split("\n")
    .map((line) => line.trimEnd());
  const last = lines.slice(lines.lastIndexOf("") + 1);
  const decision = onlyValue(last, "Access-Decision");
  const head = /^(0|[1-9]\d{0,14}):(sha256:[0-9a-f]{64})$/u.exec(onlyValue(last, "Ledger-Head"));
  const [, seq, digest] = head ?? [];
  if (!/^sha256:[0-9a-f]{64}$/u.test(decision)) return null;
  if (seq === undefined || digest === undefined) return null;
  return { decision, head: { seq: Number(seq), digest } };
}

/** The value of a trailer that stands once; empty otherwise. */
function onlyValue(lines: readonly string[], name: string): string {
  const [first, ...more] = lines.filter((line) => line.startsWith(`${name}:`));
  return first === undefined || more.length > 0 ? "" : first.slice(name.length + 1).trim();
}
