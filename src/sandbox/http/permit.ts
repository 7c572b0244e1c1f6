import { refuse } from "./refusal.ts";
import type { Actor } from "../world/account.ts";
import type { World } from "../world/world.ts";
import type { Needs } from "./reply.ts";

const levels = ["none", "read", "write", "admin"];

/** Refuses an actor who lacks what an operation needs. */
export function permit(actor: Actor, needs: Needs): void {
  if (needs.by === "key") {
    if (actor.kind === "app") return;
    throw refuse(401, "A JSON web token could not be decoded");
  }
  switch (actor.kind) {
    case "app":
      throw refuse(401, "Bad credentials");
    case "person":
      if (level(actor.person.access) >= level(needs.access)) return;
      throw refuse(403, "Must have push access to repository");
    case "installation":
      if (hasPermission(actor.permissions, needs)) return;
      throw refuse(403, "Resource not accessible by integration");
  }
}

/** Tells whether a token shows a repository: an App sees those that it is installed on and the token was narrowed to. */
export function reaches(actor: Actor, world: World, repository: string): boolean {
  if (actor.kind !== "installation") return true;
  if (actor.repositories !== null) return actor.repositories.has(repository);
  return actor.app.repositories === "all" || repository === world.options.repository;
}

/** Tells whether a token holds one of the permissions at a level. */
export function hasPermission(
  held: ReadonlyMap<string, string>,
  needs: { readonly permissions: readonly string[]; readonly level: "read" | "write" },
): boolean {
  if (needs.permissions.length === 0) return true;
  return needs.permissions.some((name) => level(held.get(name) ?? "none") >= level(needs.level));
}

function level(name: string): number {
  return levels.indexOf(name);
}
