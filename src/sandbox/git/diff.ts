import { runOnObjects } from "./known-answers.ts";
import { mergeBase } from "./refs.ts";
import type { Git } from "./run-git.ts";

/** One file of a difference, with renames found as GitHub finds them. */
export interface FileChange {
  readonly path: string;
  readonly before: string | null;
  readonly status: "added" | "removed" | "modified" | "renamed" | "changed";
  readonly oid: string;
  readonly additions: number;
  readonly deletions: number;
}

/** A changed file with its patch, which costs a call of git for each file. */
export interface PatchedFile extends FileChange {
  readonly patch: string | null;
}

const words = new Map([
  ["A", "added"],
  ["D", "removed"],
  ["M", "modified"],
  ["R", "renamed"],
  ["T", "changed"],
] as const);

/** The empty tree: what a root commit is compared with. */
export const emptyTree = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";

/** Lists what `head` changes since it left `base`: the three-dot difference of a pull request. */
export async function changesSinceFork(
  git: Git,
  base: string,
  head: string,
): Promise<readonly FileChange[]> {
  return changesBetween(git, (await mergeBase(git, base, head)) ?? emptyTree, head);
}

/** Lists the difference of two trees, sorted by path. */
export async function changesBetween(
  git: Git,
  from: string,
  to: string,
): Promise<readonly FileChange[]> {
  const both = [from, to];
  const raw = (await runOnObjects(git, ["diff", "--raw", "-z", "-M", "--no-abbrev"], both)).stdout;
  const counts = (await runOnObjects(git, ["diff", "--numstat", "-z", "-M"], both)).stdout;
  const numbers = parseCounts(counts.toString("utf8"));
  return parseRaw(raw.toString("utf8")).map((change) => {
    const [additions, deletions] = numbers.get(change.path) ?? [0, 0];
    return { ...change, additions, deletions };
  });
}

/** Adds its patch to each file of the difference from where `head` left `base`. */
export async function patchesSinceFork(
  git: Git,
  base: string,
  head: string,
): Promise<readonly PatchedFile[]> {
  return patchesBetween(git, (await mergeBase(git, base, head)) ?? emptyTree, head);
}

/** Lists the difference of two trees with the patch of each file. */
export async function patchesBetween(
  git: Git,
  from: string,
  to: string,
): Promise<readonly PatchedFile[]> {
  const patched: PatchedFile[] = [];
  for (const change of await changesBetween(git, from, to)) {
    patched.push({ ...change, patch: await patchOf(git, [from, to], change) });
  }
  return patched;
}

/** Computes git's stable patch id of what `head` changes since it left `base`. */
export async function patchId(git: Git, base: string, head: string): Promise<string> {
  const from = (await mergeBase(git, base, head)) ?? emptyTree;
  const { stdout } = await git.run(["diff", "--full-index", "--binary", from, head]);
  return git.text(["patch-id", "--stable"], { input: stdout });
}

type Found = Pick<FileChange, "path" | "before" | "status" | "oid">;

function parseRaw(text: string): readonly Found[] {
  const parts = text.split("\0");
  const found: Found[] = [];
  let at = 0;
  while (at < parts.length && parts[at] !== "") {
    const fields = (parts[at] ?? "").split(" ");
    const letter = (fields[4] ?? "M").charAt(0);
    const status = words.get(letter as "A") ?? "modified";
    const renamed = letter === "R";
    const path = parts[at + (renamed ? 2 : 1)] ?? "";
    const oid = (status === "removed" ? fields[2] : fields[3]) ?? "";
    found.push({ path, before: renamed ? (parts[at + 1] ?? "") : null, status, oid });
    at += renamed ? 3 : 2;
  }
  return found;
}

function parseCounts(text: string): ReadonlyMap<string, readonly [number, number]> {
  const parts = text.split("\0");
  const counts = new Map<string, readonly [number, number]>();
  for (let at = 0; at < parts.length; at += 1) {
    const [added, deleted, path] = (parts[at] ?? "").split("\t");
    if (deleted === undefined) continue;
    // A rename leaves the path empty and puts the two names behind it.
    const name = path === "" || path === undefined ? (parts[at + 2] ?? "") : path;
    if (path === "") at += 2;
    counts.set(name, [Number(added) || 0, Number(deleted) || 0]);
  }
  return counts;
}

async function patchOf(git: Git, both: readonly string[], change: Found): Promise<string | null> {
  const paths = change.before === null ? [change.path] : [change.before, change.path];
  const literal = paths.map((path) => `:(literal)${path}`);
  const { stdout } = await git.run(["diff", "-M", ...both, "--", ...literal]);
  const text = stdout.toString("utf8");
  const start = text.indexOf("\n@@");
  return start < 0 ? null : text.slice(start + 1).trimEnd();
}
