import fc from "fast-check";
import type { Account } from "../../../src/core/model/account.ts";
import type { Observation, ReviewFacts } from "../../../src/core/model/snapshot.ts";
import { anyAccount } from "./arbitrary-account.ts";

/** A review, and what the ledger observed of it when it arrived. */
export interface Opinion {
  readonly by: Account | null;
  readonly state: ReviewFacts["state"];
  /** What it was before, if it was dismissed. */
  readonly was: "APPROVED" | "CHANGES_REQUESTED" | "COMMENTED";
  /** The forge does not show what was dismissed. */
  readonly forgotten: boolean;
  readonly at: string;
  readonly seen: Seen;
}

export type Seen = "present" | "nothing" | "other-content" | "other-base" | "other-commit";

/** Few instants, so that much happens in the same one. */
export const instants = [
  "2026-11-21T09:00:00Z",
  "2026-11-21T09:30:00Z",
  "2026-11-21T10:00:00Z",
  "2026-11-21T10:30:00Z",
] as const;

export const anyInstant = fc.constantFrom(...instants);

export const anyOpinion: fc.Arbitrary<Opinion> = fc.record({
  by: anyAccount,
  state: fc.constantFrom(
    ...([
      "APPROVED",
      "APPROVED",
      "APPROVED",
      "COMMENTED",
      "DISMISSED",
      "CHANGES_REQUESTED",
    ] as const),
  ),
  was: fc.constantFrom("APPROVED", "APPROVED", "CHANGES_REQUESTED", "COMMENTED"),
  forgotten: fc.boolean(),
  at: anyInstant,
  seen: fc.constantFrom(
    ...(["present", "present", "present", "present", "nothing"] as const),
    ...(["other-content", "other-base", "other-commit"] as const),
  ),
});

export function reviewOf({ by, state, was, forgotten, at }: Opinion, id: number): ReviewFacts {
  const dismissal = { at, by: null, was: forgotten ? ("UNKNOWN" as const) : was };
  const commit = "a".repeat(40);
  return {
    id,
    author: by,
    state,
    submittedAt: at,
    commit,
    dismissal: state === "DISMISSED" ? dismissal : null,
  };
}

/** What the ledger holds of a review; nothing of a deleted account's, because its webhook came without an author. */
export function observationOf(
  { by, state, was, at, seen }: Opinion,
  { id, content, head }: { readonly id: number; readonly content: string; readonly head: string },
): readonly Observation[] {
  if (by === null || seen === "nothing") return [];
  return [
    {
      review: id,
      reviewer: by.id,
      commit: seen === "other-commit" ? "e".repeat(40) : head,
      contentDigest: seen === "other-content" ? `sha256:${"0".repeat(64)}` : content,
      baseRef: seen === "other-base" ? "release" : "main",
      state: state === "DISMISSED" ? was : state,
      observedAt: at,
      entry: `sha256:${String(id).padStart(64, "0")}`,
    },
  ];
}
