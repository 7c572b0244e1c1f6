import type { Grant } from "../model/grant.ts";

/** One permission of one identity at one target: what grants can share. */
export interface Access {
  readonly target: string;
  readonly identity: string;
  readonly permission: string;
}

/** Names an access by one text, so that it can be a key and be sorted. */
export function accessKey({ target, identity, permission }: Access): string {
  return JSON.stringify([target, identity, permission]);
}

/**
 * Chooses what a revoke does at the target (union semantics, K3 and K5): the access is taken out only when no
 * grant that stays needs it and it was not there before Countersign first gave it.
 */
export function revokeEffect(
  leaving: readonly Pick<Grant, "preexisting">[],
  staying: readonly string[],
): "take-out" | "still-needed" | "pre-existing" {
  if (staying.length > 0) return "still-needed";
  if (leaving.some(({ preexisting }) => preexisting !== "no")) return "pre-existing";
  return "take-out";
}

/**
 * Chooses what a new intent records about access that the beneficiary may hold already: held while grants of
 * ours are open, it is what the first of them found; held without any, it was there before.
 */
export function preexistingAccess(
  held: "yes" | "no",
  openOnAccess: readonly Grant[],
): Grant["preexisting"] {
  if (held === "no") return "no";
  if (openOnAccess.length === 0) return "yes";
  return openOnAccess.some(({ preexisting }) => preexisting === "yes") ? "yes" : "no";
}
