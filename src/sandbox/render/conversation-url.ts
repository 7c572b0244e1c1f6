import { webUrl } from "./repository.ts";
import type { World } from "../world/world.ts";

/** Gives the address for people of an issue or a pull request. */
export function conversationUrl(world: World, number: number): string {
  return webUrl(world, `/${world.issues.has(number) ? "issues" : "pull"}/${number}`);
}
