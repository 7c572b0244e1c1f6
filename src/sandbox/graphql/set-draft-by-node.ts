import { setDraft } from "../acts/edit-pull.ts";
import { demand } from "./demand.ts";
import { graphqlRefusal } from "./graphql-refusal.ts";
import { showPull } from "./show-pull.ts";
import type { Actor } from "../world/account.ts";
import type { World } from "../world/world.ts";

/** Input of both draft mutations. */
export interface DraftInput {
  readonly pullRequestId: string;
  readonly clientMutationId?: string | null;
}

/** Makes the pull request of a node id a draft, or ready for review. */
export async function setDraftByNode(
  world: World,
  actor: Actor,
  input: DraftInput,
  draft: boolean,
) {
  const pull = [...world.pulls.values()].find((one) => one.nodeId === input.pullRequestId);
  if (pull === undefined) {
    const said = `Could not resolve to a node with the global id of '${input.pullRequestId}'.`;
    throw graphqlRefusal("NOT_FOUND", said);
  }
  if (pull.author.id !== actor.account.id) demand(actor, "pull_requests", "write");
  if (pull.state === "closed") throw graphqlRefusal("UNPROCESSABLE", "Pull request is closed");
  await setDraft(world, pull, actor.account, draft);
  return {
    clientMutationId: input.clientMutationId ?? null,
    pullRequest: showPull(world, pull),
  };
}
