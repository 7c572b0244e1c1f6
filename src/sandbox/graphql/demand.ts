import { graphqlRefusal } from "./graphql-refusal.ts";
import type { Actor } from "../world/account.ts";

/** Refuses an installation that lacks a permission, and for writing a person who may only read. */
export function demand(actor: Actor, permission: string, level: "read" | "write"): void {
  switch (actor.kind) {
    case "installation": {
      const held = actor.permissions.get(permission);
      if (held === "write" || held === "admin" || (level === "read" && held === "read")) return;
      throw graphqlRefusal("FORBIDDEN", "Resource not accessible by integration");
    }
    case "person":
      if (level === "read" || actor.person.access !== "read") return;
      throw graphqlRefusal(
        "FORBIDDEN",
        `${actor.account.login} does not have the correct permissions`,
      );
    case "app":
      throw graphqlRefusal("FORBIDDEN", "Resource not accessible by integration");
  }
}
