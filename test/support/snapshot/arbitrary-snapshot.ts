import fc from "fast-check";
import { decide } from "../../../src/core/decide/decide.ts";
import type { Snapshot, TeamFacts } from "../../../src/core/model/snapshot.ts";
import { anyAccount } from "./arbitrary-account.ts";
import { anyHistory, withHistory } from "./arbitrary-ledger.ts";
import type { History } from "./arbitrary-ledger.ts";
import { anyBranch, pullOf, reviewedHead, seldom, sometimes } from "./arbitrary-pull.ts";
import type { Branch } from "./arbitrary-pull.ts";
import { anyInstant, anyOpinion, observationOf, reviewOf } from "./arbitrary-review.ts";
import type { Opinion } from "./arbitrary-review.ts";
import { noon } from "./build-snapshot.ts";
import { deepFreeze } from "./deep-freeze.ts";
import { openingStates } from "./governance-states.ts";
import { scenes } from "./scenes.ts";
import type { Scene } from "./scenes.ts";
import { accountsOf } from "./second-accounts.ts";

/** A snapshot that something is tried on, and the instant at which it is decided. */
export interface World {
  readonly scene: Scene;
  readonly snapshot: Snapshot;
  readonly now: Date;
}

/** The more often the commoner; what changes governance is seldom, because deciding it takes long. */
const requests = [
  { weight: 6, arbitrary: fc.constant(scenes.privileged) },
  { weight: 4, arbitrary: fc.constant(scenes.standard) },
  { weight: 4, arbitrary: fc.constant(scenes.analytics) },
  { weight: 4, arbitrary: fc.constant(scenes.exception) },
  { weight: 2, arbitrary: fc.constantFrom(scenes.serviceAccount, scenes.fromOwners) },
  { weight: 2, arbitrary: fc.constant(scenes.lowRisk) },
];
const others = [
  { weight: 2, arbitrary: fc.constantFrom(scenes.stricterPolicy, scenes.moreReviewers) },
  { weight: 1, arbitrary: fc.constant(scenes.removal) },
];

/** What happens in a world, before it is a snapshot. */
interface Plot {
  readonly scene: Scene;
  readonly votes: readonly (Vote | null)[];
  readonly branch: Branch;
  readonly opinions: readonly Opinion[];
  readonly history: History;
  readonly opening: keyof typeof openingStates | null;
  readonly teams: {
    readonly at: number;
    readonly as: "gone" | "none" | "bigger";
    readonly by: Opinion["by"];
  } | null;
  readonly missing: boolean;
  readonly now: Date;
}

/** Somebody who can fill a step approves: the number says who of them. */
interface Vote {
  readonly who: number;
  readonly account: number;
  readonly at: string;
}

const vote: fc.Arbitrary<Vote> = fc.record({
  who: fc.nat({ max: 5 }),
  account: fc.nat({ max: 1 }),
  at: anyInstant,
});
/** Most steps are filled, so that a good share of the worlds is approved or lacks one thing only. */
const likely = fc.oneof(
  { weight: 9, arbitrary: vote },
  { weight: 1, arbitrary: fc.constant(null) },
);

const plots: fc.Arbitrary<Plot> = fc.record({
  scene: fc.oneof(...requests, ...others),
  votes: fc.tuple(likely, likely),
  branch: anyBranch,
  opinions: fc.oneof(
    { weight: 2, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(anyOpinion, { maxLength: 3 }) },
  ),
  history: anyHistory,
  opening: sometimes(8, fc.constantFrom(...(["fewer-owners", "stricter"] as const))),
  teams: sometimes(
    8,
    fc.record({
      at: fc.nat({ max: 20 }),
      as: fc.constantFrom("gone", "none", "bigger"),
      by: anyAccount,
    }),
  ),
  missing: seldom(60),
  now: fc.oneof(
    { weight: 12, arbitrary: fc.constant(noon) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        new Date("2026-11-22T09:15:00Z"),
        new Date("2026-11-24T12:00:00Z"),
        new Date("2026-11-21T08:45:00Z"),
      ),
    },
  ),
});

/**
 * Requests of every tier, changes of governance and removals in every state, of which a good share is approved and many
 * lack one thing only. Frozen, so that nobody changes them.
 */
export const worlds: fc.Arbitrary<World> = plots.map(world);

/** What is first seen of each scene: the fingerprint, and who holds which role. */
const firstSight = new Map(
  Object.values(scenes).map(({ name, base }) => {
    const { fingerprint, route } = decide(base, noon);
    return [name, fingerprint === null ? null : { fingerprint, route }];
  }),
);

function world({ scene, ...plot }: Plot): World {
  const { base, content, askers } = scene;
  const said = [...plot.votes.flatMap((one, step) => approval(scene, one, step)), ...plot.opinions];
  const reviews = said.map((opinion, at) => reviewOf(opinion, idAt(at)));
  const head = reviewedHead(plot.branch);
  const observations = said.flatMap((opinion, at) =>
    observationOf(opinion, { id: idAt(at), content, head }),
  );
  const snapshot: Snapshot = {
    ...base,
    pull: { ...base.pull, ...pullOf(plot.branch, askers), reviews },
    governance: {
      ...base.governance,
      opening:
        plot.opening === null ? null : { tip: "c".repeat(40), files: openingStates[plot.opening] },
    },
    teams: plot.teams === null ? base.teams : teamsOf(base.teams, plot.teams),
    ledger: { ...base.ledger, observations },
    missing: plot.missing ? [{ fact: "reviews", reason: "One page is missing." }] : [],
  };
  const told = withHistory(snapshot, plot.history, firstSight.get(scene.name) ?? null);
  return { scene, snapshot: deepFreeze(told), now: plot.now };
}

/** Room between the ids of reviews, for one that came right after another. */
function idAt(index: number): number {
  return 100 + 10 * index;
}

function approval({ steps }: Scene, vote: Vote | null, step: number): readonly Opinion[] {
  const able = steps[step];
  if (vote === null || able === undefined) return [];
  const person = able[vote.who % able.length] ?? "";
  const by = accountsOf.get(person)?.[vote.account] ?? null;
  return [
    { by, state: "APPROVED", was: "APPROVED", forgotten: false, at: vote.at, seen: "present" },
  ];
}

function teamsOf(
  teams: readonly TeamFacts[],
  { at, as, by }: NonNullable<Plot["teams"]>,
): readonly TeamFacts[] {
  return teams.map((team, index) => {
    if (index !== at % teams.length) return team;
    switch (as) {
      case "gone":
        return { ...team, members: null };
      case "none":
        return { ...team, members: [] };
      case "bigger":
        return { ...team, members: [...(team.members ?? []), ...(by === null ? [] : [by])] };
    }
  });
}
