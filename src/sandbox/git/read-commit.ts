import { printInstant } from "../world/instant.ts";
import type { Git } from "./run-git.ts";

/** A commit object as git stores it. */
export interface GitCommit {
  readonly oid: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: GitPerson;
  readonly committer: GitPerson;
  readonly message: string;
}

/** A name in a commit; `date` in UTC. */
export interface GitPerson {
  readonly name: string;
  readonly email: string;
  readonly date: string;
}

const known = new WeakMap<Git, Map<string, GitCommit>>();

/** Reads a commit by its oid; `null` when it does not exist or is something else. */
export async function readCommit(git: Git, oid: string): Promise<GitCommit | null> {
  const cache = known.get(git) ?? new Map<string, GitCommit>();
  known.set(git, cache);
  const cached = cache.get(oid);
  if (cached !== undefined) return cached;
  const { code, stdout } = await git.run(["cat-file", "commit", oid]);
  if (code !== 0) return null;
  const commit = parseCommit(oid, stdout.toString("utf8"));
  cache.set(oid, commit);
  return commit;
}

/** Reads a commit that must exist. */
export async function needCommit(git: Git, oid: string): Promise<GitCommit> {
  const commit = await readCommit(git, oid);
  if (commit === null) throw new Error(`The repository has no commit ${oid}.`);
  return commit;
}

/** Lists the co-authors named in the trailers of a message, in order. */
export function coAuthors(message: string): readonly { name: string; email: string }[] {
  const found = message.matchAll(/^co-authored-by:[ \t]*([^<\n]*)<([^>\n]*)>[ \t]*$/gim);
  return [...found].map((match) => ({ name: (match[1] ?? "").trim(), email: match[2] ?? "" }));
}

function parseCommit(oid: string, raw: string): GitCommit {
  const end = raw.indexOf("\n\n");
  const headers = raw.slice(0, end < 0 ? raw.length : end).split("\n");
  const values = (key: string): readonly string[] =>
    headers.filter((line) => line.startsWith(`${key} `)).map((line) => line.slice(key.length + 1));
  return {
    oid,
    tree: values("tree")[0] ?? "",
    parents: values("parent"),
    author: parsePerson(values("author")[0] ?? ""),
    committer: parsePerson(values("committer")[0] ?? ""),
    message: end < 0 ? "" : raw.slice(end + 2),
  };
}

function parsePerson(line: string): GitPerson {
  const match = /^(.*?) ?<([^>]*)> (-?\d+) [+-]\d{4}$/.exec(line);
  const seconds = Number(match?.[3] ?? 0);
  return {
    name: match?.[1] ?? "",
    email: match?.[2] ?? "",
    date: printInstant(new Date(seconds * 1000)),
  };
}
