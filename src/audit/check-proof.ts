import type { AuditCase, AuditRule, EntryRule } from "./audit-case.ts";
import { mergeObjectsDefect } from "./check-merge-objects.ts";
import { describeEntry } from "./describe-entry.ts";
import type { RequestProof } from "./request-proof.ts";
import { mergeOf, requestTimeline } from "./request-timeline.ts";
import type { RequestTimeline } from "./request-timeline.ts";
import { approvalsObserved } from "./rules/approvals-observed.ts";
import { approversIndependent } from "./rules/approvers-independent.ts";
import { operatorsIndependent } from "./rules/operators-independent.ts";
import { decisionsRepeatable } from "./rules/decisions-repeatable.ts";
import { grantsDecided } from "./rules/grants-decided.ts";
import { grantsReadBack } from "./rules/grants-read-back.ts";
import {
  emptyView,
  entriesOf,
  entriesOn,
  entryByDigest,
  extendView,
} from "../core/attest/ledger-view.ts";
import type { LedgerView } from "../core/attest/ledger-view.ts";
import { keyRoleOfBranch } from "../core/attest/entry-home.ts";
import { verifyDisclosed } from "../core/attest/verify-disclosed.ts";
import type { TrustTimeline } from "../core/attest/trust-timeline.ts";
import type { LedgerBranch } from "../core/model/entry.ts";

/** One line of what a bundle proves, does not prove, or claims and fails to prove. */
export interface ProofLine {
  readonly status: "proved" | "not-proved" | "failed";
  readonly says: string;
}

const branches: readonly LedgerBranch[] = ["audit/decisions", "audit/executions"];

/**
 * Checks a bundle by itself and a root hash that was brought from outside. A line `failed` means that nothing of it may be
 * believed; `not-proved` says what no bundle of this kind can show.
 */
export function checkProof(proof: RequestProof, expectedRoot: string): readonly ProofLine[] {
  const { entries, problems, trust } = verifyDisclosed(proof.envelopes, expectedRoot);
  if (problems.length > 0) return problems.map(failed);
  const view = extendView(emptyView, entries);
  const timeline = requestTimeline(view, proof.request);
  if (timeline === null) {
    return [failed(`None of its entries asks for anything under the name ${proof.request}.`)];
  }
  return [
    ...rootLines(trust),
    ...branches.flatMap((branch) => signatureLines(view, branch)),
    ...entryLines(view, timeline),
    ...ruleLines(extendView(emptyView, timeline.entries)),
    ...mergeLines(proof, view, timeline),
    ...branches.map((branch) => gapLine(view, branch)),
    notProved(
      "That nothing else about the request is on record: what was left out, or came later, is not seen.",
    ),
    notProved(
      "That no later trust root has retired these keys, where the entries do not show one.",
    ),
  ];
}

function rootLines({ expectedRoot, eras }: TrustTimeline): readonly ProofLine[] {
  const repository = eras[0]?.trustRoot.repository;
  const where = `repository ${repository?.id ?? "?"}, branch ${repository?.governedBranch ?? "?"}`;
  return [
    proved(`The trust root is ${expectedRoot ?? "?"}, which you brought: it is for ${where}.`),
    ...eras
      .slice(1)
      .map(({ trustRoot: { version } }) =>
        proved(`Version ${version} of it is signed by the root keys of the one before.`),
      ),
  ];
}

function signatureLines(view: LedgerView, branch: LedgerBranch): readonly ProofLine[] {
  const count = entriesOn(view, branch).length;
  if (count === 0) return [];
  const role = keyRoleOfBranch(branch);
  return [
    proved(`${count} entries of ${branch} are signed by keys in force with the key role ${role}.`),
  ];
}

function entryLines(view: LedgerView, { entries }: RequestTimeline): readonly ProofLine[] {
  const named = (digest: string): string => {
    const entry = view.byDigest.get(digest);
    return entry === undefined ? digest : `${entry.branch} entry ${entry.seq}`;
  };
  return entries.map((entry) => {
    const { title } = describeEntry(entry, named);
    return proved(`${entry.at}, ${entry.branch} entry ${entry.seq}: ${title}`);
  });
}

interface Rule {
  readonly rule: AuditRule;
  readonly says: string;
  readonly about: "decision" | "grant-intent" | "grant";
}

