import type { Person } from "./account.ts";
import type { World } from "./world.ts";

/** Finds a person by login, whose case does not matter to GitHub. */
export function personOf(world: World, login: string): Person | null {
  const wanted = login.toLowerCase();
  const people = [...world.people.values()];
  return people.find(({ account }) => account.login.toLowerCase() === wanted) ?? null;
}
