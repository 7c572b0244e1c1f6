import { accountOfEmail } from "../world/account-of-email.ts";
import { changesBetween, emptyTree } from "../git/diff.ts";
import { needCommit } from "../git/read-commit.ts";
import { isAncestor, zeroOid } from "../git/refs.ts";
import { webUrl } from "../render/repository.ts";
import { emit } from "./emit.ts";
import type { JsonObject } from "../http/json.ts";
import type { GitPerson } from "../git/read-commit.ts";
import type { Account } from "../world/account.ts";
import type { World } from "../world/world.ts";

/** Tells of a moved branch, with at most 20 commits, as GitHub does. */
export async function emitPush(
  world: World,
  ref: string,
  before: string | null,
  after: string | null,
  sender: Account,
): Promise<void> {
  const commits = await newCommits(world, before, after);
  const forced = before !== null && after !== null && !(await isAncestor(world.git, before, after));
  const person = world.people.get(sender.login);
  const payload = {
    ref,
    before: before ?? zeroOid,
    after: after ?? zeroOid,
    created: before === null,
    deleted: after === null,
    forced,
    base_ref: null,
    compare: webUrl(
      world,
      `/compare/${(before ?? zeroOid).slice(0, 12)}...${(after ?? zeroOid).slice(0, 12)}`,
    ),
    commits,
    head_commit: after === null ? null : await renderPushed(world, after),
    pusher: { name: sender.login, email: person?.email ?? null },
  };
  emit(world, "push", payload, sender);
}

async function newCommits(
  world: World,
  before: string | null,
  after: string | null,
): Promise<readonly JsonObject[]> {
  if (after === null) return [];
  const not = before === null ? "^refs/heads/main" : `^${before}`;
  const text = await world.git.text(["rev-list", "--reverse", "--max-count=20", after, not]);
  const commits: JsonObject[] = [];
  for (const oid of text === "" ? [] : text.split("\n"))
    commits.push(await renderPushed(world, oid));
  return commits;
}

async function renderPushed(world: World, oid: string): Promise<JsonObject> {
  const commit = await needCommit(world.git, oid);
  const changes = await changesBetween(world.git, commit.parents[0] ?? emptyTree, oid);
  const paths = (...statuses: string[]): readonly string[] =>
    changes.filter((one) => statuses.includes(one.status)).map((one) => one.path);
  return {
    id: oid,
    tree_id: commit.tree,
    distinct: true,
    message: commit.message.trimEnd(),
    timestamp: commit.committer.date,
    url: webUrl(world, `/commit/${oid}`),
    author: person(world, commit.author),
    committer: person(world, commit.committer),
    added: paths("added", "renamed"),
    removed: paths("removed"),
    modified: paths("modified", "changed"),
  };
}

function person(world: World, { name, email, date }: GitPerson): JsonObject {
  const account = accountOfEmail(world, email);
  return { name, email, date, ...(account === null ? {} : { username: account.login }) };
}
