import type { Account } from "./account.ts";
import type { NamedPerson, ReviewOutcome } from "./command.ts";

/** An incident as its tracker shows it now. */
export interface IncidentFacts {
  /** `owner/repository#number`. */
  readonly reference: string;
  /** `unreadable`: nobody could tell, or it does not exist. It counts as closed for new access, and ends none. */
  readonly state: "open" | "closed" | "unreadable";
  /** Why it is unreadable; `null` when it is not. */
  readonly problem: string | null;
  /** `null` for a ghost, or when it is unreadable. */
  readonly openedBy: Account | null;
  readonly openedAt: string | null;
  /** Who wrote `/access confirm` under it and left it unedited, oldest first. */
  readonly confirmations: readonly IncidentConfirmation[];
  /** Every time it was closed, oldest first, also when it was reopened since. */
  readonly closings: readonly IncidentClosing[];
}

export interface IncidentConfirmation {
  readonly at: string;
  readonly by: Account;
}

export interface IncidentClosing {
  readonly at: string;
  /** `null` for a ghost. */
  readonly by: Account | null;
}

/** Access that was granted in an emergency, or can still be: what the budget counts. */
export interface EmergencyRecord {
  readonly request: string;
  readonly pull: number;
  readonly mergedAt: string;
  /** Who asked and who is behind the beneficiary. */
  readonly people: readonly NamedPerson[];
}

/** A review that is due after access has ended. */
export interface ReviewRecord {
  readonly request: string;
  readonly pull: number;
  /** Number of the issue that asks for it; `null` while none could be opened. */
  readonly issue: number | null;
  readonly due: string;
  readonly reasons: readonly string[];
  /** Who asked and who is behind the beneficiary. */
  readonly people: readonly NamedPerson[];
  /** Who approved or rerouted it: they review nothing here, nor does who asked. */
  readonly parties: readonly NamedPerson[];
  /** `null` while nobody has said. */
  readonly outcome: GivenReviewOutcome | null;
}

export interface GivenReviewOutcome {
  readonly outcome: ReviewOutcome;
  readonly by: NamedPerson;
  readonly at: string;
}

/** An issue of a repository, as a request names it. */
export interface IncidentReference {
  readonly owner: string;
  readonly repository: string;
  readonly number: number;
}

/** Writes it in full, as facts and entries name it: `owner/repository#number`. */
export function incidentText({ owner, repository, number }: IncidentReference): string {
  return `${owner}/${repository}#${number}`;
}
