import type { Account } from "../core/model/account.ts";
import type { ForgePush } from "../ports/forge-reader.ts";
import type { CommitNode, Mirror } from "../ports/mirror.ts";
import type { Gate } from "./gate.ts";
import type { PushSighting } from "./sighting.ts";

/** One movement of the governed branch, from whatever showed it. */
type Movement = Pick<ForgePush, "before" | "after" | "actor">;

/** The people of more commits than this are not looked up. */
const mostCommits = 200;

/** Reads every movement of the governed branch that the forge or a webhook shows, oldest first. */
export async function movementsOf(
  { reader, governedBranch }: Gate,
  seen: readonly PushSighting[],
): Promise<readonly Movement[]> {
  return [...((await reader.pushes(governedBranch)) ?? []), ...seen];
}

/**
 * Names who had a part in a commit that came to be on the governed branch: who moved the branch there, and who the forge says wrote
 * it and what it brought. `null` when nobody is shown to have moved it, or it brought more than can be looked up: then somebody
 * who had a part is not known. An author whose address belongs to no account is left out: addresses are anybody's to write.
 */
export async function whoBrought(
  { mirror, reader }: Gate,
  { oid, parents }: CommitNode,
  movements: readonly Movement[],
): Promise<readonly Account[] | null> {
  const pusher = await newestMover(movements, async ({ before, after }) => {
    if (!(await reaches(mirror, after, oid))) return false;
    return !(await reaches(mirror, before, oid));
  });
  const [first] = parents;
  const brought = first === undefined ? [] : await mirror.commitsBetween(first, oid);
  if (pusher === null || brought.length > mostCommits) return null;
  const commits = await reader.commits(brought.map((commit) => commit.oid));
  const people = commits.flatMap(({ authors, committer }) => [...authors, committer]);
  return distinct([pusher, ...people.flatMap(({ account }) => account ?? [])]);
}

/** Names who moved the governed branch so that a commit is no longer on it; `null` when nobody is shown to have. */
export async function whoTookAway(
  { mirror }: Gate,
  oid: string,
  movements: readonly Movement[],
): Promise<readonly Account[] | null> {
  const pusher = await newestMover(movements, async ({ before, after }) => {
    if (!(await reaches(mirror, before, oid))) return false;
    return !(await reaches(mirror, after, oid));
  });
  return pusher === null ? null : [pusher];
}

/** The newest movement of that kind says who did it; a ghost is nobody who is known. */
async function newestMover(
  movements: readonly Movement[],
  isIt: (movement: Movement) => Promise<boolean>,
): Promise<Account | null> {
  for (const movement of movements.toReversed()) {
    if (await isIt(movement)) return movement.actor;
  }
  return null;
}

async function reaches(mirror: Mirror, head: string | null, oid: string): Promise<boolean> {
  if (head === null || !(await mirror.has(head)) || !(await mirror.has(oid))) return false;
  return mirror.isAncestor(oid, head);
}

function distinct(accounts: readonly Account[]): readonly Account[] {
  return [...new Map(accounts.map((account) => [account.id, account])).values()];
}
