import { canonicalJson } from "../core/attest/canonical-json.ts";
import { entriesOf } from "../core/attest/ledger-view.ts";
import type { LedgerView } from "../core/attest/ledger-view.ts";
import { decide } from "../core/decide/decide.ts";
import type { Decision, Verdict } from "../core/model/decision.ts";
import type { EntryOf } from "../core/model/entry.ts";
import type { Finding, Outcome } from "../core/model/finding.ts";
import type { Governance } from "../core/model/governance.ts";
import type { Json } from "../core/model/json.ts";
import type { GovernanceFile, Snapshot } from "../core/model/snapshot.ts";

/** What other governance would have made of the decisions on record. */
export interface Backtest {
  /** How many decisions were made again. */
  readonly decided: number;
  readonly changes: readonly VerdictChange[];
  readonly undecidable: readonly Undecidable[];
}

/** A decision on record: the number of its entry, the pull request and the name of the request. */
export interface Recorded {
  readonly seq: number;
  readonly pull: number;
  readonly request: string | null;
  readonly decidedAt: string;
}

/** A request that would be decided otherwise. */
export interface VerdictChange extends Recorded {
  readonly was: Verdict;
  readonly wouldBe: Verdict;
  readonly findings: readonly FindingChange[];
}

/** A finding that would come out otherwise; `null`: there is none of that code. */
export interface FindingChange {
  readonly code: string;
  readonly was: Outcome | null;
  readonly wouldBe: Outcome | null;
  /** Why, as it would be said. */
  readonly reason: string;
}

/** A decision that cannot be compared, and why. */
export interface Undecidable extends Recorded {
  readonly reason: string;
}

export interface OtherGovernance {
  readonly files: readonly GovernanceFile[];
  readonly governance: Governance;
}

/**
 * Decides the newest decision on each request since an instant again, and its newest approval where that is another one, as
 * if other governance had been in force from its opening on. Facts stay as recorded: who reviewed, what they saw, who
 * held what. A decision that this version does not repeat under the governance on record is undecidable, because a
 * difference would then not come from the governance.
 */
export function backtestDecisions(view: LedgerView, since: Date, other: OtherGovernance): Backtest {
  const changes: VerdictChange[] = [];
  const undecidable: Undecidable[] = [];
  const entries = backtested(view, since);
  for (const entry of entries) {
    const { snapshot, decidedAt } = entry.inputs;
    const now = new Date(decidedAt);
    if (!isRepeated(entry, decide(snapshot, now))) {
      undecidable.push({ ...recorded(entry), reason: notRepeated });
      continue;
    }
    const was = entry.result.decision;
    const wouldBe = decide(governedBy(snapshot, other), now);
    if (was.verdict === wouldBe.verdict) continue;
    changes.push({
      ...recorded(entry),
      was: was.verdict,
      wouldBe: wouldBe.verdict,
      findings: findingChanges(was.findings, wouldBe.findings),
    });
  }
  return { decided: entries.length - undecidable.length, changes, undecidable };
}

type DecisionEntry = EntryOf<"decision">;

/** A later decision, such as one when approvals were too old, can hide the approval that a grant rests on. */
function backtested(view: LedgerView, since: Date): readonly DecisionEntry[] {
  const asked = entriesOf(view, "decision").filter(
    ({ inputs, result }) =>
      result.decision.kind === "request" && Date.parse(inputs.decidedAt) >= since.getTime(),
  );
  const chosen = [...Map.groupBy(asked, ({ result }) => result.decision.pull).values()].flatMap(
    (ofPull) => [
      ofPull.at(-1),
      ofPull.findLast(({ result }) => result.decision.verdict === "approved"),
    ],
  );
  return [...new Set(chosen)].filter((entry) => entry !== undefined).sort((a, b) => a.seq - b.seq);
}

function isRepeated({ result }: DecisionEntry, again: Decision): boolean {
  return (
    canonicalJson(again as unknown as Json) === canonicalJson(result.decision as unknown as Json)
  );
}

const notRepeated =
  "Decided again on its own snapshot it is another decision: see `countersign audit verify`.";

/**
 * Puts other governance in the place of what was in force, at the decision and at the opening: so the route is that of the
 * other governance as well. A team that was not read then counts by people.yaml alone.
 */
function governedBy(snapshot: Snapshot, { files, governance }: OtherGovernance): Snapshot {
  const read = new Set(snapshot.teams.map(({ slug }) => slug));
  const unread = governance.teams.filter(({ name }) => !read.has(name));
  return {
    ...snapshot,
    governance: { ...snapshot.governance, files, opening: null },
    teams: [...snapshot.teams, ...unread.map(({ name }) => ({ slug: name, members: null }))],
    ledger: { ...snapshot.ledger, openings: [] },
  };
}

function recorded({ seq, inputs, result }: DecisionEntry): Recorded {
  const { pull, request } = result.decision;
  const name = request?.name ?? inputs.snapshot.ledger.requests[0]?.name ?? null;
  return { seq, pull, request: name, decidedAt: inputs.decidedAt };
}

function findingChanges(
  was: readonly Finding[],
  wouldBe: readonly Finding[],
): readonly FindingChange[] {
  const codes = new Set([...was, ...wouldBe].map(({ code }) => code));
  return [...codes].flatMap((code) => {
    const before = was.find((finding) => finding.code === code);
    const after = wouldBe.find((finding) => finding.code === code);
    if (before?.outcome === after?.outcome) return [];
    return [
      {
        code,
        was: before?.outcome ?? null,
        wouldBe: after?.outcome ?? null,
        reason: after?.reason ?? "It would not be asked.",
      },
    ];
  });
}
