import { isGoverned } from "../core/decide/decision-digests.ts";
import type { Change, CommitFacts, MissingFact } from "../core/model/snapshot.ts";
import type { PullRead } from "../ports/forge-reader.ts";
import type { CommitNode, Mirror, TreeChange } from "../ports/mirror.ts";

export interface CommitQuestion {
  readonly base: string;
  readonly read: PullRead;
  readonly changes: readonly Change[];
}

/** More commits than this in one PR are not looked at. */
const mostCommits = 1_000;

/**
 * Joins git's commits with the accounts the forge resolves. Every commit that git shows must be known to
 * the forge, or it is a missing fact: a contributor nobody looked at could be the approver.
 */
export async function readCommits(
  mirror: Mirror,
  { base, read, changes }: CommitQuestion,
): Promise<{ readonly facts: readonly CommitFacts[]; readonly missing: readonly MissingFact[] }> {
  const all = await mirror.commitsBetween(base, read.headOid);
  const nodes = all.slice(-mostCommits);
  const known = new Map(read.commits.map((commit) => [commit.oid, commit]));
  const touching = changes.some(({ path }) => isGoverned(path))
    ? await governedCommits(mirror, nodes)
    : new Set<string>();
  const facts: CommitFacts[] = [];
  const missing: MissingFact[] = [];
  if (all.length > nodes.length) {
    missing.push({ fact: "commits", reason: `${all.length} commits are too many.` });
  }
  for (const { oid, parents } of nodes) {
    const commit = known.get(oid);
    if (commit === undefined) {
      missing.push({
        fact: `commit:${oid}`,
        reason: `The forge does not show who wrote commit ${oid.slice(0, 8)}.`,
      });
      continue;
    }
    const { authors, committer, signedByForge } = commit;
    const touchesGoverned = touching.has(oid) || parents.length === 0;
    facts.push({ oid, parents, authors, committer, signedByForge, touchesGoverned });
  }
  return { facts, missing };
}

/**
 * Finds the commits that add somebody: those after which a governed path, whether or not it outlives the branch, is as
 * none of the parents had it; and those that put the same bytes elsewhere, to be moved by another hand.
 */
async function governedCommits(
  mirror: Mirror,
  nodes: readonly CommitNode[],
): Promise<ReadonlySet<string>> {
  const written = new Map<string, readonly TreeChange[]>();
  for (const node of nodes) written.set(node.oid, await writtenBy(mirror, node));
  const blobs = new Set(
    [...written.values()].flatMap((changes) =>
      changes.flatMap(({ path, oidAfter }) => (isGoverned(path) ? [oidAfter] : [])),
    ),
  );
  blobs.delete(null);
  const touches = ({ path, oidAfter }: TreeChange): boolean =>
    isGoverned(path) || blobs.has(oidAfter);
  return new Set([...written].filter(([, changes]) => changes.some(touches)).map(([oid]) => oid));
}

/** What differs from every parent: a merge that takes each path from one of them writes nothing. */
async function writtenBy(
  mirror: Mirror,
  { oid, parents }: CommitNode,
): Promise<readonly TreeChange[]> {
  const [first = [], ...others] = await Promise.all(
    parents.map((parent) => mirror.changes(parent, oid)),
  );
  const paths = others.map((changes) => new Set(changes.map(({ path }) => path)));
  return first.filter(({ path }) => paths.every((known) => known.has(path)));
}
