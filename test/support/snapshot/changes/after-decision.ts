import type { Decision } from "../../../../src/core/model/decision.ts";
import type { Snapshot } from "../../../../src/core/model/snapshot.ts";
import type { Draw } from "../draw.ts";
import { otherAccount } from "../second-accounts.ts";
import { replaced, withLedger, withPull } from "./change.ts";
import type { Change } from "./change.ts";
import type { WorldChange } from "../tried.ts";

const undone: readonly Change[] = [
  {
    name: "a denial or a comment is not there any more",
    apply: (snapshot, draw) => {
      const { reviews } = snapshot.pull;
      const chosen = draw.one(
        reviews.filter(
          (one) =>
            (one.state === "CHANGES_REQUESTED" || one.state === "COMMENTED") &&
            isGenuine(one.author),
        ),
      );
      return withPull(snapshot, { reviews: reviews.filter((one) => one !== chosen) });
    },
  },
  {
    name: "the account of somebody who denied is deleted",
    apply: (snapshot, draw) => {
      const { reviews } = snapshot.pull;
      const chosen = draw.one(
        reviews.filter((one) => one.state === "CHANGES_REQUESTED" && isGenuine(one.author)),
      );
      const ghost = <T extends { readonly author: unknown }>(one: T) => ({ ...one, author: null });
      return withPull(snapshot, { reviews: replaced(reviews, chosen, ghost) });
    },
  },
  {
    name: "a denial is dismissed, and the forge does not show what it was",
    apply: (snapshot, draw) => {
      const { reviews } = snapshot.pull;
      const chosen = draw.one(reviews.filter(({ state }) => state === "CHANGES_REQUESTED"));
      const dismissal = { at: "2026-11-21T11:00:00Z", by: null, was: "COMMENTED" } as const;
      return withPull(snapshot, {
        reviews: replaced(reviews, chosen, (one) => ({ ...one, state: "DISMISSED", dismissal })),
      });
    },
  },
  {
    name: "a force-pushed commit of somebody known is lost",
    apply: (snapshot, draw) => {
      const { commits } = snapshot.pull;
      const parents = new Set(commits.flatMap((commit) => commit.parents));
      const chosen = draw.one(
        commits.filter(
          ({ oid, authors, committer }) =>
            !parents.has(oid) && [...authors, committer].every(({ account }) => isGenuine(account)),
        ),
      );
      return withPull(snapshot, { commits: commits.filter((one) => one !== chosen) });
    },
  },
  {
    name: "a push by somebody known is forgotten",
    apply: (snapshot, draw) => {
      const { pushes } = snapshot.pull;
      const chosen = draw.one(pushes.filter(({ actor }) => isGenuine(actor)));
      return withPull(snapshot, { pushes: pushes.filter((one) => one !== chosen) });
    },
  },
  {
    name: "somebody left a team of the forge",
    apply: (snapshot, draw) => {
      const chosen = draw.one(snapshot.teams.filter(({ members }) => members !== null));
      const gone = leaver(chosen?.members ?? [], draw);
      return {
        ...snapshot,
        teams: replaced(snapshot.teams, chosen, (team) => ({
          ...team,
          members: (team.members ?? []).filter(({ id }) => id !== gone),
        })),
      };
    },
  },
];

/** The decision is on record, and nothing else is different. */
export const recordedOnly: readonly WorldChange[] = afterwards([
  { name: "nothing", apply: (snapshot) => snapshot },
]);

/** What the forge may forget or somebody may undo there, after the decision is on record. */
export const forgotten: readonly WorldChange[] = afterwards(undone);

function afterwards(changes: readonly Change[]): readonly WorldChange[] {
  return changes.map(({ name, apply }) => ({
    name: `${name}, after it was decided on`,
    apply: (world, draw, before) => ({
      ...world,
      snapshot: apply(recorded(world.snapshot, before), draw),
    }),
  }));
}

/** Puts on record what a decision hands on: what it remembers, and the first sight of what is asked for. */
function recorded(snapshot: Snapshot, decision: Decision): Snapshot {
  const { denials, excluded, fingerprint, route, pull } = decision;
  const { openings } = snapshot.ledger;
  const opening = { pull, at: snapshot.pull.createdAt, fingerprint, route };
  return withLedger(snapshot, {
    remembered: { denials, excluded },
    openings:
      openings.length > 0 || fingerprint === null ? openings : [{ ...opening, fingerprint }],
  });
}

function isGenuine(account: Snapshot["pull"]["author"]): boolean {
  return otherAccount(account) !== null;
}

function leaver(members: readonly { readonly id: number }[], draw: Draw): number | null {
  return draw.one(members)?.id ?? null;
}
