import { isGoverned } from "../core/decide/decision-digests.ts";
import type { Change, CommitFacts, MissingFact } from "../core/model/snapshot.ts";
import type { PullRead } from "../ports/forge-reader.ts";
import type { CommitNode, Mirror } from "../ports/mirror.ts";

export interface CommitQuestion {
  readonly base: string;
  readonly read: PullRead;
  readonly changes: readonly Change[];
}

/**
 * Joins git's commits with the accounts the forge resolves. Every commit that git shows must be known to
 * the forge, or it is a missing fact: a contributor nobody looked at could be the approver.
 */
export async function readCommits(
  mirror: Mirror,
  { base, read, changes }: CommitQuestion,
): Promise<{ readonly facts: readonly CommitFacts[]; readonly missing: readonly MissingFact[] }> {
  const nodes = await mirror.commitsBetween(base, read.headOid);
  const paths = changes.map(({ path }) => path).filter(isGoverned);
  const known = new Map(read.commits.map((commit) => [commit.oid, commit]));
  const facts: CommitFacts[] = [];
  const missing: MissingFact[] = [];
  for (const node of nodes) {
    const commit = known.get(node.oid);
    if (commit === undefined) {
      missing.push({
        fact: `commit:${node.oid}`,
        reason: `The forge does not show who wrote commit ${node.oid.slice(0, 8)}.`,
      });
      continue;
    }
    facts.push({
      oid: node.oid,
      parents: node.parents,
      authors: commit.authors,
      committer: commit.committer,
      signedByForge: commit.signedByForge,
      touchesGoverned: await touches(mirror, node, paths),
    });
  }
  return { facts, missing };
}

/** False only when every governed path is exactly as one of the parents had it. */
async function touches(
  mirror: Mirror,
  node: CommitNode,
  paths: readonly string[],
): Promise<boolean> {
  for (const path of paths) {
    const own = await entryKey(mirror, node.oid, path);
    const before = await Promise.all(node.parents.map((parent) => entryKey(mirror, parent, path)));
    if (!before.includes(own)) return true;
  }
  return node.parents.length === 0;
}

async function entryKey(mirror: Mirror, commit: string, path: string): Promise<string> {
  const entry = await mirror.entry(commit, path);
  return entry === null ? "absent" : `${entry.mode} ${entry.oid}`;
}
