import type { LedgerView } from "../core/attest/ledger-view.ts";
import { entriesOf } from "../core/attest/ledger-view.ts";
import type { Account } from "../core/model/account.ts";
import type { MissingFact } from "../core/model/snapshot.ts";
import type { ForgePush, ForgeReader, PullRead } from "../ports/forge-reader.ts";
import type { Mirror } from "../ports/mirror.ts";

/** Every head that a PR ever had, and who moved its branch. */
export interface BranchHistory {
  /** Sorted; the present head is among them. */
  readonly heads: readonly string[];
  /** Those of them that are here to be read. */
  readonly readable: readonly string[];
  /** Oldest first. */
  readonly pushes: readonly ForgePush[];
  readonly missing: readonly MissingFact[];
}

/** More heads than this in one PR are not looked at. */
const mostHeads = 100;

/**
 * Collects the heads of a PR from all that shows any: the forge's activity on its branch, the webhooks that were recorded, the
 * force-pushes of its timeline, and earlier decisions. Brings each here, also those that no branch holds any more; one that is
 * gone is named in `missing`, because who wrote it could be the approver.
 */
export async function branchHistory(
  { forge, mirror, ledger }: { forge: ForgeReader; mirror: Mirror; ledger: LedgerView },
  read: PullRead,
): Promise<BranchHistory> {
  const own = ownHeads(ledger, read);
  const all = read.crossRepository ? [] : await pushesOf(forge, ledger, read);
  // Whoever pushes to the branch after the merge has no part in what was merged.
  const pushes = all.filter(({ after, at }) => isInTime(read, at) || own.has(after ?? ""));
  const shown = pushes.flatMap(({ after }) => (after === null ? [] : [after]));
  const known = [...new Set([...own, ...shown])].sort();
  // The present head is always looked at, whatever else is too much.
  const heads = [...new Set([read.headOid, ...known])].slice(0, mostHeads).sort();
  await mirror.fetchCommits(await absent(mirror, heads));
  const gone = await absent(mirror, heads);
  const readable = heads.filter((oid) => !gone.includes(oid));
  const missing = gone.map((oid) => ({
    fact: `commit:${oid}`,
    reason: `The earlier head ${oid.slice(0, 8)} is gone: open a new pull request.`,
  }));
  if (heads.length === known.length) return { heads, readable, pushes, missing };
  const reason = `${known.length} heads are too many: open a new pull request.`;
  return { heads, readable, pushes, missing: [...missing, { fact: "heads", reason }] };
}

/** Heads that the PR itself had, by its timeline and by earlier decisions. */
function ownHeads(ledger: LedgerView, { number, headOid, events }: PullRead): ReadonlySet<string> {
  const timeline = events.flatMap(({ heads }) => [heads?.before ?? null, heads?.after ?? null]);
  const decided = entriesOf(ledger, "decision")
    .filter(({ result }) => result.decision.pull === number)
    .map(({ result }) => result.decision.head);
  return new Set([headOid, ...timeline.filter((oid) => oid !== null), ...decided]);
}

function isInTime({ mergedAt }: PullRead, at: string): boolean {
  return mergedAt === null || Date.parse(at) <= Date.parse(mergedAt);
}

/** Pushes of the branch's present life: since it was last deleted before the PR was opened. */
async function pushesOf(
  forge: ForgeReader,
  ledger: LedgerView,
  { headRef, createdAt }: PullRead,
): Promise<readonly ForgePush[]> {
  const observed = entriesOf(ledger, "push-observed")
    .filter(({ inputs }) => inputs.branch === headRef)
    .map(({ inputs: { before, after, actor, at } }) => ({ before, after, actor, at }));
  const known = new Map<string, ForgePush>();
  for (const push of [...((await forge.pushes(headRef)) ?? []), ...observed]) {
    const key = `${push.before ?? ""} ${push.after ?? ""} ${idOf(push.actor)}`;
    if (!known.has(key)) known.set(key, push);
  }
  const all = [...known.values()].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const lastEnd = all.findLastIndex(
    ({ after, at }) => after === null && Date.parse(at) < Date.parse(createdAt),
  );
  return all.slice(lastEnd + 1);
}

function idOf(actor: Account | null): string {
  return actor === null ? "ghost" : String(actor.id);
}

async function absent(mirror: Mirror, oids: readonly string[]): Promise<readonly string[]> {
  const here = await Promise.all(oids.map((oid) => mirror.has(oid)));
  return oids.filter((_, at) => here[at] !== true);
}
