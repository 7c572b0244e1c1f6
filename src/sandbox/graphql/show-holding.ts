import { nodeId } from "../world/node-id.ts";
import { demand } from "./demand.ts";
import { showAccount } from "./show-account.ts";
import { showCollaborators } from "./show-collaborators.ts";
import type { CollaboratorsArguments } from "./show-collaborators.ts";
import type { Actor, Holding } from "../world/account.ts";
import type { World } from "../world/world.ts";

/** Shows what every repository of the organisation has here, also one without git: its name and who can reach it. */
export function showHolding(world: World, actor: Actor, holding: Holding) {
  return {
    __typename: "Repository",
    id: nodeId("R", holding.id),
    databaseId: holding.id,
    name: holding.name,
    nameWithOwner: `${world.options.owner}/${holding.name}`,
    owner: showAccount(world, world.organisation),
    collaborators: (args: CollaboratorsArguments) => {
      demand(actor, "administration", "read");
      return showCollaborators(world, holding, args);
    },
  };
}
