import type { PolicyTest } from "../../generated/policy-test.ts";
import type { DeepReadonly } from "../../core/model/governance.ts";
import type { ReviewFacts } from "../../core/model/snapshot.ts";

type Given = DeepReadonly<PolicyTest["spec"]["cases"][number]["given"]>;

/** A review as a case gives it, and where it stands in the case. */
export interface GivenReview {
  readonly by: string;
  readonly state: ReviewFacts["state"];
  /** `null`: at the usual time. */
  readonly at: string | null;
  readonly pointer: string;
}

/** Lists the reviews of a case in order: those of the short form come first. */
export function givenReviews({ approvals = [], reviews = [] }: Given): readonly GivenReview[] {
  return [
    ...approvals.map((by, index): GivenReview => {
      return { by, state: "APPROVED", at: null, pointer: `/given/approvals/${index}` };
    }),
    ...reviews.map(({ by, state = "APPROVED", at = null }, index) => {
      return { by, state, at, pointer: `/given/reviews/${index}` };
    }),
  ];
}
