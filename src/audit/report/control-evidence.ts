import type { LedgerView } from "../../core/attest/ledger-view.ts";
import type { EntryType } from "../../core/model/entry.ts";
import type { ControlEvidence, EntryCount, ReportPeriod } from "./model.ts";
import { isWithin } from "./period.ts";

/** Counts the entries of the period by type, the most frequent first. */
export function entryCounts(view: LedgerView, period: ReportPeriod): readonly EntryCount[] {
  const within = [...view.decisions, ...view.executions].filter(({ at }) => isWithin(period, at));
  return [...Map.groupBy(within, ({ type }) => type)]
    .map(([type, entries]) => ({ type, count: entries.length }))
    .sort((a, b) => b.count - a.count || (a.type < b.type ? -1 : 1));
}

/**
 * Says for each control which entries prove it and how many of them the period has. No entry of a type means that nothing of the
 * kind is on record: whether that is right is for the auditor to judge.
 */
export function controlEvidence(counts: readonly EntryCount[]): readonly ControlEvidence[] {
  const known = new Map(counts.map(({ type, count }) => [type, count]));
  return controls.map(({ types, ...control }) => {
    const entries = types.map((type) => ({ type, count: known.get(type) ?? 0 }));
    return { ...control, entries, total: entries.reduce((sum, { count }) => sum + count, 0) };
  });
}

interface Control extends Pick<ControlEvidence, "framework" | "control" | "title" | "evidence"> {
  readonly types: readonly EntryType[];
}

const csf = "NIST CSF 2.0";
const sp80053 = "NIST SP 800-53";
const soc2 = "SOC 2";
const nhi = "OWASP NHI Top 10";

const controls: readonly Control[] = [
  {
    framework: csf,
    control: "PR.AA-05",
    title: "Permissions are defined in a policy, managed, enforced and reviewed",
    evidence:
      "Each decision holds the policy it was made by; grants follow decisions alone, and what was exceptional is reviewed.",
    types: ["decision", "merge", "grant-intent", "grant", "revoke", "review-opened", "command"],
  },
  {
    framework: sp80053,
    control: "AC-2",
    title: "Account management",
    evidence:
      "Every access is asked for by name, approved, limited in time, and taken out or refused at its end.",
    types: [
      "request",
      "decision",
      "merge",
      "grant",
      "ending",
      "expired-unapproved",
      "lapsed",
      "revert",
      "revoke-intent",
      "revoke",
      "revoke-failed",
      "nothing-to-do",
    ],
  },
  {
    framework: sp80053,
    control: "AC-3",
    title: "Access enforcement, with dual authorization (AC-3(2))",
    evidence:
      "A grant names the decision and merge it rests on; what was not decided is refused or recorded as a violation.",
    types: ["decision", "merge", "grant-intent", "grant-failed", "chain-step", "violation"],
  },
  {
    framework: sp80053,
    control: "AC-5",
    title: "Separation of duties",
    evidence:
      "Who opened, wrote or pushed is on record and approves nothing; each review is bound to the bytes that were seen.",
    types: ["push-observed", "approval-observed", "decision", "command", "violation"],
  },
  {
    framework: sp80053,
    control: "AC-6",
    title: "Least privilege",
    evidence:
      "One entitlement for one beneficiary until a fixed end, read back at the target when it begins and when it is gone.",
    types: [
      "grant-intent",
      "grant",
      "revoke",
      "externally-removed",
      "drift-baseline",
      "drift",
      "drift-outcome",
      "nothing-to-do",
      "usage",
      "chain-step",
    ],
  },
  {
    framework: sp80053,
    control: "AU-9",
    title: "Protection of audit information",
    evidence:
      "Both ledgers are signed, chained and append-only from the trust root on; signs of tampering stay until somebody clears them.",
    types: ["checkpoint", "trust-root", "violation"],
  },
  {
    framework: sp80053,
    control: "AU-10",
    title: "Non-repudiation",
    evidence: "Who asked, approved, merged or commanded what is signed with all that it rested on.",
    types: ["request", "approval-observed", "review-changed", "decision", "command", "merge"],
  },
  {
    framework: soc2,
    control: "CC6.1",
    title: "Logical access is restricted",
    evidence: "Access begins with a decision and a merge, and is read back at the target.",
    types: ["decision", "merge", "grant-intent", "grant", "grant-failed"],
  },
  {
    framework: soc2,
    control: "CC6.2",
    title:
      "Access is authorized before it is given, and removed when it is not authorized any more",
    evidence: "The approval is on record before the grant, the end before the file is removed.",
    types: ["request", "decision", "grant", "ending", "lapsed", "revoke", "revert"],
  },
  {
    framework: soc2,
    control: "CC6.3",
    title: "Access follows roles, least privilege and segregation of duties",
    evidence:
      "Decisions hold roles and people as they were; exceptions and emergencies are reviewed.",
    types: ["decision", "command", "revoke", "externally-removed", "review-opened"],
  },
  {
    framework: nhi,
    control: "NHI1:2025",
    title: "Improper offboarding",
    evidence: "Access of service accounts and agents ends by itself, as that of people does.",
    types: ["revoke", "externally-removed", "nothing-to-do", "revoke-failed"],
  },
  {
    framework: nhi,
    control: "NHI5:2025",
    title: "Overprivileged NHI",
    evidence: "A machine gets one entitlement for a time, approved by people of whom none owns it.",
    types: ["decision", "grant", "usage"],
  },
  {
    framework: nhi,
    control: "NHI10:2025",
    title: "Human use of NHI",
    evidence: "The human behind a machine counts as a requester and approves nothing for it.",
    types: ["request", "decision", "approval-observed"],
  },
];
