import { isGoverned } from "../core/decide/decision-digests.ts";
import type { Change, CommitFacts, MissingFact } from "../core/model/snapshot.ts";
import type { ForgeCommit, ForgeReader, PullRead } from "../ports/forge-reader.ts";
import type { CommitNode, Mirror, TreeChange } from "../ports/mirror.ts";

export interface CommitQuestion {
  readonly base: string;
  /** Every head the PR ever had that is here; the present one is `read.headOid`. */
  readonly heads: readonly string[];
  readonly read: PullRead;
  readonly changes: readonly Change[];
}

/** More commits than this in one PR are not looked at. */
const mostCommits = 1_000;

/**
 * Joins git's commits of every head with the accounts the forge resolves. Every commit that git shows must be known to
 * the forge, or it is a missing fact: a contributor nobody looked at could be the approver.
 */
export async function readCommits(
  { mirror, forge }: { readonly mirror: Mirror; readonly forge: ForgeReader },
  { base, heads, read, changes }: CommitQuestion,
): Promise<{ readonly facts: readonly CommitFacts[]; readonly missing: readonly MissingFact[] }> {
  const all = await commitsOfHeads(mirror, base, heads);
  const nodes = all.slice(-mostCommits);
  const known = await knownCommits(forge, read, nodes);
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

/** The commits of each head that the base has not, each once. */
async function commitsOfHeads(
  mirror: Mirror,
  base: string,
  heads: readonly string[],
): Promise<readonly CommitNode[]> {
  const nodes = new Map<string, CommitNode>();
  for (const head of heads) {
    for (const node of await mirror.commitsBetween(base, head)) nodes.set(node.oid, node);
  }
  return [...nodes.values()];
}

/** The present commits come with the PR; those of earlier heads are asked for. */
async function knownCommits(
  forge: ForgeReader,
  read: PullRead,
  nodes: readonly CommitNode[],
): Promise<ReadonlyMap<string, ForgeCommit>> {
  const known = new Map(read.commits.map((commit) => [commit.oid, commit]));
  const unknown = nodes.map(({ oid }) => oid).filter((oid) => !known.has(oid));
  if (unknown.length === 0) return known;
  for (const commit of await forge.commits(unknown)) known.set(commit.oid, commit);
  return known;
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
