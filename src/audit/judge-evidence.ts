import type { ChainProblem } from "../core/attest/chain-problem.ts";
import { emptyView, extendView } from "../core/attest/ledger-view.ts";
import type { LedgerView } from "../core/attest/ledger-view.ts";
import type { Entry } from "../core/model/entry.ts";
import type { AuditFinding } from "./audit-report.ts";
import { chainFinding } from "./chain-finding.ts";
import { foldFindings, reportedLosses } from "./fold-findings.ts";
import type { Link } from "./fold-findings.ts";
import type { LedgersRead } from "./read-ledgers.ts";

/**
 * Judges the ledgers by themselves and by the rules, and puts beneath each fault what follows from it: a
 * finding that is there, or is not, only because a signed entry is not believed. What the rules say is said
 * about the entries that verified; those that did not are only ever the explanation.
 */
export function judgeEvidence(
  ledgers: LedgersRead,
  outside: readonly AuditFinding[],
  judged: (view: LedgerView) => readonly AuditFinding[],
): readonly AuditFinding[] {
  const { problems, peers, explained, losses } = ledgers;
  const reported = new Map(
    [...problems, ...peers]
      .filter(({ code }) => code !== "unknown-type")
      .map((problem) => [problem, chainFinding(problem)]),
  );
  const chain = [...reported.values()];
  const own = judged(ledgers.view);
  const links: Link[] = [
    ...explained.flatMap(({ problem, by }): readonly Link[] => {
      const cause = reported.get(by);
      return cause === undefined ? [] : [{ consequence: chainFinding(problem), cause }];
    }),
    ...withoutRoot(chain),
    ...onlyMoved(reported),
    ...unbelievedLinks(ledgers, chain, own, judged),
  ];
  return foldFindings([...chain, ...outside, ...own], links, reportedLosses(losses, reported));
}

/** Without a first trust root nothing of the other ledger can be verified either. */
function withoutRoot(chain: readonly AuditFinding[]): readonly Link[] {
  const cause = chain.find(({ code, branch }) => {
    return branch === "audit/decisions" && code.startsWith("trust-root-");
  });
  return chain.flatMap((consequence) =>
    cause !== undefined &&
    consequence.branch === "audit/executions" &&
    consequence.code === "trust-root-missing"
      ? [{ consequence, cause }]
      : [],
  );
}

/** What is missing in one place and stands in another was moved, and is not missing. */
function onlyMoved(reported: ReadonlyMap<ChainProblem, AuditFinding>): readonly Link[] {
  const moved = [...reported].filter(([{ code }]) => code === "entry-moved");
  return [...reported].flatMap(([{ branch, seq, lost, code }, consequence]): readonly Link[] => {
    if (code !== "entry-missing" || lost === undefined) return [];
    const back = moved.filter(
      ([one]) => one.branch === branch && one.seq >= seq - lost.count && one.seq < seq,
    );
    const [, cause] = back[0] ?? [];
    const isAll = new Set(back.map(([one]) => one.seq)).size === lost.count;
    return isAll && cause !== undefined ? [{ consequence, cause }] : [];
  });
}

/** Beyond so many entries, each is not judged by itself any more: all that follows is put beneath the first. */
const mostByThemselves = 16;

function unbelievedLinks(
  { unbelieved, view }: LedgersRead,
  chain: readonly AuditFinding[],
  own: readonly AuditFinding[],
  judged: (view: LedgerView) => readonly AuditFinding[],
): readonly Link[] {
  if (unbelieved.length === 0) return [];
  const byCommit = new Map([...chain].reverse().map((finding) => [finding.commit, finding]));
  const causeOf = (entry: Entry) => byCommit.get(entry.commit);
  const first = unbelieved.map(causeOf).find((cause) => cause !== undefined);
  if (first === undefined) return [];
  const ownKeys = new Set(own.map(keyOf));
  const sound = judged(asIfSound(view, unbelieved));
  const soundKeys = new Set(sound.map(keyOf));
  const lost = new Set(unbelieved.map(({ digest }) => digest));
  const foreign = new Set(
    chain.filter(({ code }) => ofNoWriter.has(code)).map(({ commit }) => commit),
  );
  const ownWriters = unbelieved.filter(({ commit }) => !foreign.has(commit));
  const answered = new Set(judged(asIfSound(view, ownWriters)).map(keyOf));
  const differing = [
    ...own.filter(
      (finding) =>
        !soundKeys.has(keyOf(finding)) &&
        (!answered.has(keyOf(finding)) || mayFollow(finding, lost)),
    ),
    ...sound.filter((finding) => !ownKeys.has(keyOf(finding))),
  ];
  if (differing.length === 0) return [];
  const alone =
    unbelieved.length === 1 || unbelieved.length > mostByThemselves
      ? []
      : unbelieved.map((entry) => ({
          cause: causeOf(entry) ?? first,
          keys: new Set(judged(asIfSound(view, [entry])).map(keyOf)),
        }));
  return differing.map((consequence) => {
    const key = keyOf(consequence);
    const changing = alone.find(({ keys }) => keys.has(key) !== ownKeys.has(key));
    return { consequence, cause: changing?.cause ?? first };
  });
}

/** Findings that an end on record would answer. */
const answeredByAnEnd = new Set(["ttl-overdue", "revoked-late"]);

/** The key that signed is nobody's who may write such an entry there now. */
const ofNoWriter = new Set([
  ...["wrong-key-role", "key-retired", "too-few-signatures", "wrong-branch"],
  "key-repeated-in-envelope",
]);

/**
 * Whether a finding may be explained by an entry of somebody who may not write it: only where it asks for exactly that
 * entry, or for the end of a grant. Anybody with a key of once could else write an entry that clears a violation or answers a
 * push, and hide the finding beneath a smaller one.
 */
function mayFollow({ code, lacks }: AuditFinding, lost: ReadonlySet<string>): boolean {
  return answeredByAnEnd.has(code) || (lacks !== null && lost.has(lacks.digest));
}

/** The view as it would be if these entries had verified, each in the place that it claims. */
function asIfSound(view: LedgerView, entries: readonly Entry[]): LedgerView {
  const all = extendView(view, entries);
  return extendView(
    emptyView,
    [...all.decisions, ...all.executions].sort((a, b) => a.seq - b.seq),
  );
}

function keyOf({ code, branch, seq, commit, pull, file }: AuditFinding): string {
  return JSON.stringify([code, branch, seq, commit, pull, file]);
}
