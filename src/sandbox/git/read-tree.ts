import { runOnObjects } from "./known-answers.ts";
import type { Git } from "./run-git.ts";

/** One entry of a git tree. */
export interface TreeEntry {
  readonly name: string;
  readonly mode: string;
  readonly type: "blob" | "tree" | "commit";
  readonly oid: string;
  /** Bytes of a blob; 0 for anything else. */
  readonly size: number;
}

/** Lists the entries of a tree or of a commit's root, not recursively. */
export async function listTree(git: Git, treeish: string): Promise<readonly TreeEntry[]> {
  const { code, stdout } = await runOnObjects(git, ["ls-tree", "-z", "--long"], [treeish]);
  if (code !== 0) return [];
  return parseEntries(stdout.toString("utf8"));
}

/** Finds one path in a commit; `null` when it does not exist. The empty path is the root. */
export async function readEntry(git: Git, commit: string, path: string): Promise<TreeEntry | null> {
  if (path === "") {
    const oid = await git.text(["rev-parse", `${commit}^{tree}`]);
    return { name: "", mode: "040000", type: "tree", oid, size: 0 };
  }
  const parts = path.split("/");
  let entry: TreeEntry | null = null;
  let treeish = commit;
  for (const part of parts) {
    entry = (await listTree(git, treeish)).find((one) => one.name === part) ?? null;
    if (entry === null) return null;
    treeish = entry.oid;
  }
  return entry;
}

/** Reads the bytes of a blob. */
export async function readBlob(git: Git, oid: string): Promise<Buffer> {
  return (await runOnObjects(git, ["cat-file", "blob"], [oid])).stdout;
}

function parseEntries(text: string): readonly TreeEntry[] {
  return text
    .split("\0")
    .filter((line) => line !== "")
    .map((line) => {
      const [front = "", name = ""] = split(line);
      const [mode = "", type = "", oid = "", size = "-"] = front.split(/ +/);
      return { name, mode, type: type as TreeEntry["type"], oid, size: Number(size) || 0 };
    });
}

function split(line: string): readonly string[] {
  const tab = line.indexOf("\t");
  return [line.slice(0, tab), line.slice(tab + 1)];
}
