import { runOnObjects } from "../git/known-answers.ts";
import { listRefs, readRef } from "../git/refs.ts";
import { readEntry } from "../git/read-tree.ts";
import { fullName, webUrl } from "../render/repository.ts";
import { nodeId } from "../world/node-id.ts";
import { connection } from "./connection.ts";
import { demand } from "./demand.ts";
import { graphqlRefusal } from "./graphql-refusal.ts";
import { showAccount } from "./show-account.ts";
import { showChecks } from "./show-checks.ts";
import { showCommit } from "./show-commit.ts";
import { showIssue } from "./show-issue.ts";
import { showPull } from "./show-pull.ts";
import { showRef } from "./show-ref.ts";
import { showBlob, showEntryObject, showTree } from "./show-tree.ts";
import type { Actor } from "../world/account.ts";
import type { World } from "../world/world.ts";
import type { PageArguments } from "./connection.ts";

interface PullsArguments extends PageArguments {
  readonly states?: readonly string[] | null;
  readonly headRefName?: string | null;
  readonly baseRefName?: string | null;
  readonly orderBy?: { readonly field: string; readonly direction: string } | null;
}

interface ObjectArguments {
  readonly oid?: string | null;
  readonly expression?: string | null;
}

/** Shows the repository; each part asks for the permission that GitHub asks for. */
export function showRepository(world: World, actor: Actor) {
  return {
    __typename: "Repository",
    id: nodeId("R", world.options.repositoryId),
    databaseId: world.options.repositoryId,
    name: world.options.repository,
    nameWithOwner: fullName(world),
    owner: showAccount(world, world.organisation),
    isPrivate: true,
    isArchived: false,
    isFork: false,
    url: webUrl(world),
    createdAt: world.startedAt,
    defaultBranchRef: () => findRef(world, actor, "refs/heads/main"),
    ref: ({ qualifiedName }: { readonly qualifiedName: string }) =>
      findRef(world, actor, qualifiedName),
    refs: async (args: PageArguments & { readonly refPrefix: string }) => {
      demand(actor, "contents", "read");
      const refs = await listRefs(world.git, args.refPrefix.replace(/\/$/, ""));
      return connection(
        "refs",
        args,
        [...refs].map(([ref, oid]) => showRef(world, ref, oid)),
      );
    },
    object: (args: ObjectArguments) => findObject(world, actor, args),
    issue: ({ number }: { readonly number: number }) => {
      demand(actor, "issues", "read");
      const issue = world.issues.get(number);
      if (issue !== undefined) return showIssue(world, issue);
      const said = `Could not resolve to an Issue with the number of ${number}.`;
      throw graphqlRefusal("NOT_FOUND", said);
    },
    pullRequest: ({ number }: { readonly number: number }) => {
      demand(actor, "pull_requests", "read");
      const pull = world.pulls.get(number);
      if (pull !== undefined) return showPull(world, pull);
      const said = `Could not resolve to a PullRequest with the number of ${number}.`;
      throw graphqlRefusal("NOT_FOUND", said);
    },
    pullRequests: (args: PullsArguments) => {
      demand(actor, "pull_requests", "read");
      return connection("pullRequests", args, pullsOf(world, args));
    },
  };
}

async function findRef(world: World, actor: Actor, name: string) {
  demand(actor, "contents", "read");
  for (const ref of name.startsWith("refs/")
    ? [name]
    : [`refs/heads/${name}`, `refs/tags/${name}`]) {
    const oid = await readRef(world.git, ref);
    if (oid !== null) return showRef(world, ref, oid);
  }
  return null;
}

async function findObject(world: World, actor: Actor, { oid, expression }: ObjectArguments) {
  demand(actor, "contents", "read");
  const [name = "", path] = (oid ?? expression ?? "HEAD").split(":");
  const found = /^[0-9a-f]{40}$/.test(name) ? name : await readRef(world.git, name);
  if (found === null) return null;
  if (path !== undefined) {
    const entry = await readEntry(world.git, found, path);
    return entry === null ? null : showEntryObject(world, path, entry);
  }
  const type = await runOnObjects(world.git, ["cat-file", "-t"], [found]);
  switch (type.stdout.toString("utf8").trim()) {
    case "commit":
      return { ...(await showCommit(world, found)), ...showChecks(world, actor, found) };
    case "tree":
      return showTree(world, found, "");
    case "blob":
      return showBlob(world, found);
    default:
      return null;
  }
}

function pullsOf(world: World, args: PullsArguments) {
  const pulls = [...world.pulls.values()].filter((pull) => {
    const state = pull.merged === null ? pull.state.toUpperCase() : "MERGED";
    return (
      (args.states?.includes(state) ?? true) &&
      (args.headRefName == null || args.headRefName === pull.headRef) &&
      (args.baseRefName == null || args.baseRefName === pull.baseRef)
    );
  });
  if (args.orderBy?.direction === "DESC") pulls.reverse();
  return pulls.map((pull) => showPull(world, pull));
}
