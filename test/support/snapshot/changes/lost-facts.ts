import type { Observation, Snapshot } from "../../../../src/core/model/snapshot.ts";
import { instants } from "../arbitrary-review.ts";
import { brokenFiles } from "../governance-states.ts";
import { isListed } from "../second-accounts.ts";
import { replaced, withLedger, withPull } from "./change.ts";
import type { Change } from "./change.ts";

/** With any of these no request is approved, whatever else there is. */
export const fatalFacts: readonly Change[] = [
  {
    name: "a missing page",
    apply: (snapshot) => ({
      ...snapshot,
      missing: [...snapshot.missing, { fact: "commits", reason: "One page is missing." }],
    }),
  },
  {
    name: "governance that was changed without a decision",
    apply: (snapshot) => withGovernance(snapshot, { provenance: broken }),
  },
  {
    name: "governance with an error",
    apply: (snapshot) => withGovernance(snapshot, { files: brokenFiles }),
  },
  {
    name: "an error in the governance of the opening",
    apply: (snapshot) =>
      withGovernance(snapshot, { opening: { tip: "5".repeat(40), files: brokenFiles } }),
  },
  {
    name: "a violation",
    apply: (snapshot) =>
      withLedger(snapshot, {
        violations: [
          ...snapshot.ledger.violations,
          { entry: 8, pull: 7, code: "PUSHED", detail: "Somebody pushed.", paths: [], parties: [] },
        ],
      }),
  },
  {
    name: "a name that was used before",
    apply: (snapshot) => withRecord(snapshot, { firstPull: 2 }),
  },
  {
    name: "a name whose state is not known",
    apply: (snapshot) => withLedger(snapshot, { requests: [] }),
  },
  {
    name: "a draft, a closed one, one from a fork, one for another branch",
    apply: (snapshot, draw) =>
      withPull(
        snapshot,
        draw.one<Partial<Snapshot["pull"]>>([
          ...(snapshot.pull.state === "open"
            ? [{ draft: true }, { state: "closed" as const }]
            : []),
          { crossRepository: true },
          { baseRef: "release" },
        ]) ?? {},
      ),
  },
];

/** Something cannot be read or does not hold any more. */
export const lostFacts: readonly Change[] = [
  {
    name: "an observation is lost",
    apply: (snapshot, draw) => {
      const { observations } = snapshot.ledger;
      const chosen = draw.one(observations);
      return withLedger(snapshot, { observations: observations.filter((one) => one !== chosen) });
    },
  },
  {
    name: "an observation is of something else",
    apply: (snapshot, draw) => {
      const { observations } = snapshot.ledger;
      const other = draw.one<Partial<Observation>>([
        { contentDigest: `sha256:${"1".repeat(64)}` },
        { baseRef: "develop" },
        { commit: "4".repeat(40) },
        { reviewer: 4 },
      ]);
      const chosen = draw.one(observations);
      return withLedger(snapshot, {
        observations: replaced(observations, chosen, (one) => ({ ...one, ...other })),
      });
    },
  },
  {
    name: "an event that voids what came before",
    apply: (snapshot, draw) => {
      const event = {
        kind: draw.from(["force-pushed", "base-changed", "closed", "reopened", "drafted", "ready"]),
        at: draw.from([...instants, "2026-11-21T11:45:00Z"]),
        actor: null,
        heads: null,
      };
      const events = [...snapshot.pull.events, event].sort((a, b) => (a.at < b.at ? -1 : 1));
      return withPull(snapshot, { events });
    },
  },
  {
    name: "a team of the forge loses those whom people.yaml has in it",
    apply: (snapshot, draw) => {
      const chosen = draw.one(snapshot.teams);
      return {
        ...snapshot,
        teams: replaced(snapshot.teams, chosen, (team) => ({
          ...team,
          members: (team.members ?? []).filter((member) => !isListed(team.slug, member)),
        })),
      };
    },
  },
];

const broken = { status: "broken", commit: "6".repeat(40), reason: "No decision." } as const;

function withGovernance(snapshot: Snapshot, governance: Partial<Snapshot["governance"]>): Snapshot {
  return { ...snapshot, governance: { ...snapshot.governance, ...governance } };
}

function withRecord(
  snapshot: Snapshot,
  record: Partial<Snapshot["ledger"]["requests"][number]>,
): Snapshot {
  const requests = snapshot.ledger.requests.map((one) => ({ ...one, ...record }));
  return withLedger(snapshot, { requests });
}
