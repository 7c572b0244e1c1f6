import type { LedgerView } from "../core/attest/ledger-view.ts";
import { classifyPull } from "../core/evaluate/pull-kind.ts";
import { isGoverned } from "../core/decide/decision-digests.ts";
import type { Change, MissingFact, Snapshot } from "../core/model/snapshot.ts";
import type { ForgeReader, PullRead } from "../ports/forge-reader.ts";
import type { IncidentSource } from "../ports/incident-source.ts";
import type { Mirror } from "../ports/mirror.ts";
import { branchHistory } from "./branch-history.ts";
import { governanceFiles, governanceMismatch } from "./governance-files.ts";
import { governanceProvenance } from "./governance-provenance.ts";
import { ledgerFacts } from "./ledger-facts.ts";
import { openingGovernance } from "./opening-governance.ts";
import { readChanges } from "./read-changes.ts";
import { readIncident } from "./read-incident.ts";
import { readCommits } from "./read-commits.ts";
import { readPushes } from "./read-pushes.ts";
import { requestQuestion } from "./request-question.ts";
import { teamsNamed } from "./teams-named.ts";
import { wellFormed } from "./well-formed.ts";

/** Where the facts of a decision come from; gate and executor each bring their own. */
export interface FactSources {
  readonly forge: ForgeReader;
  readonly mirror: Mirror;
  readonly ledger: LedgerView;
  /** Where incidents are tracked: an emergency names one. */
  readonly incidents: IncidentSource;
  readonly governedBranch: string;
}

/**
 * Reads one snapshot of a pull request (the policy information point). People, reviews and events come
 * from the forge, bytes and modes from git, observations from the ledger; where two sources speak of the
 * same thing they must agree, or the fact is missing and the decision indeterminate. Throws ForgeUnavailable,
 * MirrorUnreachable (worth a retry), ForgeRefused (not).
 */
export async function readSnapshot(sources: FactSources, pull: number): Promise<Snapshot> {
  const { mirror, ledger, governedBranch } = sources;
  const read = await readWithTeams(sources, pull);
  await bring(mirror, [read.headOid, read.governance.tip]);

  const base = await baseOf(mirror, read);
  const mergeBase = base === null ? null : await mirror.mergeBase(base, read.headOid);
  if (base === null || mergeBase === null) {
    return unreadable(read, sources, "The head has no history in common with the branch.");
  }
  const isMerged = read.mergeCommit !== null;
  if (!isMerged && !(await isOnlyBase(mirror, { base, mergeBase, head: read.headOid }))) {
    const reason =
      "The head and the branch have several merge bases: put the change on a new branch.";
    return unreadable(read, sources, reason);
  }
  const difference = await readChanges(mirror, mergeBase, read.headOid);
  const { changes } = difference;
  const tip = governanceCommit(read, base, changes);
  const files = await governanceFiles(mirror, tip);
  const history = await branchHistory(sources, read);
  const heads = history.readable;
  const commits = await readCommits(sources, { base, heads, read, changes });
  const pushes = await readPushes(mirror, {
    base,
    pushes: history.pushes,
    commits: commits.facts,
  });
  const request = requestQuestion({ ...read, changes }, files);
  const opening = await openingGovernance(mirror, ledger, { tip, request, pull: read.number });
  return {
    format: 3,
    repository: { ...read.repository, governedBranch },
    pull: {
      ...pullFacts(read),
      mergeBase,
      commits: commits.facts,
      heads: history.heads,
      pushes,
      changes,
    },
    governance: {
      tip,
      files,
      provenance: await governanceProvenance(mirror, ledger, tip),
      opening: opening.governance,
    },
    teams: read.teams,
    ledger: ledgerFacts(ledger, { pull: read.number, changes, request }),
    incident: await readIncident(sources.incidents, { pull: read.number, changes, files, ledger }),
    missing: [
      ...read.missing,
      ...history.missing,
      ...commits.missing,
      ...opening.missing,
      ...difference.missing,
      ...pathMismatch(read, difference.paths),
      ...(isMerged ? [] : await changedMeanwhile(mirror, { base, mergeBase, changes })),
      ...(await governanceMismatch(mirror, read)),
    ],
  };
}

async function readWithTeams(
  { forge, mirror, governedBranch }: FactSources,
  pull: number,
): Promise<PullRead> {
  const tip = await mirror.tip(governedBranch);
  const guess = tip === null ? [] : teamsNamed(await governanceFiles(mirror, tip));
  const first = wellFormed(await forge.readPull(pull, guess));
  await bring(mirror, [first.governance.tip]);
  // A change of governance that was merged is judged by the teams of before, which it may have taken away.
  const before = first.mergeCommit === null ? null : await baseOf(mirror, first);
  const states = [first.governance.tip, ...(before === null ? [] : [before])];
  const files = await Promise.all(states.map((commit) => governanceFiles(mirror, commit)));
  const named = [...new Set(files.flatMap(teamsNamed))].sort();
  if (named.every((team) => guess.includes(team))) return first;
  return wellFormed(await forge.readPull(pull, named));
}

