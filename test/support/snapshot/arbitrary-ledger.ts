import fc from "fast-check";
import type { Denial, Exclusion } from "../../../src/core/model/fingerprint.ts";
import type {
  Holding,
  LedgerFacts,
  LinkedPull,
  Opening,
  Snapshot,
} from "../../../src/core/model/snapshot.ts";
import { seldom, sometimes } from "./arbitrary-pull.ts";
import { accountsOf, routeWithout } from "./second-accounts.ts";

const people = [...accountsOf.keys()];
const withRoles = ["bob", "heidi", "ivan", "carol", "judy", "ken", "erin", "nora"];
const somebody = fc.constantFrom(...people, ...withRoles, ...withRoles);

export const anyDenial: fc.Arbitrary<Denial> = fc
  .record({
    pull: fc.constantFrom(3, 7),
    review: fc.integer({ min: 1, max: 90 }),
    person: somebody,
    account: fc.nat({ max: 1 }),
    at: fc.constantFrom("2026-11-20T09:00:00Z", "2026-11-21T09:00:00Z", "2026-11-21T09:30:00Z"),
  })
  .map(({ account, ...rest }) => ({
    ...rest,
    principal: accountsOf.get(rest.person)?.[account]?.id ?? 1,
  }));

export const anyExclusion: fc.Arbitrary<Exclusion> = fc
  .record({
    person: somebody,
    from: fc.constantFrom("requester", "requesting-team", "granting-team"),
    /** They were called otherwise in people.yaml then. */
    renamed: seldom(4),
  })
  .map(({ person, from, renamed }) => ({
    person: renamed ? `former-${person}` : person,
    accounts: accountsOf.get(person)?.map(({ id }) => id) ?? [],
    from,
    reason: `${person} was excluded.`,
  }));

const remembering = (seldomDenied: number) =>
  fc.record({
    denials: sometimes(seldomDenied, anyDenial).map((one) => (one === null ? [] : [one])),
    excluded: sometimes(4, anyExclusion).map((one) => (one === null ? [] : [one])),
  });

export const anyLinked: fc.Arbitrary<LinkedPull> = fc.record({
  pull: fc.integer({ min: 1, max: 5 }),
  at: fc.constantFrom("2026-11-01T08:00:00Z", "2026-11-20T08:00:00Z", "2026-11-21T07:00:00Z"),
  state: fc.constantFrom("open", "closed", "merged"),
  request: fc.constant("2026-11-20-earlier"),
  durationSeconds: fc.constantFrom(28_800, 72_000, 172_800),
  grants: fc.constantFrom("no", "no", "yes"),
  remembered: remembering(3),
});

export const anyHolding: fc.Arbitrary<Holding> = fc
  .record({
    person: fc.oneof(fc.constantFrom("alice", "lena", "ivan"), somebody),
    held: fc.constantFrom(
      { target: "payments-db", entitlement: "readwrite" },
      { target: "payments-db", entitlement: "readonly" },
      { target: "analytics-db", entitlement: "readonly" },
      { target: "analytics-db", entitlement: "report" },
    ),
    as: fc.constantFrom("grant", "approved", "asked", "target"),
    number: fc.nat({ max: 3 }),
  })
  .map(({ person, held, as, number }) => ({
    person,
    holder: person,
    ...held,
    as,
    request: as === "target" ? null : `earlier-${number}`,
    pull: as === "target" ? null : number + 1,
  }));

/** What the ledgers show; the first sight of what is asked for is here or in a linked PR, at most once. */
export interface History {
  readonly remembered: LedgerFacts["remembered"];
  readonly linked: readonly LinkedPull[];
  readonly holdings: readonly Holding[];
  readonly opening: { readonly linked: boolean; readonly without: string } | null;
  readonly violated: boolean;
  readonly usedBefore: boolean;
}

export const anyHistory: fc.Arbitrary<History> = fc.record({
  remembered: remembering(10),
  linked: fc.oneof(
    { weight: 4, arbitrary: fc.constant([]) },
    {
      weight: 1,
      arbitrary: fc.uniqueArray(anyLinked, { maxLength: 2, selector: ({ pull }) => pull }),
    },
  ),
  holdings: fc.oneof(
    { weight: 4, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(anyHolding, { maxLength: 2 }) },
  ),
  opening: sometimes(3, fc.record({ linked: fc.boolean(), without: somebody })),
  violated: seldom(40),
  usedBefore: seldom(40),
});

/** Adds a history to the ledger of a snapshot; `first` is what is asked for there and who held which role. */
export function withHistory(
  { ledger, ...rest }: Snapshot,
  { remembered, linked, holdings, opening, violated, usedBefore }: History,
  first: Pick<Opening, "fingerprint" | "route"> | null,
): Snapshot {
  const [earlier] = linked;
  const pull = opening?.linked === true ? earlier?.pull : rest.pull.number;
  return {
    ...rest,
    ledger: {
      ...ledger,
      remembered,
      linked,
      holdings,
      violations: violated
        ? [
            {
              entry: 9,
              pull: 7,
              code: "PUSHED",
              detail: "Somebody pushed to main.",
              paths: [],
              parties: [],
            },
          ]
        : [],
      requests: ledger.requests.map((record) => ({ ...record, firstPull: usedBefore ? 3 : null })),
      openings:
        opening === null || first === null || pull === undefined
          ? []
          : [
              {
                pull,
                at: rest.pull.createdAt,
                fingerprint: first.fingerprint,
                route: routeWithout(first.route, opening.without),
              },
            ],
    },
  };
}