const rules: readonly Rule[] = [
  {
    rule: ofEach(decisionsRepeatable),
    says: "Deciding again on each recorded snapshot gives the recorded decision.",
    about: "decision",
  },
  {
    rule: ofEach(operatorsIndependent),
    says: "Neither gate nor executor, nor who owns one of them, approved where they must not.",
    about: "decision",
  },
  {
    rule: ofEach(approversIndependent),
    says: "No counted approval is by anybody who asked for it, receives it or wrote it, or counts twice.",
    about: "decision",
  },
  {
    rule: approvalsObserved,
    says: "Each counted approval was recorded before the decision, for the content that was decided on.",
    about: "decision",
  },
  {
    rule: grantsDecided,
    says: "The grant is what was decided, rests on one decision and one merge, and is no longer than that.",
    about: "grant-intent",
  },
  {
    rule: grantsReadBack,
    says: "The grant was read back from the target.",
    about: "grant",
  },
];

/** A rule about single entries as one about all of them. */
function ofEach(rule: EntryRule): AuditRule {
  return ({ view }) => [...view.decisions, ...view.executions].flatMap((entry) => rule(entry));
}

function ruleLines(view: LedgerView): readonly ProofLine[] {
  const given: AuditCase = {
    view,
    governed: [],
    anchors: [],
    newestDecision: -1,
    now: new Date(0),
  };
  return rules.flatMap(({ rule, says, about }) => {
    if (entriesOf(view, about).length === 0) return [];
    const findings = rule(given);
    if (findings.length === 0) return [proved(says)];
    return findings.map(({ code, branch, seq, expected, actual }) =>
      failed(
        `${code}, ${branch ?? ""} entry ${seq ?? "?"}: expected ${expected}; found ${actual}.`,
      ),
    );
  });
}

function mergeLines(
  { merge: objects }: RequestProof,
  view: LedgerView,
  timeline: RequestTimeline,
): readonly ProofLine[] {
  const entry = mergeOf(timeline);
  if (entry === null) {
    if (objects !== null) return [failed("It brings a merge that no entry speaks of.")];
    return [
      notProved("That the file ever was on the governed branch: no merge is on record here."),
    ];
  }
  // The one that the merge names, and no other on the same pull request.
  const decision = entryByDigest(view, "decision", entry.inputs.decision)?.result.decision;
  if (objects === null || decision?.request == null) {
    return [failed("It leaves out the merge, or the decision that the merge rests on.")];
  }
  const { request } = decision;
  if (decision.verdict !== "approved" || decision.pull !== entry.inputs.pull) {
    const actual = `${decision.verdict}, on #${decision.pull}`;
    return [failed(`The merge of #${entry.inputs.pull} rests on a decision that is ${actual}.`)];
  }
  if (request.name !== timeline.request) {
    return [failed(`The merge rests on a decision about ${request.name}.`)];
  }
  const defect = mergeObjectsDefect(objects, entry, decision, request);
  if (defect !== null) return [failed(defect)];
  const { mergeCommit } = entry.inputs;
  return [
    proved(`Commit ${mergeCommit} merges the head that was decided on, ${decision.head}.`),
    proved(`In it ${request.path} has the bytes that were decided on, ${request.digest}.`),
    notProved(
      `That commit ${mergeCommit} is on the governed branch: any clone says, with \`git branch --contains\`.`,
    ),
  ];
}

function gapLine(view: LedgerView, branch: LedgerBranch): ProofLine {
  const seqs = entriesOn(view, branch).map(({ seq }) => seq);
  const last = seqs.at(-1);
  if (last === undefined) return notProved(`Anything of ${branch}: no entry of it is shown.`);
  if (seqs.length === last + 1) {
    return proved(`${branch}: entries 0 to ${last} are all here, each naming the one before.`);
  }
  return notProved(
    `What lies between: of ${branch} there are only the entries ${ranges(seqs)}, which stand by themselves.`,
  );
}

/** Writes numbers in their order as ranges, `0–3, 7`. */
function ranges(seqs: readonly number[]): string {
  const found: [number, number][] = [];
  for (const seq of seqs) {
    const last = found.at(-1);
    if (last?.[1] === seq - 1) last[1] = seq;
    else found.push([seq, seq]);
  }
  return found.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(", ");
}

function proved(says: string): ProofLine {
  return { status: "proved", says };
}

function notProved(says: string): ProofLine {
  return { status: "not-proved", says };
}

function failed(says: string): ProofLine {
  return { status: "failed", says };
}
