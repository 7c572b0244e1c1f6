import { boundedMap } from "../bounded-map.ts";
import type { MirrorReads } from "./mirror-reads.ts";

/** How many answers of each kind are kept: those of some hundred pull requests that are looked at again and again. */
const most = 4_096;

/**
 * Remembers what a mirror answered about commits: an object id stands for its bytes for ever, and each of these answers costs a
 * process of git. That an object is missing is not remembered, because a fetch brings it, and neither is a failure.
 */
export function rememberedReads(reads: MirrorReads): MirrorReads {
  const present = boundedMap<string, true>(most);
  const mergeBase = remembered(reads.mergeBase);
  const isAncestor = remembered(reads.isAncestor);
  const changes = remembered(reads.changes);
  const commitsBetween = remembered(reads.commitsBetween);
  const firstParents = remembered(reads.firstParents, mostWalks);
  return {
    ...reads,
    mergeBase,
    isAncestor,
    changes,
    commitsBetween,
    firstParents,
    async has(oid) {
      if (present.get(oid) === true) return true;
      const isHere = await reads.has(oid);
      if (isHere) present.set(oid, true);
      return isHere;
    },
  };
}

/** Walks along the branch are as long as its history: only the newest are asked for again. */
const mostWalks = 8;

function remembered<A extends string | null, T>(
  ask: (a: A, b: string) => Promise<T>,
  answersKept = most,
): (a: A, b: string) => Promise<T> {
  const answers = boundedMap<string, T>(answersKept);
  return async (a, b) => {
    const key = `${a ?? "root"} ${b}`;
    const known = answers.get(key);
    if (known !== undefined) return known;
    const answer = await ask(a, b);
    answers.set(key, answer);
    return answer;
  };
}
