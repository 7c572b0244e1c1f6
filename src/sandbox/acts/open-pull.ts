import { branchTip, commitsBetween } from "../git/refs.ts";
import { invalid, Refusal } from "../http/refusal.ts";
import { nextNumber } from "../world/conversation.ts";
import { instant } from "../world/instant.ts";
import { nodeId } from "../world/node-id.ts";
import { emitPull } from "../webhooks/pull-events.ts";
import { noteCommits } from "./head-moved.ts";
import type { Pull } from "../world/pull.ts";
import type { Actor } from "../world/account.ts";
import type { World } from "../world/world.ts";

/** What somebody wants to open. */
export interface PullWish {
  readonly title: string;
  readonly body: string | null;
  readonly head: string;
  readonly base: string;
  readonly draft: boolean;
}

/** Opens a pull request between two branches of the repository; refuses what GitHub refuses with 422. */
export async function openPull(world: World, actor: Actor, wish: PullWish): Promise<Pull> {
  const prefix = `${world.options.owner}:`;
  const headRef = wish.head.startsWith(prefix) ? wish.head.slice(prefix.length) : wish.head;
  const headOid = await branchTip(world.git, headRef);
  const baseOid = await branchTip(world.git, wish.base);
  if (headOid === null) throw invalid("PullRequest", "head", "invalid");
  if (baseOid === null) throw invalid("PullRequest", "base", "invalid");
  refuseDuplicate(world, headRef, wish.base);
  if ((await commitsBetween(world.git, baseOid, headOid)).length === 0) {
    throw custom(`No commits between ${wish.base} and ${headRef}`);
  }
  const number = nextNumber(world);
  const now = instant();
  const id = world.nextId();
  const pull: Pull = {
    number,
    id,
    nodeId: nodeId("PR", id),
    author: actor.account,
    viaApp: actor.kind === "installation" ? actor.app : null,
    createdAt: now,
    updatedAt: now,
    title: wish.title,
    body: wish.body,
    state: "open",
    draft: wish.draft,
    closedAt: null,
    merged: null,
    baseRef: wish.base,
    baseOid,
    headRef,
    headOid,
    reviews: [],
    requestedReviewers: [],
    events: [],
  };
  world.pulls.set(number, pull);
  await world.git.text(["update-ref", `refs/pull/${number}/head`, headOid]);
  await noteCommits(world, pull, actor.account);
  await emitPull(world, pull, "opened", actor.account);
  return pull;
}

/** Refuses a second open pull request between the same two branches. */
export function refuseDuplicate(world: World, headRef: string, baseRef: string): void {
  for (const other of world.pulls.values()) {
    if (other.state === "open" && other.headRef === headRef && other.baseRef === baseRef) {
      throw custom(`A pull request already exists for ${world.options.owner}:${headRef}.`);
    }
  }
}

function custom(message: string): Refusal {
  return new Refusal(422, {
    message: "Validation Failed",
    errors: [{ resource: "PullRequest", code: "custom", message }],
    documentation_url: "https://docs.github.com/rest/pulls/pulls#create-a-pull-request",
  });
}
