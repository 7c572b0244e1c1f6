import { reaches } from "../http/permit.ts";
import { graphqlRefusal } from "./graphql-refusal.ts";
import { createCommitOnBranch } from "./create-commit-on-branch.ts";
import { setDraftByNode } from "./set-draft-by-node.ts";
import { showAccount } from "./show-account.ts";
import { showHolding } from "./show-holding.ts";
import { showOrganisation } from "./show-organisation.ts";
import { showRepository } from "./show-repository.ts";
import type { Actor } from "../world/account.ts";
import type { World } from "../world/world.ts";
import type { CommitInput } from "./create-commit-on-branch.ts";
import type { DraftInput } from "./set-draft-by-node.ts";

/** The queries and mutations that are served, as plain functions. */
export function rootValue(world: World, actor: Actor) {
  const { owner, repository } = world.options;
  return {
    repository: (args: { readonly owner: string; readonly name: string }) => {
      const holding = args.owner === owner ? world.holdings.get(args.name) : undefined;
      if (holding !== undefined && reaches(actor, world, args.name)) {
        if (args.name !== repository) return showHolding(world, actor, holding);
        return { ...showRepository(world, actor), ...showHolding(world, actor, holding) };
      }
      const said = `Could not resolve to a Repository with the name '${args.owner}/${args.name}'.`;
      throw graphqlRefusal("NOT_FOUND", said);
    },
    organization: ({ login }: { readonly login: string }) => {
      if (login === owner) return showOrganisation(world, actor);
      const said = `Could not resolve to an Organization with the login of '${login}'.`;
      throw graphqlRefusal("NOT_FOUND", said);
    },
    viewer: () => showAccount(world, actor.account),
    rateLimit: () => rateLimit(),
    createCommitOnBranch: ({ input }: { readonly input: CommitInput }) =>
      createCommitOnBranch(world, actor, input),
    convertPullRequestToDraft: ({ input }: { readonly input: DraftInput }) =>
      setDraftByNode(world, actor, input, true),
    markPullRequestReadyForReview: ({ input }: { readonly input: DraftInput }) =>
      setDraftByNode(world, actor, input, false),
  };
}

function rateLimit() {
  const resetAt = new Date(Date.now() + 3_600_000).toISOString();
  return { limit: 5000, cost: 1, remaining: 4999, used: 1, nodeCount: 1, resetAt };
}
