import type { Anchor, AuditCase, AuditRule, EntryRule, GovernedCommit } from "./audit-case.ts";
import type { AnchorSummary, AuditFinding, AuditMode, AuditReport } from "./audit-report.ts";
import { aboutCommit } from "./finding.ts";
import { judgeEvidence } from "./judge-evidence.ts";
import { letGo, outlineOnly, sharedTexts } from "./let-go.ts";
import { pinFindings } from "./pin-findings.ts";
import type { Pin } from "./pin-findings.ts";
import { readLedgers } from "./read-ledgers.ts";
import type { LedgersRead } from "./read-ledgers.ts";
import { anchorsHold } from "./rules/anchors-hold.ts";
import { approversIndependent } from "./rules/approvers-independent.ts";
import { approvalsObserved } from "./rules/approvals-observed.ts";
import { chainRecorded } from "./rules/chain-recorded.ts";
import { checkpointsHold } from "./rules/checkpoints-hold.ts";
import { commandsRepeatable, endingsAsked } from "./rules/commands-repeatable.ts";
import { decisionsRepeatable } from "./rules/decisions-repeatable.ts";
import { grantsDecided } from "./rules/grants-decided.ts";
import { grantsEnded } from "./rules/grants-ended.ts";
import { grantsReadBack } from "./rules/grants-read-back.ts";
import { mergesDecided } from "./rules/merges-decided.ts";
import { mergesOnMain } from "./rules/merges-on-main.ts";
import { noViolations } from "./rules/no-violations.ts";
import { operatorsIndependent } from "./rules/operators-independent.ts";
import { reviewsAsked } from "./rules/reviews-asked.ts";
import { summarise } from "./summarise.ts";
import { summariseAnchors } from "./summarise-anchors.ts";
import { walkAnchors } from "./walk-anchors.ts";
import { walkGoverned } from "./walk-governed.ts";
import { entriesOf } from "../core/attest/ledger-view.ts";
import type { ForgeKey } from "../core/attest/openpgp/verify-detached.ts";
import type { LedgerView } from "../core/attest/ledger-view.ts";
import type { Entry } from "../core/model/entry.ts";
import type { TrustTimeline } from "../core/attest/trust-timeline.ts";
import type { LedgerStore } from "../ports/ledger-store.ts";
import type { Mirror } from "../ports/mirror.ts";

/** What an audit needs: a clone, read two ways, and the root hash that the auditor brings along. */
export interface AuditInputs {
  readonly mirror: Mirror;
  readonly store: LedgerStore;
  /** Digest of the first trust root, from outside the repository: there is no trust on first use. */
  readonly expectedRoot: string;
  readonly now: Date;
  /** Keys with which the forge signs merges; without any, no signature is checked, and the report says so. */
  readonly forgeKeys?: readonly ForgeKey[];
  /** Entries that an earlier audit saw; they must still be there. */
  readonly pins?: readonly Pin[];
  /** Without it, `full`. */
  readonly mode?: AuditMode;
  /** Decisions and commands from before are not repeated; everything else is held against each other as ever. */
  readonly since?: Date | null;
  /** Called now and then with how many entries were read, and of how many. */
  readonly onProgress?: (read: number, all: number) => void;
}

/** Left out for what is older than `since`. */
const repetitions: readonly EntryRule[] = [decisionsRepeatable, commandsRepeatable];

const entryRules: readonly EntryRule[] = [approversIndependent, operatorsIndependent];

const rules: readonly AuditRule[] = [
  anchorsHold,
  checkpointsHold,
  noViolations,
  endingsAsked,
  approvalsObserved,
  chainRecorded,
  reviewsAsked,
  mergesDecided,
  mergesOnMain,
  grantsDecided,
  grantsReadBack,
  grantsEnded,
];

/** What an audit found, with the entries that verified. */
export interface VerifiedEvidence {
  readonly report: AuditReport;
  readonly view: LedgerView;
}

/**
 * Verifies both ledgers and holds decisions, merges, grants, read-backs and revokes against each other and
 * against the governed branch. Works offline. Throws what the ports throw (a missing object, a rewritten
 * ledger): then nothing is known.
 */
export async function verifyAudit(inputs: AuditInputs): Promise<AuditReport> {
  return (await verify(inputs, letGo)).report;
}

