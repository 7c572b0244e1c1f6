import type { AuditFinding, LackedEntry } from "./audit-report.ts";
import type { Entry } from "../core/model/entry.ts";

/** What a rule says about an entry or commit. */
export interface Observation {
  readonly code: string;
  readonly expected: string;
  readonly actual: string;
  readonly severity?: AuditFinding["severity"];
  readonly pull?: number;
  readonly file?: string;
  readonly names?: readonly string[];
  readonly lacks?: LackedEntry;
}

/** Forms a finding about a ledger entry. */
export function aboutEntry(
  { branch, seq, commit }: Pick<Entry, "branch" | "seq" | "commit">,
  observation: Observation,
): AuditFinding {
  const command = entryCommand({ commit });
  return finding({ branch, seq, commit, command }, observation);
}

/** Writes the git command that shows a ledger entry. */
export function entryCommand({ commit }: Pick<Entry, "commit">): string {
  return `git cat-file -p ${commit}:entry.dsse.json`;
}

/** Forms a finding about a commit of the governed branch. */
export function aboutCommit(commit: string, observation: Observation): AuditFinding {
  const command = `git show --stat --format=fuller --diff-merges=first-parent ${commit}`;
  return finding({ branch: null, seq: null, commit, command }, observation);
}

type Place = Pick<AuditFinding, "branch" | "seq" | "commit" | "command">;

function finding(place: Place, observation: Observation): AuditFinding {
  const { code, expected, actual, severity = "violation", pull = null, file = null } = observation;
  const { names = [], lacks = null } = observation;
  return {
    ...{ code, severity, ...place, pull, file, expected, actual },
    ...{ names, lacks, consequences: [] },
  };
}
