import { association } from "../render/association.ts";
import { webUrl } from "../render/repository.ts";
import { nodeId } from "../world/node-id.ts";
import { connection } from "./connection.ts";
import { showAccount } from "./show-account.ts";
import { showCommit } from "./show-commit.ts";
import type { PageArguments } from "./connection.ts";
import type { Pull, Review } from "../world/pull.ts";
import type { World } from "../world/world.ts";

/** Shows a submitted review. */
export function showReview(world: World, pull: Pull, review: Review) {
  const person = world.people.get(review.author.login);
  return {
    __typename: "PullRequestReview",
    id: nodeId("PRR", review.id),
    databaseId: review.id,
    fullDatabaseId: String(review.id),
    state: review.state,
    body: review.body,
    bodyText: review.body,
    submittedAt: review.submittedAt,
    createdAt: review.submittedAt,
    updatedAt: review.submittedAt,
    publishedAt: review.submittedAt,
    lastEditedAt: null,
    includesCreatedEdit: false,
    createdViaEmail: false,
    isMinimized: false,
    author: showAccount(world, review.author),
    authorAssociation: association(world, review.author),
    authorCanPushToRepository: person !== undefined && person.access !== "read",
    commit: () => showCommit(world, review.commit),
    onBehalfOf: (args: PageArguments) => connection("onBehalfOf", args, []),
    url: webUrl(world, `/pull/${pull.number}#pullrequestreview-${review.id}`),
  };
}
