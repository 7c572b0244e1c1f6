import type { Holding, Snapshot } from "../../../../src/core/model/snapshot.ts";
import { accountsOf } from "../second-accounts.ts";
import type { Draw } from "../draw.ts";
import { replaced, withLedger } from "./change.ts";
import type { Change } from "./change.ts";

const people = [...accountsOf.keys(), "bob", "heidi", "carol", "judy", "ken", "erin", "nora"];

/** The ledger knows something more that is against it. */
export const moreRemembered: readonly Change[] = [
  {
    name: "one more person is excluded",
    apply: (snapshot, draw) => {
      const { denials, excluded } = snapshot.ledger.remembered;
      const more = [...excluded, exclusion(draw)];
      return withLedger(snapshot, { remembered: { denials, excluded: more } });
    },
  },
  {
    name: "one more denial is remembered",
    apply: (snapshot, draw) => {
      const { denials, excluded } = snapshot.ledger.remembered;
      const more = [...denials, denial(draw)];
      return withLedger(snapshot, { remembered: { denials: more, excluded } });
    },
  },
  {
    name: "one more linked pull request",
    apply: (snapshot, draw) => {
      const linked = {
        pull: 6,
        at: "2026-11-20T08:00:00Z",
        state: draw.from(["open", "closed", "merged"]),
        request: "2026-11-20-linked",
        durationSeconds: draw.from([3_600, 200_000]),
        grants: draw.from(["yes", "no"]),
        remembered: draw.from([
          { denials: [denial(draw)], excluded: [] },
          { denials: [], excluded: [exclusion(draw)] },
        ]),
      };
      return withLedger(snapshot, { linked: [...snapshot.ledger.linked, linked] });
    },
  },
];

/** The ledger knows less that is against it: it can only get easier. */
export const lessRemembered: readonly Change[] = [
  {
    name: "a linked pull request is not there",
    apply: (snapshot, draw) => {
      const { linked } = snapshot.ledger;
      const chosen = draw.one(linked);
      return withLedger(snapshot, { linked: linked.filter((one) => one !== chosen) });
    },
  },
  {
    name: "a linked pull request was answered",
    apply: (snapshot, draw) => {
      const { linked } = snapshot.ledger;
      const chosen = draw.one(linked);
      return withLedger(snapshot, {
        linked: replaced(linked, chosen, (one) => ({ ...one, state: "merged", grants: "no" })),
      });
    },
  },
  {
    name: "nothing is remembered of an earlier decision",
    apply: (snapshot) => withLedger(snapshot, { remembered: { denials: [], excluded: [] } }),
  },
  {
    name: "a holding is not there",
    apply: (snapshot) => withLedger(snapshot, { holdings: snapshot.ledger.holdings.slice(1) }),
  },
  {
    name: "a violation was cleared",
    apply: (snapshot) => withLedger(snapshot, { violations: [] }),
  },
];

/** Somebody has or asks for something more. */
export const moreHeld: readonly Change[] = [
  {
    name: "a holding",
    apply: (snapshot, draw) => {
      const person = draw.from(["alice", "lena", "ivan", draw.one(people) ?? "alice"]);
      const holding = {
        person,
        holder: person,
        ...draw.from<Pick<Holding, "target" | "entitlement">>([
          { target: "payments-db", entitlement: "readwrite" },
          { target: "payments-db", entitlement: "readonly" },
          { target: "analytics-db", entitlement: "readonly" },
          { target: "analytics-db", entitlement: "report" },
        ]),
        as: draw.from(["grant", "approved", "asked", "target"]),
        request: draw.from(["one", "two", "three", "four"]),
        pull: 4,
      };
      return withLedger(snapshot, { holdings: [...snapshot.ledger.holdings, holding] });
    },
  },
];

function exclusion(draw: Draw): Snapshot["ledger"]["remembered"]["excluded"][number] {
  const person = draw.one(people) ?? "bob";
  return {
    person: draw.from([person, `former-${person}`]),
    accounts: (accountsOf.get(person) ?? []).map(({ id }) => id),
    from: draw.from(["requester", "requesting-team", "granting-team"]),
    reason: `${person} was excluded.`,
  };
}

function denial(draw: Draw): Snapshot["ledger"]["remembered"]["denials"][number] {
  const person = draw.one(people) ?? "bob";
  return {
    pull: 6,
    review: draw.from([50, 104, 500]),
    person,
    principal: accountsOf.get(person)?.[0]?.id ?? 1,
    at: draw.from(["2026-11-20T09:00:00Z", "2026-11-21T09:30:00Z", "2026-11-21T11:30:00Z"]),
  };
}
