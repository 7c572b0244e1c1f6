import { ledgerStory } from "./ledger-story.ts";
import { entriesOf, entryByDigest } from "../core/attest/ledger-view.ts";
import type { LedgerView } from "../core/attest/ledger-view.ts";
import { isSameFingerprint } from "../core/evaluate/fingerprint.ts";
import type { Entry, EntryOf } from "../core/model/entry.ts";
import type { Fingerprint } from "../core/model/fingerprint.ts";

/** One request and every entry of both ledgers that is about it. */
export interface RequestTimeline {
  readonly request: string;
  /** The pull request that used the name first: the name is its own (design.md §2). */
  readonly pull: number;
  readonly path: string;
  /** In the order in which they came about. */
  readonly entries: readonly Entry[];
  /** The same access asked for in other pull requests: what was denied there counts here. */
  readonly linked: readonly EntryOf<"request">[];
}

/**
 * Collects what the ledgers hold about a request: by its name, its pull request and those that remove its file, the branch it
 * was pushed to, its grant, its merge. Returns `null` when nobody ever asked under that name.
 */
export function requestTimeline(view: LedgerView, request: string): RequestTimeline | null {
  const opened = entriesOf(view, "request").find(({ result }) => result.name === request);
  if (opened === undefined) return null;
  const subject = subjectOf(view, opened);
  const own = [...view.decisions, ...view.executions].filter((entry) => isAbout(entry, subject));
  const violations = new Set(own.filter(({ type }) => type === "violation").map(({ seq }) => seq));
  // A violation can be cleared from any pull request: it is named by its number.
  const clearings = entriesOf(view, "command").filter(
    ({ result: { effect } }) => effect?.kind === "clearing" && violations.has(effect.violation),
  );
  return {
    request,
    pull: subject.pull,
    path: opened.inputs.path,
    entries: ledgerStory([...new Set<Entry>([...own, ...clearings])]),
    linked: entriesOf(view, "request").filter(
      ({ inputs, result }) =>
        inputs.pull !== subject.pull &&
        result.name !== request &&
        subject.fingerprints.some(
          (one) => result.fingerprint !== null && isSameFingerprint(one, result.fingerprint),
        ),
    ),
  };
}

interface Subject {
  readonly request: string;
  readonly path: string;
  readonly pull: number;
  readonly fingerprints: readonly Fingerprint[];
  /** Its own pull request, and those that remove its file. */
  readonly pulls: ReadonlySet<number>;
  /** The branch of its pull request with every head that it had; `null` for a fork, whose branches are not ours. */
  readonly branches: ReadonlyMap<string, ReadonlySet<string>>;
  /** Digests of the statements that put it onto the governed branch, and the commits that did. */
  readonly commits: ReadonlySet<string>;
}

function subjectOf(view: LedgerView, opened: EntryOf<"request">): Subject {
  const { pull } = opened.inputs;
  const request = opened.result.name;
  const decisions = entriesOf(view, "decision");
  const removals = decisions
    .filter(({ result }) => result.decision.removes.includes(request))
    .map(({ result }) => result.decision.pull);
  const reverts = entriesOf(view, "revert")
    .filter(({ inputs }) => inputs.request === request)
    .map(({ result }) => result.pull);
  const merges = entriesOf(view, "merge").filter(
    ({ inputs, result }) =>
      inputs.pull === pull && result.kind === "request" && result.requests.includes(request),
  );
  const snapshots = decisions
    .map(({ inputs }) => inputs.snapshot.pull)
    .filter(({ number, crossRepository }) => number === pull && !crossRepository);
  return {
    request,
    path: opened.inputs.path,
    pull,
    fingerprints: entriesOf(view, "request").flatMap(({ inputs, result }) =>
      inputs.pull === pull && result.name === request && result.fingerprint !== null
        ? [result.fingerprint]
        : [],
    ),
    pulls: new Set([pull, ...removals, ...reverts]),
    branches: new Map(
      [...Map.groupBy(snapshots, ({ headRef }) => headRef)].map(([branch, same]) => [
        branch,
        new Set(same.flatMap(({ heads }) => heads)),
      ]),
    ),
    commits: new Set(merges.map(({ inputs }) => inputs.mergeCommit)),
  };
}

function isAbout(entry: Entry, subject: Subject): boolean {
  const { request, pulls } = subject;
  switch (entry.type) {
    case "trust-root":
    case "checkpoint":
      return false;
    // About what a target holds, which no request explains.
    case "drift-baseline":
    case "drift":
    case "drift-outcome":
      return false;
    case "request":
      return entry.result.name === request || entry.inputs.pull === subject.pull;
    case "push-observed":
      return subject.branches.get(entry.inputs.branch)?.has(entry.inputs.after ?? "") ?? false;
    case "decision": {
      const { pull, request: decided, removes } = entry.result.decision;
      return pulls.has(pull) || decided?.name === request || removes.includes(request);
    }
    case "merge":
      return pulls.has(entry.inputs.pull) || entry.result.requests.includes(request);
    case "approval-observed":
    case "review-changed":
    case "command":
      return pulls.has(entry.inputs.pull);
    case "violation": {
      const { pull, commit, request: named, paths } = entry.inputs;
      return (
        named === request ||
        (pull !== null && pulls.has(pull)) ||
        (commit !== null && subject.commits.has(commit)) ||
        paths.includes(subject.path)
      );
    }
    case "ending":
    case "expired-unapproved":
    case "chain-step":
    case "review-opened":
    case "lapsed":
    case "revert":
    case "grant-failed":
      return entry.inputs.request === request;
    case "grant-intent":
      return entry.result.grant.request === request;
    case "grant":
    case "revoke-intent":
    case "revoke":
    case "revoke-failed":
    case "externally-removed":
    case "usage":
    case "nothing-to-do":
      return entry.inputs.grant.request === request;
  }
}

/** Finds the entry by which the file of a request came onto the governed branch; `null` when it did not. */
export function mergeOf({ request, pull, entries }: RequestTimeline): EntryOf<"merge"> | null {
  const merges = entries.filter((entry) => entry.type === "merge");
  const own = merges.find(
    ({ inputs, result }) =>
      inputs.pull === pull && result.kind === "request" && result.requests.includes(request),
  );
  return own ?? null;
}

/** Finds the decision that a request was merged by, else the newest on its pull request that could read it. */
export function decisionOn(
  view: LedgerView,
  timeline: RequestTimeline,
): EntryOf<"decision"> | null {
  const { request, pull } = timeline;
  const merged = entryByDigest(view, "decision", mergeOf(timeline)?.inputs.decision ?? "");
  const isOwn = ({ result: { decision } }: EntryOf<"decision">): boolean =>
    decision.pull === pull && decision.request?.name === request;
  return merged ?? entriesOf(view, "decision").findLast(isOwn) ?? null;
}