/** Fetches when one of the objects is not here yet; a fetch costs nothing on the forge's API budget. */
async function bring(mirror: Mirror, oids: readonly string[]): Promise<void> {
  for (const oid of oids) {
    if (!(await mirror.has(oid))) {
      await mirror.fetch();
      return;
    }
  }
}

/** What the head is compared with: the tip, or for a merged PR the first parent of its merge. */
async function baseOf(mirror: Mirror, read: PullRead): Promise<string | null> {
  const head = await mirror.has(read.headOid);
  if (!head || !(await mirror.has(read.governance.tip))) return null;
  if (read.mergeCommit === null) return read.governance.tip;
  await bring(mirror, [read.mergeCommit]);
  if (!(await mirror.has(read.mergeCommit))) return null;
  const since = await mirror.commitsBetween(read.headOid, read.mergeCommit);
  return since.find(({ oid }) => oid === read.mergeCommit)?.parents[0] ?? null;
}

/**
 * Says whether the merge base is the only one. With several the difference from one of them can hide what a merge would
 * change: then every commit of the head that the branch has too is not behind that one.
 */
async function isOnlyBase(
  mirror: Mirror,
  { base, mergeBase, head }: { base: string; mergeBase: string; head: string },
): Promise<boolean> {
  const [own, since] = await Promise.all([
    mirror.commitsBetween(base, head),
    mirror.commitsBetween(mergeBase, head),
  ]);
  return own.length === since.length;
}

/**
 * Names every governed file that the PR changes and the branch has changed since: their merge would have bytes that
 * nobody saw and no rule judged.
 */
async function changedMeanwhile(
  mirror: Mirror,
  { base, mergeBase, changes }: { base: string; mergeBase: string; changes: readonly Change[] },
): Promise<readonly MissingFact[]> {
  const missing: MissingFact[] = [];
  for (const { path } of changes.filter((change) => isGoverned(change.path))) {
    const [then, now] = await Promise.all([
      mirror.entry(mergeBase, path),
      mirror.entry(base, path),
    ]);
    if (then?.oid === now?.oid && then?.mode === now?.mode) continue;
    const reason = `${path} was changed on the branch meanwhile: merge the branch into the head.`;
    missing.push({ fact: `path:${path}`, reason });
  }
  return missing;
}

/**
 * Governance is read at the tip of the branch. A change of governance that was merged is judged by the
 * governance it changed, not by what it made of it.
 */
function governanceCommit(read: PullRead, base: string, changes: readonly Change[]): string {
  const isMergedPolicy = read.mergeCommit !== null && classifyPull(changes).kind === "policy";
  return isMergedPolicy ? base : read.governance.tip;
}

function pullFacts(
  read: PullRead,
): Omit<Snapshot["pull"], "mergeBase" | "commits" | "heads" | "pushes" | "changes"> {
  return {
    number: read.number,
    state: read.state,
    draft: read.draft,
    crossRepository: read.crossRepository,
    author: read.author,
    createdAt: read.createdAt,
    baseRef: read.baseRef,
    headRef: read.headRef,
    headOid: read.headOid,
    mergedAt: read.mergedAt,
    mergeCommit: read.mergeCommit,
    reviews: read.reviews,
    events: read.events,
  };
}

function pathMismatch(read: PullRead, known: ReadonlySet<string>): readonly MissingFact[] {
  const strange = read.paths.find((path) => !known.has(path));
  if (strange === undefined) return [];
  return [{ fact: `path:${strange}`, reason: `The forge lists ${strange}, git does not.` }];
}

/** A snapshot that can only deny, so that even this refusal is evidence. */
function unreadable(
  read: PullRead,
  { governedBranch, ledger }: FactSources,
  reason: string,
): Snapshot {
  return {
    format: 3,
    repository: { ...read.repository, governedBranch },
    pull: {
      ...pullFacts(read),
      mergeBase: read.headOid,
      commits: [],
      heads: [read.headOid],
      pushes: [],
      changes: [],
    },
    governance: {
      tip: read.governance.tip,
      files: [],
      provenance: { status: "broken", commit: read.governance.tip, reason },
      opening: null,
    },
    teams: read.teams,
    ledger: ledgerFacts(ledger, { pull: read.number, changes: [], request: null }),
    incident: null,
    missing: [...read.missing, { fact: `commit:${read.headOid}`, reason }],
  };
}
