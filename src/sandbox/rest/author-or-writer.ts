import { refuse } from "../http/refusal.ts";
import type { Account, Actor } from "../world/account.ts";

/** Refuses people who may only read and did not write what they want to change. */
export function requireAuthorOrWriter(actor: Actor, author: Account): void {
  if (standing(actor) === "writer" || author.id === actor.account.id) return;
  throw refuse(403, "Must have admin rights to Repository.");
}

/** Tells whether an actor may change what others wrote; an App's permission was looked at before. */
export function standing(actor: Actor): "writer" | "reader" {
  return actor.kind === "person" && actor.person.access === "read" ? "reader" : "writer";
}
