import type { Account } from "../../core/model/account.ts";
import type { Verdict } from "../../core/model/decision.ts";
import type { Outcome } from "../../core/model/finding.ts";
import type { Holding, ReviewFacts } from "../../core/model/snapshot.ts";
import type { Position } from "../../core/parse/position.ts";

/** A decision table of `governance/policy/<name>.test.yaml`: everything it names is known. */
export interface PolicyTable {
  readonly path: string;
  readonly cases: readonly PolicyCase[];
}

/** One hypothetical pull request, and what must be decided about it. */
export interface PolicyCase {
  readonly note: string;
  readonly place: Position;
  readonly given: Hypothesis;
  readonly want: Want;
}

/** A pull request that nobody opened. Instants are ISO 8601 in UTC, reviews in order. */
export interface Hypothesis {
  readonly now: string;
  readonly opened: string;
  readonly author: Account;
  readonly coauthors: readonly Account[];
  readonly request: HypotheticalRequest;
  readonly reviews: readonly HypotheticalReview[];
  readonly holdings: readonly Holding[];
  readonly earlier: readonly EarlierRequest[];
}

export interface HypotheticalRequest {
  readonly path: string;
  /** What the request file would contain. */
  readonly text: string;
  readonly requester: string;
}

export interface HypotheticalReview {
  readonly by: Account;
  readonly state: ReviewFacts["state"];
  readonly at: string;
}

export interface EarlierRequest {
  readonly at: string;
  readonly durationSeconds: number;
}

export interface Want {
  readonly verdict: Verdict;
  readonly findings: readonly { readonly code: string; readonly outcome: Outcome }[];
  /** A part of the reason of one of the findings; `null`: any reason will do. */
  readonly says: string | null;
  /** `by` as the table writes it, `review` the place of their last review, from 0. */
  readonly reviews: readonly {
    readonly by: string;
    readonly review: number;
    readonly code: string;
  }[];
}
