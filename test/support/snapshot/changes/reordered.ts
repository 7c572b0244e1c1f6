import type { Snapshot } from "../../../../src/core/model/snapshot.ts";
import type { Draw } from "../draw.ts";
import { reversedFiles } from "../governance-states.ts";
import { twoAccountFiles } from "../second-accounts.ts";
import { withLedger, withPull } from "./change.ts";
import type { Change } from "./change.ts";

/** The same facts, read in another order. */
export const reordered: readonly Change[] = [
  {
    name: "reviews, commits, heads, pushes and events",
    apply: (snapshot, draw) =>
      withPull(snapshot, {
        reviews: draw.shuffled(snapshot.pull.reviews),
        commits: draw.shuffled(snapshot.pull.commits).map((commit) => ({
          ...commit,
          authors: draw.shuffled(commit.authors),
        })),
        heads: draw.shuffled(snapshot.pull.heads),
        pushes: draw.shuffled(snapshot.pull.pushes),
        events: draw.shuffled(snapshot.pull.events),
      }),
  },
  {
    name: "what the ledgers hold",
    apply: (snapshot, draw) => {
      const { ledger } = snapshot;
      return withLedger(snapshot, {
        observations: draw.shuffled(ledger.observations),
        linked: draw.shuffled(ledger.linked),
        holdings: draw.shuffled(ledger.holdings),
        remembered: {
          denials: draw.shuffled(ledger.remembered.denials),
          excluded: draw.shuffled(ledger.remembered.excluded),
        },
        openings: ledger.openings.map((opening) => ({
          ...opening,
          route: draw.shuffled(opening.route).map(({ role, people, accounts }) => ({
            role,
            people: draw.shuffled(people),
            accounts: draw.shuffled(accounts),
          })),
        })),
      });
    },
  },
  {
    name: "teams, members and governance files",
    apply: (snapshot, draw) => ({
      ...snapshot,
      teams: draw.shuffled(snapshot.teams).map((team) => ({
        ...team,
        members: team.members === null ? null : draw.shuffled(team.members),
      })),
      governance: {
        ...snapshot.governance,
        files:
          snapshot.governance.files === twoAccountFiles ? reversedFiles : snapshot.governance.files,
      },
    }),
  },
  { name: "webhooks of different people in the same instant", apply: renumbered },
];

/**
 * Gives new ids to the reviews of one instant, so that those of different people arrived in another order; each
 * person's own stay in theirs. Denials that name reviews by id are left out of it with their snapshots.
 */
function renumbered(snapshot: Snapshot, draw: Draw): Snapshot {
  const { pull, ledger } = snapshot;
  const linked = ledger.linked.flatMap(({ remembered }) => remembered.denials);
  if (ledger.remembered.denials.length > 0 || linked.length > 0) return snapshot;
  const authors = draw.shuffled([...new Set(pull.reviews.map(({ author }) => nameOf(author)))]);
  const rank = new Map(authors.map((name, at) => [name, at]));
  const inOrder = [...pull.reviews].sort(
    (a, b) => (rank.get(nameOf(a.author)) ?? 0) - (rank.get(nameOf(b.author)) ?? 0) || a.id - b.id,
  );
  const ids = new Map(inOrder.map(({ id }, at) => [id, 100 + 10 * at]));
  return withLedger(
    withPull(snapshot, {
      reviews: pull.reviews.map((review) => ({ ...review, id: ids.get(review.id) ?? review.id })),
    }),
    {
      observations: ledger.observations.map((one) => ({
        ...one,
        review: ids.get(one.review) ?? one.review,
      })),
    },
  );
}

/** Second accounts are called after the first. */
function nameOf(author: Snapshot["pull"]["author"]): string {
  return (author?.login ?? "ghost").toLowerCase().replace(/-.*$/u, "");
}
