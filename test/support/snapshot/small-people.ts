import type { Account } from "../../../src/core/model/account.ts";

/** The people of the small world; each has the accounts `p1-a` and `p1-b` and owns the machine `p1-bot`. */
export const persons = ["p1", "p2", "p3", "p4"] as const;
export type Person = (typeof persons)[number];
export type Letter = "a" | "b";

/** The teams of the small world: of who works together, and of who owns the database. */
export const teamNames = ["dev", "owners"] as const;
export type TeamName = (typeof teamNames)[number];

/** Somebody, and by which of their accounts. */
export interface Actor {
  readonly person: Person;
  readonly letter: Letter;
}

/** Finds the account that somebody acts by. */
export function accountOf({ person, letter }: Actor): Account {
  const id = 10 * (persons.indexOf(person) + 1) + (letter === "a" ? 1 : 2);
  return { login: `${person}-${letter}`, id, type: "User" };
}
