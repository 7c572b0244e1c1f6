import type { Account } from "../world/account.ts";
import type { World } from "../world/world.ts";

/**
 * Gives the `author_association` as an App sees it. Members of a private organisation show up as
 * contributors or strangers there, so nobody may rely on it: GitHub's sharp edge.
 */
export function association(world: World, account: Account): string {
  return world.people.has(account.login) ? "CONTRIBUTOR" : "NONE";
}
