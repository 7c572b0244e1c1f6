import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { noreplyEmail } from "../world/account-of-email.ts";
import { forgeCommit } from "./forge-commit.ts";
import { runOnObjects } from "./known-answers.ts";
import { mergeBase, zeroOid } from "./refs.ts";
import type { Account } from "../world/account.ts";
import type { World } from "../world/world.ts";
import type { Git } from "./run-git.ts";

/** A file to write (`content`) or to delete (`null`). */
export interface FileEdit {
  readonly path: string;
  readonly content: Buffer | null;
}

/**
 * Makes a commit as GitHub does for somebody: author is the account, committer is GitHub, and GitHub
 * signs it. Moves no branch.
 */
export async function commitByForge(
  world: World,
  author: Account,
  tree: string,
  parents: readonly string[],
  message: string,
): Promise<string> {
  const { object, signature, payload } = forgeCommit(world.forgeKey, {
    tree,
    parents,
    author: { name: author.login, email: emailOf(world, author) },
    message,
    at: new Date(),
  });
  const write = ["hash-object", "-t", "commit", "-w", "--stdin"];
  const oid = await world.git.text(write, { input: object });
  world.forgeSigned.set(oid, { signature, payload });
  return oid;
}

/** Writes a tree that is `base` with the edits applied; `null` when a deleted file is not there. */
export async function editTree(
  git: Git,
  base: string,
  edits: readonly FileEdit[],
): Promise<string | null> {
  const index = join(git.folder, `edit-${randomUUID()}.index`);
  const env = { GIT_INDEX_FILE: index };
  try {
    await git.text(["read-tree", base], { env });
    for (const { path, content } of edits) {
      const listed = await git.text(["ls-files", "--", `:(literal)${path}`], { env });
      if (content === null && listed === "") return null;
      await git.text(["update-index", "-z", "--index-info"], {
        env,
        input: await indexLine(git, path, content),
      });
    }
    return await git.text(["write-tree"], { env });
  } finally {
    await rm(index, { force: true });
  }
}

async function indexLine(git: Git, path: string, content: Buffer | null): Promise<string> {
  if (content === null) return `0 ${zeroOid}\t${path}\0`;
  const blob = await git.text(["hash-object", "-w", "--stdin"], { input: content });
  return `100644 ${blob}\t${path}\0`;
}

/** Merges two commits as git does, on real trees; `null` when they conflict. */
export async function mergeTrees(git: Git, ours: string, theirs: string): Promise<string | null> {
  if ((await mergeBase(git, ours, theirs)) === null) return null;
  const { code, stdout } = await runOnObjects(git, ["merge-tree", "--write-tree"], [ours, theirs]);
  return code === 0 ? (stdout.toString("utf8").split("\n")[0] ?? null) : null;
}

function emailOf(world: World, account: Account): string {
  const person = world.people.get(account.login);
  return person === undefined ? noreplyEmail(account) : person.email;
}
