import { accountOfEmail } from "../world/account-of-email.ts";
import { emptyTree, patchesBetween } from "../git/diff.ts";
import { needCommit } from "../git/read-commit.ts";
import { nodeId } from "../world/node-id.ts";
import { renderFile } from "./file.ts";
import { apiUrl, webUrl } from "./repository.ts";
import { renderUser } from "./user.ts";
import type { GitCommit } from "../git/read-commit.ts";
import type { JsonObject } from "../http/json.ts";
import type { World } from "../world/world.ts";

/** Renders a commit as lists show it: without statistics and files. */
export async function renderCommit(world: World, oid: string): Promise<JsonObject> {
  const commit = await needCommit(world.git, oid);
  const account = (email: string): JsonObject | null => {
    const found = accountOfEmail(world, email);
    return found === null ? null : renderUser(world, found);
  };
  return {
    sha: oid,
    node_id: nodeId("C", oid),
    commit: {
      author: { ...commit.author },
      committer: { ...commit.committer },
      message: commit.message.trimEnd(),
      tree: { sha: commit.tree, url: apiUrl(world, `/git/trees/${commit.tree}`) },
      url: apiUrl(world, `/git/commits/${oid}`),
      comment_count: 0,
      verification: renderVerification(world, commit),
    },
    url: apiUrl(world, `/commits/${oid}`),
    html_url: webUrl(world, `/commit/${oid}`),
    comments_url: apiUrl(world, `/commits/${oid}/comments`),
    author: account(commit.author.email),
    committer: account(commit.committer.email),
    parents: parentsOf(world, commit),
  };
}

/** Renders a commit completely, with statistics and files. */
export async function renderFullCommit(world: World, oid: string): Promise<JsonObject> {
  const commit = await needCommit(world.git, oid);
  const changes = await patchesBetween(world.git, commit.parents[0] ?? emptyTree, oid);
  const additions = changes.reduce((sum, one) => sum + one.additions, 0);
  const deletions = changes.reduce((sum, one) => sum + one.deletions, 0);
  return {
    ...(await renderCommit(world, oid)),
    stats: { total: additions + deletions, additions, deletions },
    files: changes.slice(0, 300).map((file) => renderFile(world, oid, file)),
  };
}

/** Renders the commit of a `file-commit`. */
export async function renderGitCommit(world: World, oid: string): Promise<JsonObject> {
  const commit = await needCommit(world.git, oid);
  return {
    sha: oid,
    node_id: nodeId("C", oid),
    url: apiUrl(world, `/git/commits/${oid}`),
    html_url: webUrl(world, `/commit/${oid}`),
    author: { ...commit.author },
    committer: { ...commit.committer },
    tree: { sha: commit.tree, url: apiUrl(world, `/git/trees/${commit.tree}`) },
    message: commit.message.trimEnd(),
    parents: parentsOf(world, commit),
    verification: renderVerification(world, commit),
  };
}

function parentsOf(world: World, commit: GitCommit): readonly JsonObject[] {
  return commit.parents.map((sha) => ({
    sha,
    url: apiUrl(world, `/commits/${sha}`),
    html_url: webUrl(world, `/commit/${sha}`),
  }));
}

function renderVerification(world: World, commit: GitCommit): JsonObject {
  const signed = world.forgeSigned.get(commit.oid);
  if (signed === undefined) {
    return {
      verified: false,
      reason: "unsigned",
      signature: null,
      payload: null,
      verified_at: null,
    };
  }
  return {
    verified: true,
    reason: "valid",
    signature: signed.signature,
    payload: signed.payload,
    verified_at: commit.committer.date,
  };
}
