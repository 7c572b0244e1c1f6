import type { Account } from "../../../../src/core/model/account.ts";
import type { TeamFacts } from "../../../../src/core/model/snapshot.ts";
import { forgeTeams as exampleTeams } from "../cast.ts";
import type { Draw } from "../draw.ts";
import { accountOf, isListed } from "../second-accounts.ts";
import { replaced, withLedger, withPull } from "./change.ts";
import type { Change } from "./change.ts";
import { anybody, comments } from "./review-changes.ts";

const texts = [
  "",
  "approved",
  "refs/heads/main",
  "\u202e:+1:",
  "/access withdraw",
  "main",
] as const;
const commits = ["a".repeat(40), "b".repeat(40), "0".repeat(40), null] as const;

/** What anybody can write or move at the forge and what says nothing: the decision is the same. */
export const meaningless: readonly Change[] = [
  ...comments,
  {
    name: "the branch is called otherwise",
    apply: (snapshot, draw) => withPull(snapshot, { headRef: draw.from(texts) }),
  },
  {
    name: "logins are written otherwise",
    apply: (snapshot) =>
      withPull(snapshot, {
        author: louder(snapshot.pull.author),
        reviews: snapshot.pull.reviews.map((review) => ({
          ...review,
          author: louder(review.author),
        })),
        pushes: snapshot.pull.pushes.map((push) => ({ ...push, actor: louder(push.actor) })),
      }),
  },
  {
    name: "the forge moves reviews to another commit",
    apply: (snapshot, draw) =>
      withPull(snapshot, {
        reviews: snapshot.pull.reviews.map((review) => ({ ...review, commit: draw.from(commits) })),
      }),
  },
  {
    name: "names and addresses in commits",
    apply: (snapshot, draw) =>
      withPull(snapshot, {
        commits: snapshot.pull.commits.map((commit) => ({
          ...commit,
          authors: commit.authors.map((by) => ({
            ...by,
            name: draw.from(texts),
            email: draw.from(texts),
          })),
        })),
      }),
  },
  {
    name: "who dismissed, closed or force-pushed it",
    apply: (snapshot, draw) =>
      withPull(snapshot, {
        events: snapshot.pull.events.map((event) => ({ ...event, actor: draw.one(anybody) })),
        reviews: snapshot.pull.reviews.map((review) => ({
          ...review,
          dismissal:
            review.dismissal === null ? null : { ...review.dismissal, by: draw.one(anybody) },
        })),
      }),
  },
  {
    name: "strangers in the teams of the forge",
    apply: (snapshot) => ({
      ...snapshot,
      teams: snapshot.teams.map((team) => ({
        ...team,
        members: team.members === null ? null : [...team.members, ...strangers],
      })),
    }),
  },
];

/** Who is put into a team of the forge alone gains nothing by it, and may lose. */
export const forgeTeams: readonly Change[] = [
  {
    name: "somebody is put into a team of the forge",
    apply: (snapshot, draw) => {
      const members = snapshot.teams.flatMap((team) => team.members ?? []);
      const person = draw.one(members);
      const chosen = draw.one(
        snapshot.teams.filter(
          ({ slug, members: own }) => own !== null && person !== null && !isListed(slug, person),
        ),
      );
      if (person === null) return snapshot;
      return {
        ...snapshot,
        teams: replaced(snapshot.teams, chosen, (team) => ({
          ...team,
          members: [...(team.members ?? []), person],
        })),
      };
    },
  },
  {
    name: "somebody is put into a team of the forge and approves",
    apply: (snapshot, draw) => {
      const approver = draw.one(outsiders);
      const [like] = snapshot.ledger.observations;
      const { remembered, linked } = snapshot.ledger;
      const denials = [remembered, ...linked.map((one) => one.remembered)].flatMap(
        (one) => one.denials,
      );
      // Whoever denied before lifts it by approving, as it should be.
      if (approver === null || like === undefined || denials.length > 0) return snapshot;
      const review = {
        id: 998,
        author: approver,
        state: "APPROVED",
        submittedAt: "2026-11-21T11:30:00Z",
        commit: snapshot.pull.headOid,
        dismissal: null,
      } as const;
      const observation = { ...like, review: review.id, reviewer: approver.id, state: "APPROVED" };
      const more = withPull(snapshot, { reviews: [...snapshot.pull.reviews, review] });
      return {
        ...withLedger(more, { observations: [...snapshot.ledger.observations, observation] }),
        teams: snapshot.teams.map((team) => ({
          ...team,
          members: team.members === null ? null : [...team.members, approver],
        })),
      };
    },
  },
  {
    name: "the forge has a team of that name now",
    apply: (snapshot, draw) => {
      const chosen = draw.one(snapshot.teams.filter(({ members }) => members === null));
      return {
        ...snapshot,
        teams: replaced(snapshot.teams, chosen, (team) => appeared(team, draw)),
      };
    },
  },
];

/** People without an approving role in any scene. */
const outsiders = ["frank", "lena", "frank-2"].flatMap((login) => accountOf(login) ?? []);

const strangers = ["mallory", "dependabot[bot]"].flatMap((login) => accountOf(login) ?? []);

function louder(account: Account | null): Account | null {
  return account === null ? null : { ...account, login: account.login.toUpperCase() };
}

/** With some of those whom people.yaml has in it, and somebody else. */
function appeared({ slug }: TeamFacts, draw: Draw): TeamFacts {
  const members = exampleTeams.find((team) => team.slug === slug)?.members ?? [];
  const absent = draw.one(members);
  return { slug, members: [...members.filter((member) => member !== absent), ...strangers] };
}
