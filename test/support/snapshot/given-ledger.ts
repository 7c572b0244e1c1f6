import type { Denial, Exclusion, Fingerprint } from "../../../src/core/model/fingerprint.ts";
import type { ApprovingRole } from "../../../src/core/model/names.ts";
import type { Holding, LedgerFacts, LinkedPull } from "../../../src/core/model/snapshot.ts";
import { exampleGovernance } from "./cast.ts";

/** What the ledgers remember, as short as a table wants it; what is left out is about alice's privileged request. */
export interface GivenLedger {
  readonly linked?: readonly GivenLinked[];
  readonly openings?: readonly GivenOpening[];
  readonly remembered?: GivenRemembered;
  readonly holdings?: readonly GivenHolding[];
}

export interface GivenLinked extends Partial<Omit<LinkedPull, "remembered">>, GivenRemembered {}

export interface GivenRemembered {
  readonly denials?: readonly GivenDenial[];
  readonly excluded?: readonly GivenExclusion[];
}

export interface GivenDenial extends Partial<Omit<Denial, "principal">> {
  /** Login of the account that denied. */
  readonly by: string;
}

export interface GivenExclusion extends Partial<Exclusion> {
  readonly person: string;
}

export interface GivenOpening {
  readonly pull?: number;
  readonly at?: string;
  readonly fingerprint?: Partial<Fingerprint>;
  /** Instead of everybody who holds the role in the example. */
  readonly route?: Partial<Readonly<Record<ApprovingRole, readonly string[]>>>;
}

export interface GivenHolding extends Partial<Holding> {
  readonly entitlement: string;
}

const dayBefore = "2026-11-20T08:00:00Z";
const everybody: Readonly<Record<"approver" | "control" | "break-glass", readonly string[]>> = {
  approver: ["bob", "heidi", "ivan"],
  control: ["carol", "judy"],
  "break-glass": ["grace", "mike"],
};

/** Builds the part of the ledger facts that is about other decisions, openings and access. */
export function ledgerFacts(
  given: GivenLedger,
  own: number,
): Pick<LedgerFacts, "linked" | "openings" | "remembered" | "holdings"> {
  return {
    linked: (given.linked ?? []).map(linked),
    openings: (given.openings ?? []).map((one) => opening(one, own)),
    remembered: remembered(given.remembered ?? {}, own),
    holdings: (given.holdings ?? []).map(holding),
  };
}

function linked({ denials, excluded, ...given }: GivenLinked): LinkedPull {
  const pull = given.pull ?? 3;
  return {
    pull,
    at: dayBefore,
    state: "open",
    request: "2026-11-20-alice-settlement",
    durationSeconds: 4 * 3600,
    grants: "no",
    ...given,
    remembered: remembered(
      {
        ...(denials === undefined ? {} : { denials }),
        ...(excluded === undefined ? {} : { excluded }),
      },
      pull,
    ),
  };
}

function opening(given: GivenOpening, own: number): LedgerFacts["openings"][number] {
  const route = { ...everybody, ...given.route };
  return {
    pull: given.pull ?? own,
    at: given.at ?? "2026-11-21T08:00:01Z",
    fingerprint: {
      person: "alice",
      accounts: accountsOf("alice"),
      target: "payments-db",
      entitlement: "readwrite",
      contains: ["readonly", "readwrite"],
      ...given.fingerprint,
    },
    route: (["approver", "control", "break-glass"] as const).map((role) => ({
      role,
      people: route[role],
      accounts: route[role].flatMap(accountsOf),
    })),
  };
}

function remembered(
  { denials, excluded }: GivenRemembered,
  pull: number,
): LedgerFacts["remembered"] {
  return {
    denials: (denials ?? []).map((given, index) => denial(given, { pull, review: 50 + index })),
    excluded: (excluded ?? []).map((given) => ({
      accounts: accountsOf(given.person),
      from: "requester",
      reason: `${given.person} wrote commit 12345678.`,
      ...given,
    })),
  };
}

function denial({ by, ...given }: GivenDenial, place: Pick<Denial, "pull" | "review">): Denial {
  const giver = exampleGovernance.people.find(({ accounts }) =>
    accounts.some(({ login }) => login === by),
  );
  const principal = giver?.accounts.find(({ login }) => login === by)?.id;
  if (giver === undefined || principal === undefined) {
    throw new Error(`Nobody of the cast is called ${by}.`);
  }
  return { ...place, person: giver.name, principal, at: "2026-11-20T09:00:00Z", ...given };
}

function holding(given: GivenHolding): Holding {
  const { person = "alice", holder = person } = given;
  return {
    target: "payments-db",
    as: "grant",
    request: "2026-11-20-other",
    pull: null,
    ...given,
    ...{ person, holder },
  };
}

function accountsOf(person: string): readonly number[] {
  const known = exampleGovernance.people.find(({ name }) => name === person);
  return known?.accounts.map(({ id }) => id) ?? [];
}
