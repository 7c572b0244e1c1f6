import { mergeability } from "../acts/mergeability.ts";
import { changesSinceFork } from "../git/diff.ts";
import { branchTip, commitsBetween } from "../git/refs.ts";
import { association } from "../render/association.ts";
import { webUrl } from "../render/repository.ts";
import { nodeId } from "../world/node-id.ts";
import { connection } from "./connection.ts";
import { showAccount } from "./show-account.ts";
import { showCommit } from "./show-commit.ts";
import { showRef } from "./show-ref.ts";
import { showComment } from "./show-comment.ts";
import { showReview } from "./show-review.ts";
import { showTimeline } from "./show-timeline.ts";
import type { PageArguments } from "./connection.ts";
import type { TimelineArguments } from "./timeline-page.ts";
import type { Pull } from "../world/pull.ts";
import type { World } from "../world/world.ts";

interface ReviewArguments extends PageArguments {
  readonly states?: readonly string[] | null;
  readonly author?: string | null;
}

/** Shows a pull request; what costs a call of git is computed only when asked for. */
export function showPull(world: World, pull: Pull) {
  const files = () => changesSinceFork(world.git, pull.baseOid, pull.headOid);
  return {
    __typename: "PullRequest",
    ...plainFields(world, pull),
    mergeable: async () => mergeableWord((await mergeability(world, pull)).mergeable),
    mergeStateStatus: async () => (await mergeability(world, pull)).state.toUpperCase(),
    mergeCommit: () => (pull.merged === null ? null : showCommit(world, pull.merged.commit)),
    baseRef: () => refOf(world, pull.baseRef),
    headRef: () => refOf(world, pull.headRef),
    reviews: (args: ReviewArguments) => connection("reviews", args, reviewsOf(world, pull, args)),
    comments: (args: PageArguments) => {
      const found = world.comments.filter((one) => one.number === pull.number);
      return connection(
        "comments",
        args,
        found.map((one) => showComment(world, one)),
      );
    },
    commits: async (args: PageArguments) => {
      const oids = await commitsBetween(world.git, pull.baseOid, pull.headOid);
      const nodes = oids.map((oid) => ({
        __typename: "PullRequestCommit",
        id: nodeId("PURC", `${pull.id}:${oid}`),
        commit: () => showCommit(world, oid),
        url: webUrl(world, `/pull/${pull.number}/commits/${oid}`),
      }));
      return connection("commits", args, nodes);
    },
    files: async (args: PageArguments) => {
      const nodes = (await files()).map((file) => ({
        path: file.path,
        additions: file.additions,
        deletions: file.deletions,
        changeType: changeTypes[file.status],
        viewerViewedState: "UNVIEWED",
      }));
      return connection("files", args, nodes);
    },
    additions: async () => (await files()).reduce((sum, one) => sum + one.additions, 0),
    deletions: async () => (await files()).reduce((sum, one) => sum + one.deletions, 0),
    changedFiles: async () => (await files()).length,
    timelineItems: (args: TimelineArguments) => showTimeline(world, pull, args),
  };
}

const changeTypes = {
  added: "ADDED",
  removed: "DELETED",
  modified: "MODIFIED",
  renamed: "RENAMED",
  changed: "CHANGED",
} as const;

function plainFields(world: World, pull: Pull) {
  return {
    id: pull.nodeId,
    databaseId: pull.id,
    fullDatabaseId: String(pull.id),
    number: pull.number,
    title: pull.title,
    body: pull.body ?? "",
    state: pull.merged === null ? pull.state.toUpperCase() : "MERGED",
    closed: pull.state === "closed",
    merged: pull.merged !== null,
    isDraft: pull.draft,
    isCrossRepository: false,
    locked: false,
    createdAt: pull.createdAt,
    updatedAt: pull.updatedAt,
    mergedAt: pull.merged?.at ?? null,
    closedAt: pull.closedAt,
    mergedBy: pull.merged === null ? null : showAccount(world, pull.merged.by),
    baseRefName: pull.baseRef,
    baseRefOid: pull.baseOid,
    headRefName: pull.headRef,
    headRefOid: pull.headOid,
    author: showAccount(world, pull.author),
    authorAssociation: association(world, pull.author),
    url: webUrl(world, `/pull/${pull.number}`),
    permalink: webUrl(world, `/pull/${pull.number}`),
  };
}

function reviewsOf(world: World, pull: Pull, args: ReviewArguments) {
  return pull.reviews
    .filter((one) => args.states?.includes(one.state) ?? true)
    .filter((one) => args.author == null || args.author === one.author.login)
    .map((one) => showReview(world, pull, one));
}

async function refOf(world: World, branch: string) {
  const tip = await branchTip(world.git, branch);
  return tip === null ? null : showRef(world, `refs/heads/${branch}`, tip);
}

function mergeableWord(mergeable: boolean | null): string {
  if (mergeable === null) return "UNKNOWN";
  return mergeable ? "MERGEABLE" : "CONFLICTING";
}
