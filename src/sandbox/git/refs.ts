import { runOnObjects } from "./known-answers.ts";
import { readCommit } from "./read-commit.ts";
import type { Git } from "./run-git.ts";

/** The oid that stands for "does not exist" in pushes. */
export const zeroOid = "0".repeat(40);

/** Reads where a full ref name points; `null` when it does not exist. */
export async function readRef(git: Git, ref: string): Promise<string | null> {
  const { code, stdout } = await git.run([
    "rev-parse",
    "--verify",
    "--quiet",
    "--end-of-options",
    ref,
  ]);
  return code === 0 ? stdout.toString("utf8").trim() : null;
}

/** Reads the tip of a branch. */
export function branchTip(git: Git, branch: string): Promise<string | null> {
  return readRef(git, `refs/heads/${branch}`);
}

/** Resolves what a person may write for a commit: a branch, a tag, a full ref or an oid. */
export async function resolveCommit(git: Git, name: string): Promise<string | null> {
  if (/^[0-9a-f]{40}$/.test(name) && (await readCommit(git, name)) !== null) return name;
  for (const candidate of [`refs/heads/${name}`, `refs/tags/${name}`, `refs/${name}`, name]) {
    const literal = candidate === name;
    if (literal && !/^(refs\/.+|[0-9a-f]{7,40}|HEAD)$/.test(name)) continue;
    const oid = await readRef(git, `${candidate}^{commit}`);
    if (oid !== null) return oid;
  }
  return null;
}

/** Lists all refs with their oids. */
export async function listRefs(git: Git, prefix: string): Promise<ReadonlyMap<string, string>> {
  const text = await git.text(["for-each-ref", "--format=%(objectname) %(refname)", prefix]);
  const lines = text === "" ? [] : text.split("\n");
  return new Map(lines.map((line) => [line.slice(41), line.slice(0, 40)]));
}

/** Tells whether one commit is reachable from another. */
export async function isAncestor(git: Git, ancestor: string, descendant: string): Promise<boolean> {
  const both = [ancestor, descendant];
  const { code } = await runOnObjects(git, ["merge-base", "--is-ancestor"], both);
  return code === 0;
}

/** Finds the best common ancestor. */
export async function mergeBase(git: Git, a: string, b: string): Promise<string | null> {
  const { code, stdout } = await runOnObjects(git, ["merge-base"], [a, b]);
  return code === 0 ? stdout.toString("utf8").trim() : null;
}

/** Lists commits reachable from `head` and not from `base`, oldest first. */
export async function commitsBetween(
  git: Git,
  base: string,
  head: string,
): Promise<readonly string[]> {
  const range = [head, `^${base}`];
  const { code, stdout } = await runOnObjects(
    git,
    ["rev-list", "--reverse", "--topo-order"],
    range,
  );
  if (code !== 0) throw new Error(`git rev-list ${range.join(" ")} ended with ${code}`);
  return stdout.toString("utf8").split("\n").slice(0, -1);
}
