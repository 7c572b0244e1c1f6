import { moveRef } from "../acts/move-ref.ts";
import { branchTip } from "../git/refs.ts";
import { commitByForge, editTree } from "../git/write-commit.ts";
import { fullName } from "../render/repository.ts";
import { nodeId } from "../world/node-id.ts";
import { demand } from "./demand.ts";
import { asGraphqlError, graphqlRefusal } from "./graphql-refusal.ts";
import { showCommit } from "./show-commit.ts";
import { showRef } from "./show-ref.ts";
import type { Actor } from "../world/account.ts";
import type { World } from "../world/world.ts";

/** Input of `createCommitOnBranch`. */
export interface CommitInput {
  readonly branch: {
    readonly id?: string | null;
    readonly repositoryNameWithOwner?: string | null;
    readonly branchName?: string | null;
  };
  readonly expectedHeadOid: string;
  readonly message: { readonly headline: string; readonly body?: string | null };
  readonly fileChanges?: {
    readonly additions?: readonly { readonly path: string; readonly contents: string }[] | null;
    readonly deletions?: readonly { readonly path: string }[] | null;
  } | null;
  readonly clientMutationId?: string | null;
}

/** Commits on a branch if it still is where the caller saw it. GitHub signs the commit. */
export async function createCommitOnBranch(world: World, actor: Actor, input: CommitInput) {
  demand(actor, "contents", "write");
  const branch = await branchOf(world, input);
  const tip = await branchTip(world.git, branch);
  if (tip === null) throw graphqlRefusal("NOT_FOUND", `Could not resolve to a ref ${branch}.`);
  if (tip !== input.expectedHeadOid) {
    const said = `Expected branch to point to "${tip}" but it did not. Pull and try again.`;
    throw graphqlRefusal("STALE_DATA", said);
  }
  const tree = await editTree(world.git, tip, editsOf(input));
  if (tree === null) {
    const said = `A path was requested for deletion which does not exist as of commit oid \`${tip}\``;
    throw graphqlRefusal("UNPROCESSABLE", said);
  }
  const { headline, body } = input.message;
  const message = body == null || body === "" ? headline : `${headline}\n\n${body}`;
  const commit = await commitByForge(world, actor.account, tree, [tip], message);
  const ref = `refs/heads/${branch}`;
  try {
    await moveRef(world, actor, { ref, to: commit, how: "push", force: "no" });
  } catch (error) {
    throw asGraphqlError(error);
  }
  return {
    clientMutationId: input.clientMutationId ?? null,
    commit: () => showCommit(world, commit),
    ref: showRef(world, ref, commit),
  };
}

async function branchOf(world: World, { branch }: CommitInput): Promise<string> {
  if (branch.id != null) {
    const refs = await world.git.text(["for-each-ref", "--format=%(refname)", "refs/heads"]);
    const ref = refs.split("\n").find((one) => nodeId("REF", one) === branch.id);
    if (ref !== undefined) return ref.slice("refs/heads/".length);
  }
  if (branch.repositoryNameWithOwner !== fullName(world) || branch.branchName == null) {
    const said = `Could not resolve to a Repository with the name '${branch.repositoryNameWithOwner ?? ""}'.`;
    throw graphqlRefusal("NOT_FOUND", said);
  }
  return branch.branchName.replace(/^refs\/heads\//, "");
}

function editsOf({ fileChanges }: CommitInput) {
  const additions = (fileChanges?.additions ?? []).map(({ path, contents }) => ({
    path,
    content: Buffer.from(contents, "base64"),
  }));
  const deletions = (fileChanges?.deletions ?? []).map(({ path }) => ({ path, content: null }));
  return [...deletions, ...additions];
}
