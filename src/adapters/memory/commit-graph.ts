import type { CommitNode } from "../../ports/mirror.ts";

/** Questions about who descends from whom, over commits in memory. */
export interface CommitGraph {
  /** The commit itself and all that it descends from. */
  readonly ancestors: (oid: string) => ReadonlySet<string>;
  readonly mergeBase: (a: string, b: string) => string | null;
  readonly between: (base: string, head: string) => readonly CommitNode[];
  readonly firstParents: (from: string | null, to: string) => readonly CommitNode[];
}

/** Builds the questions over `commitAt`, which throws for a commit that is not there. */
export function commitGraph(commitAt: (oid: string) => CommitNode): CommitGraph {
  const ancestors = (oid: string): ReadonlySet<string> => {
    const found = new Set<string>();
    const open = [oid];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (found.has(next)) continue;
      found.add(next);
      open.push(...commitAt(next).parents);
    }
    return found;
  };
  const mergeBase = (a: string, b: string): string | null => {
    const ofB = ancestors(b);
    const common = [...ancestors(a)].filter((oid) => ofB.has(oid));
    const best = common.filter(
      (oid) => !common.some((other) => other !== oid && ancestors(other).has(oid)),
    );
    return best.sort()[0] ?? null;
  };
  const between = (base: string, head: string): readonly CommitNode[] => {
    const done = new Set(ancestors(base));
    const nodes: CommitNode[] = [];
    const visit = (oid: string): void => {
      if (done.has(oid)) return;
      done.add(oid);
      commitAt(oid).parents.forEach(visit);
      nodes.push(nodeOf(commitAt(oid)));
    };
    visit(head);
    return nodes;
  };
  const firstParents = (from: string | null, to: string): readonly CommitNode[] => {
    const before = from === null ? new Set<string>() : ancestors(from);
    const nodes: CommitNode[] = [];
    for (let oid: string | undefined = to; oid !== undefined && !before.has(oid);) {
      const commit = commitAt(oid);
      nodes.unshift(nodeOf(commit));
      oid = commit.parents[0];
    }
    return nodes;
  };
  return { ancestors, mergeBase, between, firstParents };
}

function nodeOf({ oid, parents }: CommitNode): CommitNode {
  return { oid, parents };
}
