import type { Account } from "../../../../src/core/model/account.ts";
import type { ReviewFacts, Snapshot } from "../../../../src/core/model/snapshot.ts";
import { nobodies, peopleAccounts } from "../arbitrary-account.ts";
import { instants } from "../arbitrary-review.ts";
import type { Draw } from "../draw.ts";
import { withLedger, withPull } from "./change.ts";
import type { Change } from "./change.ts";

export const anybody: readonly (Account | null)[] = [...peopleAccounts, ...nobodies];
/** Between the others, at the same instants as they, and after them. */
const times = [...instants, "2026-11-21T09:15:00Z", "2026-11-21T11:30:00Z"] as const;

/** Somebody says no, or an approval that was there is dismissed. */
export const denials: readonly Change[] = [
  {
    name: "a denial",
    apply: (snapshot, draw) => denied(snapshot, draw, draw.one(anybody)),
  },
  {
    name: "a denial by somebody who approves",
    apply: (snapshot, draw) => {
      const giver = draw.one(snapshot.pull.reviews.map(({ author }) => author));
      return denied(snapshot, draw, giver);
    },
  },
  {
    name: "an approval is dismissed",
    apply: (snapshot, draw) =>
      dismissed(snapshot, draw, { state: "APPROVED", was: draw.from(["APPROVED", "UNKNOWN"]) }),
  },
  {
    name: "a denial is dismissed",
    apply: (snapshot, draw) =>
      dismissed(snapshot, draw, {
        state: "CHANGES_REQUESTED",
        was: draw.from(["CHANGES_REQUESTED", "UNKNOWN"]),
      }),
  },
];

/** What people say without anybody having recorded what they saw, and what nobody of people.yaml says. */
export const unheardReviews: readonly Change[] = [
  {
    name: "a review that the ledger did not observe",
    apply: (snapshot, draw) => {
      const state = draw.from(["APPROVED", "APPROVED", "CHANGES_REQUESTED", "DISMISSED"]);
      return added(snapshot, reviewBy(draw.one(anybody), state, draw), "unobserved");
    },
  },
  {
    name: "an observed approval by nobody known",
    apply: (snapshot, draw) =>
      added(snapshot, reviewBy(draw.one(nobodies), "APPROVED", draw), "observed"),
  },
  {
    name: "an observed approval by what has the id of somebody who denied and is no user",
    apply: (snapshot, draw) => {
      const denial = draw.one(
        snapshot.pull.reviews.filter(({ state }) => state === "CHANGES_REQUESTED"),
      );
      if (denial?.author == null) return snapshot;
      const type = draw.from(["Bot", "Mannequin", "Organization", "EnterpriseUserAccount"]);
      const review = reviewBy({ ...denial.author, type }, "APPROVED", draw);
      const last = { ...review, id: 999, submittedAt: "2026-11-21T11:30:00Z" };
      return added(snapshot, last, "observed");
    },
  },
  {
    name: "an approval that was observed of another account",
    apply: (snapshot, draw) => {
      const review = reviewBy(draw.one(peopleAccounts), "APPROVED", draw);
      return added(snapshot, review, "observed of another");
    },
  },
];

/** Text is no opinion, whoever writes it. */
export const comments: readonly Change[] = [
  {
    name: "a comment",
    apply: (snapshot, draw) =>
      added(
        snapshot,
        reviewBy(draw.one(anybody), "COMMENTED", draw),
        draw.from(["observed", "unobserved"]),
      ),
  },
];

function denied(snapshot: Snapshot, draw: Draw, by: Account | null): Snapshot {
  const review = reviewBy(by, "CHANGES_REQUESTED", draw);
  return added(snapshot, review, draw.from(["observed", "unobserved"]));
}

function reviewBy(author: Account | null, state: ReviewFacts["state"], draw: Draw): ReviewFacts {
  // Ids of generated reviews are multiples of ten: this one comes between, before or after them.
  const id = draw.from([95, 105, 115, 125, 999]);
  const dismissal = { at: "2026-11-21T11:00:00Z", by: null, was: "UNKNOWN" as const };
  return {
    id,
    author,
    state,
    submittedAt: draw.from(times),
    commit: draw.from(["a".repeat(40), null]),
    dismissal: state === "DISMISSED" ? dismissal : null,
  };
}

/** Everything about the observation is as it should be, but whose it is. */
function added(
  snapshot: Snapshot,
  review: ReviewFacts,
  seen: "observed" | "unobserved" | "observed of another",
): Snapshot {
  const reviews = [...snapshot.pull.reviews, review];
  const [like] = snapshot.ledger.observations;
  const more = withPull(snapshot, { reviews });
  if (seen === "unobserved" || like === undefined) return more;
  const { id: reviewer } = review.author ?? { id: 0 };
  const observation = {
    ...like,
    review: review.id,
    reviewer: seen === "observed" ? reviewer : reviewer + 1,
    state: review.state,
  };
  return withLedger(more, { observations: [...snapshot.ledger.observations, observation] });
}

function dismissed(
  snapshot: Snapshot,
  draw: Draw,
  {
    state,
    was,
  }: {
    readonly state: ReviewFacts["state"];
    readonly was: NonNullable<ReviewFacts["dismissal"]>["was"];
  },
): Snapshot {
  const chosen = draw.one(snapshot.pull.reviews.filter((review) => review.state === state));
  const dismissal = { at: "2026-11-21T11:00:00Z", by: draw.one(anybody), was };
  const reviews = snapshot.pull.reviews.map((review) =>
    review === chosen ? { ...review, state: "DISMISSED" as const, dismissal } : review,
  );
  return chosen === null ? snapshot : withPull(snapshot, { reviews });
}
