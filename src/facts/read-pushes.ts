import { contentDigest } from "../core/decide/content-digest.ts";
import { isGoverned } from "../core/decide/decision-digests.ts";
import type { CommitFacts, PushFacts } from "../core/model/snapshot.ts";
import type { ForgePush } from "../ports/forge-reader.ts";
import type { Mirror } from "../ports/mirror.ts";
import { readChanges } from "./read-changes.ts";

export interface PushQuestion {
  readonly base: string;
  readonly pushes: readonly ForgePush[];
  /** Commits of every head, with what they touch. */
  readonly commits: readonly CommitFacts[];
}

/**
 * Tells of every push whether it adds somebody: it brought a commit that touches governed bytes, or the branch shows other
 * governed content than before, as after a force-push back to an older commit. Whatever cannot be looked at does.
 */
export async function readPushes(
  mirror: Mirror,
  { base, pushes, commits }: PushQuestion,
): Promise<readonly PushFacts[]> {
  const touching = new Set(
    commits.filter(({ touchesGoverned }) => touchesGoverned).map(({ oid }) => oid),
  );
  const states = new Map<string, HeadState>();
  const stateOf = async (oid: string | null): Promise<HeadState> => {
    if (oid === null) return nothing;
    const known = states.get(oid) ?? (await headState(mirror, base, oid));
    states.set(oid, known);
    return known;
  };
  const facts: PushFacts[] = [];
  for (const { before, after, at, actor } of pushes) {
    const was = await stateOf(before);
    const is = await stateOf(after);
    const brought = [...is.commits].some((oid) => touching.has(oid) && !was.commits.has(oid));
    const touchesGoverned = after !== null && (brought || is.content !== was.content);
    facts.push({ before, after, at, actor, touchesGoverned });
  }
  return facts;
}

interface HeadState {
  readonly commits: ReadonlySet<string>;
  readonly content: string | null;
}

const nothing: HeadState = { commits: new Set(), content: null };

async function headState(mirror: Mirror, base: string, oid: string): Promise<HeadState> {
  const unknown = { commits: new Set<string>(), content: `unknown:${oid}` };
  if (!(await mirror.has(oid))) return unknown;
  const from = await mirror.mergeBase(base, oid);
  if (from === null) return unknown;
  const commits = await mirror.commitsBetween(base, oid);
  const { changes } = await readChanges(mirror, from, oid);
  return {
    commits: new Set(commits.map((commit) => commit.oid)),
    content: contentDigest(changes, isGoverned),
  };
}