/** Does what `verifyAudit` does, and hands on the very entries that it judged; one that did not verify is not among them. */
export function verifyEvidence(inputs: AuditInputs): Promise<VerifiedEvidence> {
  return verify(inputs, (entry) => entry);
}

/** Judges each entry as it passes and keeps of it what `keep` returns. */
async function verify(
  inputs: AuditInputs,
  keep: (entry: Entry) => Entry,
): Promise<VerifiedEvidence> {
  const { mirror, store, expectedRoot, now, pins = [], mode = "full", since = null } = inputs;
  await store.fetch();
  await mirror.fetch();
  const judged = new Map<string, readonly AuditFinding[]>();
  const isChain = mode === "chain";
  const shared = sharedTexts();
  const ledgers = await readLedgers(store, expectedRoot, {
    signatures: isChain ? "last-of-each-key" : "every",
    onProgress: (read, all) => inputs.onProgress?.(read, all),
    onEntry: (entry) => {
      if (isChain) return shared(outlineOnly(entry));
      const isOld = since !== null && Date.parse(entry.at) < since.getTime();
      const findings = [...(isOld ? [] : repetitions), ...entryRules].flatMap((rule) =>
        rule(entry),
      );
      if (findings.length > 0) judged.set(entry.commit, findings);
      return shared(keep(entry));
    },
  });
  const { view, trust, doubts } = ledgers;
  const origin = isChain || view.decisions.length === 0 ? null : originOf(view);
  const main = isChain ? nothingOfMain : await readMain(inputs, trust, origin);
  const { governed, anchors } = main;
  const given: AuditCase = { view, governed, anchors, now, newestDecision: newestOf(ledgers) };
  const outside = [...main.findings, ...pinFindings(pins, ledgers)];
  const findings = judgeEvidence(ledgers, outside, (seen) => {
    if (isChain) return [];
    const entries = [...seen.decisions, ...seen.executions];
    return [
      ...entries.flatMap(({ commit }) => judged.get(commit) ?? []),
      ...rules.flatMap((rule) => rule({ ...given, view: seen })),
    ];
  });
  const report: AuditReport = {
    root: { digest: expectedRoot, trustedBy: "pin" },
    mode,
    since: since?.toISOString() ?? null,
    main: main.tip,
    ...summarise(given, trust, mode),
    anchors: isChain ? noAnchors : summariseAnchors(given, findings),
    findings,
    doubts: [...doubts, ...main.doubts],
  };
  return { report, view };
}

function newestOf({ view, problems }: LedgersRead): number {
  const faulty = problems.filter(({ branch }) => branch === "audit/decisions");
  return [...view.decisions, ...faulty].reduce((most, { seq }) => Math.max(most, seq), -1);
}

interface Main {
  readonly tip: string | null;
  readonly governed: readonly GovernedCommit[];
  readonly anchors: readonly Anchor[];
  readonly findings: readonly AuditFinding[];
  readonly doubts: readonly string[];
}

const noAnchors: AnchorSummary = { held: 0, signaturesChecked: 0, unchecked: [], mergesWithout: 0 };

const nothingOfMain: Main = { tip: null, governed: [], anchors: [], findings: [], doubts: [] };

function originOf(view: AuditCase["view"]): string | null {
  return entriesOf(view, "trust-root")[0]?.inputs.main ?? null;
}

async function readMain(
  { mirror, forgeKeys = [] }: AuditInputs,
  { eras }: TrustTimeline,
  origin: string | null,
): Promise<Main> {
  const branch = eras[0]?.trustRoot.repository.governedBranch;
  const nothing: Main = { tip: null, governed: [], anchors: [], findings: [], doubts: [] };
  if (branch === undefined || origin === null) {
    return { ...nothing, doubts: ["Without a verified trust root no commit could be judged."] };
  }
  const tip = await mirror.tip(branch);
  if (tip === null) return { ...nothing, doubts: [`The clone has no branch ${branch}.`] };
  if (!(await mirror.has(origin)) || !(await mirror.isAncestor(origin, tip))) {
    const lost = aboutCommit(tip, {
      code: "main-rewritten",
      expected: `${branch} to descend from ${origin}, its tip when the trust root was written`,
      actual: "it does not",
    });
    return { ...nothing, tip, findings: [lost] };
  }
  return {
    ...nothing,
    tip,
    governed: await walkGoverned(mirror, origin, tip),
    anchors: await walkAnchors(mirror, { from: origin, to: tip }, forgeKeys),
  };
}
