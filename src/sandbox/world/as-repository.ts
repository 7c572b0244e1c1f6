import type { Holding } from "./account.ts";
import type { World } from "./world.ts";

/** The world as it would be if the given repository were the one with git: for rendering its name and addresses. */
export function asRepository(world: World, { name, id }: Holding): World {
  return { ...world, options: { ...world.options, repository: name, repositoryId: id } };
}
