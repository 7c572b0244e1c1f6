import { otherAccount } from "../second-accounts.ts";
import type { Account } from "../../../../src/core/model/account.ts";
import type { Snapshot } from "../../../../src/core/model/snapshot.ts";
import type { Draw } from "../draw.ts";
import { withLedger, withPull } from "./change.ts";
import type { Change } from "./change.ts";

/** The same once more, or the same person with another account. */
export const doubled: readonly Change[] = [
  {
    name: "every list of the pull request",
    apply: (snapshot) => withPull(snapshot, twice(snapshot)),
  },
  {
    name: "every list of the pull request, as read once more",
    apply: (snapshot) =>
      withPull(snapshot, JSON.parse(JSON.stringify(twice(snapshot))) as Partial<Snapshot["pull"]>),
  },
  {
    name: "every list of the ledger but the linked pull requests, whose durations are summed",
    apply: (snapshot) => withLedger(snapshot, ledgerTwice(snapshot)),
  },
  {
    name: "every team and every member",
    apply: (snapshot) => ({
      ...snapshot,
      teams: pairs(snapshot.teams).map((team) => ({
        ...team,
        members: team.members === null ? null : pairs(team.members),
      })),
    }),
  },
  { name: "a review with the person's other account", apply: reviewTwice },
  { name: "everybody uses their other account", apply: (snapshot) => swapped(snapshot) },
  {
    name: "a contributor with the other account too",
    apply: (snapshot) =>
      withPull(snapshot, {
        commits: snapshot.pull.commits.map((commit) => ({
          ...commit,
          authors: commit.authors.flatMap((by) => {
            const account = otherAccount(by.account);
            return account === null ? [by] : [by, { ...by, account }];
          }),
        })),
        pushes: snapshot.pull.pushes.flatMap((push) => {
          const actor = otherAccount(push.actor);
          return actor === null ? [push] : [push, { ...push, actor }];
        }),
      }),
  },
];

function pairs<T>(list: readonly T[]): readonly T[] {
  return list.flatMap((item) => [item, item]);
}

function twice({ pull }: Snapshot): Partial<Snapshot["pull"]> {
  return {
    commits: pairs(pull.commits).map((commit) => ({ ...commit, authors: pairs(commit.authors) })),
    heads: pairs(pull.heads),
    pushes: pairs(pull.pushes),
    reviews: pairs(pull.reviews),
    events: pairs(pull.events),
  };
}

function ledgerTwice({ ledger }: Snapshot): Partial<Snapshot["ledger"]> {
  const { denials, excluded } = ledger.remembered;
  return {
    observations: pairs(ledger.observations),
    requests: pairs(ledger.requests),
    openings: pairs(ledger.openings).map((opening) => ({
      ...opening,
      route: opening.route.map(({ role, people, accounts }) => ({
        role,
        people: pairs(people),
        accounts: pairs(accounts),
      })),
    })),
    holdings: pairs(ledger.holdings),
    approvalsGiven: pairs(ledger.approvalsGiven),
    remembered: { denials: pairs(denials), excluded: pairs(excluded) },
  };
}

/** The copy comes right after the review: ids of generated reviews leave room. */
function reviewTwice(snapshot: Snapshot, draw: Draw): Snapshot {
  const review = draw.one(
    snapshot.pull.reviews.filter(({ author }) => otherAccount(author) !== null),
  );
  if (review === null) return snapshot;
  const author = otherAccount(review.author);
  const { observations } = snapshot.ledger;
  const seen = observations
    .filter((one) => one.review === review.id)
    .map((one) => ({ ...one, review: review.id + 1, reviewer: author?.id ?? 0 }));
  const reviews = [...snapshot.pull.reviews, { ...review, id: review.id + 1, author }];
  return withLedger(withPull(snapshot, { reviews }), { observations: [...observations, ...seen] });
}

function swapped(snapshot: Snapshot): Snapshot {
  const { pull, ledger } = snapshot;
  const other = (account: Account | null) => otherAccount(account) ?? account;
  const reviewers = new Map(
    pull.reviews.map(({ id, author }) => [id, { was: author?.id, is: other(author)?.id }]),
  );
  const person = <T extends { readonly account: Snapshot["pull"]["author"] }>(by: T) => ({
    ...by,
    account: other(by.account),
  });
  return withLedger(
    withPull(snapshot, {
      author: other(pull.author),
      commits: pull.commits.map((commit) => ({
        ...commit,
        authors: commit.authors.map(person),
        committer: person(commit.committer),
      })),
      pushes: pull.pushes.map((push) => ({ ...push, actor: other(push.actor) })),
      reviews: pull.reviews.map((review) => ({ ...review, author: other(review.author) })),
    }),
    {
      observations: ledger.observations.map((one) => {
        const reviewer = reviewers.get(one.review);
        return reviewer?.was === one.reviewer ? { ...one, reviewer: reviewer.is ?? 0 } : one;
      }),
    },
  );
}
