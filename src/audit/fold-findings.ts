import type { ChainProblem } from "../core/attest/chain-problem.ts";
import type { Loss } from "./losses.ts";
import type { AuditFinding } from "./audit-report.ts";

/** A finding that follows from another one. */
export interface Link {
  readonly consequence: AuditFinding;
  readonly cause: AuditFinding;
}

/**
 * Puts every finding that follows from another one beneath it, and drops none. Only what a link, a lost entry
 * or the table below names goes beneath: everything else stays a finding of its own.
 */
export function foldFindings(
  findings: readonly AuditFinding[],
  links: readonly Link[],
  losses: readonly Loss<AuditFinding>[],
): readonly AuditFinding[] {
  const causes = new Map(links.map(({ consequence, cause }) => [consequence, cause]));
  const spend = spending([...losses, ...findings.flatMap(cutFrom)]);
  const causing = findings.filter(({ code }) => Object.hasOwn(entailed, code));
  for (const finding of findings) {
    if (causes.has(finding)) continue;
    const cause = spend(finding) ?? causing.find((other) => entails(other, finding));
    if (cause !== undefined && cause !== finding) causes.set(finding, cause);
  }
  const topOf = (finding: AuditFinding): AuditFinding => {
    const seen = new Set<AuditFinding>();
    let top = finding;
    for (let next = causes.get(top); next !== undefined; next = causes.get(top)) {
      // Two that explain each other explain nothing.
      if (seen.has(next)) return finding;
      seen.add(next);
      top = next;
    }
    return top;
  };
  const beneath = Map.groupBy(
    [...findings, ...links.map(({ consequence }) => consequence)].filter(once()),
    topOf,
  );
  return [...beneath].map(([top, all]) => ({
    ...top,
    consequences: all.filter((one) => one !== top),
  }));
}

/** A pin or an anchor that is gone says that a ledger lost entries, but not how many. */
function cutFrom(cause: AuditFinding): readonly Loss<AuditFinding>[] {
  if (!["pin-ahead", "pin-disagrees", "ledger-cut"].includes(cause.code) || cause.lacks === null)
    return [];
  return [{ ...cause.lacks, cause, from: 0, to: Number.POSITIVE_INFINITY }];
}

function once(): (one: AuditFinding) => boolean {
  const seen = new Set<AuditFinding>();
  return (one) => !seen.has(one) && seen.add(one).size > 0;
}

/**
 * What an auditor asks above all: it goes beneath another finding only where exactly that entry is known to be lost, or
 * where a ledger was written again and every digest in it is another one.
 */
const neverByCount = new Set([
  "grant-without-decision",
  "grant-without-merge",
  "merge-without-decision",
]);

/**
 * Finds the loss that explains why an entry was not found: by its digest where the chain says it, or else
 * within the number of entries that were lost, so that a small loss explains no invented digests.
 */
function spending(
  losses: readonly Loss<AuditFinding>[],
): (finding: AuditFinding) => AuditFinding | undefined {
  const certain = new Map<string | null, AuditFinding>();
  for (const { digest, cause } of losses) if (!certain.has(digest)) certain.set(digest, cause);
  const left = losses.map((loss) => ({
    ...loss,
    more: loss.to - loss.from + (loss.digest === null ? 1 : 0),
  }));
  return ({ code, lacks }) => {
    if (lacks === null) return undefined;
    const known = certain.get(lacks.digest);
    if (known !== undefined) return known;
    const loss = left.find(
      ({ branch, more, cause }) =>
        branch === lacks.branch &&
        more > 0 &&
        (!neverByCount.has(code) || cause.code === "ledger-rewritten"),
    );
    if (loss === undefined) return undefined;
    loss.more -= 1;
    certain.set(lacks.digest, loss.cause);
    return loss.cause;
  };
}

/** What the right-hand findings about the same thing cannot but follow from the left-hand one. */
const entailed: Readonly<Record<string, readonly string[]>> = {
  // Nobody can repeat a decision that counts an approval which never counts.
  "self-approval": ["decision-not-repeatable"],
  "operator-approval": ["decision-not-repeatable"],
  "operator-request": ["decision-not-repeatable"],
  "approver-counted-twice": ["decision-not-repeatable"],
  // Another pull request has another head and other bytes, and its decision was its own to use.
  "decision-of-another-pull": [
    "merge-of-another-head",
    "merged-bytes-differ",
    "decision-superseded",
    "decision-reused",
  ],
  // The gate saw it, too.
  "merge-without-decision": ["violation-recorded"],
  "direct-push": ["violation-recorded"],
  "ledger-cut": ["merge-without-decision"],
};

function entails(cause: AuditFinding, finding: AuditFinding): boolean {
  return entailed[cause.code]?.includes(finding.code) === true && concernsSame(cause, finding);
}

function concernsSame(a: AuditFinding, b: AuditFinding): boolean {
  const ofA = new Set([...(a.commit === null ? [] : [a.commit]), ...a.names]);
  return (b.commit !== null && ofA.has(b.commit)) || b.names.some((name) => ofA.has(name));
}

/** Moves losses from the problems of a chain to the findings that report them. */
export function reportedLosses(
  losses: readonly Loss<ChainProblem>[],
  reported: ReadonlyMap<ChainProblem, AuditFinding>,
): readonly Loss<AuditFinding>[] {
  return losses.flatMap((loss) => {
    const cause = reported.get(loss.cause);
    return cause === undefined ? [] : [{ ...loss, cause }];
  });
}
