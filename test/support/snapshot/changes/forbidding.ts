import { nobodies, peopleAccounts } from "../arbitrary-account.ts";
import type { Snapshot } from "../../../../src/core/model/snapshot.ts";
import { accountOf, accountsOf } from "../second-accounts.ts";
import { withLedger, withPull } from "./change.ts";
import type { Change } from "./change.ts";
import { contribution } from "./contribution.ts";
import { fatalFacts } from "./lost-facts.ts";

/** Who may deny any of the requests: control and break-glass are for every path. */
const deniers = ["carol", "judy", "grace", "mike"].flatMap((name) => accountsOf.get(name) ?? []);
/** Nobody can tell who these are; of the others the id says it. */
const unknown = nobodies.filter(
  (one) => one?.id !== accountOf("countersign-gate[bot]")?.id && one?.id !== accountOf("bob")?.id,
);

/** After any of these no request is approved, whatever else there is. */
export const forbidding: readonly Change[] = [
  ...fatalFacts,
  {
    name: "somebody contributed whom nobody knows",
    apply: (snapshot, draw) => contribution(snapshot, draw, draw.one(unknown)),
  },
  {
    name: "a head that nobody is known to have pushed",
    apply: (snapshot) => withPull(snapshot, { heads: [...snapshot.pull.heads, "3".repeat(40)] }),
  },
  {
    name: "its author is deleted",
    apply: (snapshot) => withPull(snapshot, { author: null }),
  },
  {
    name: "the last word of somebody who may deny",
    apply: (snapshot, draw) => {
      const review = {
        id: 999,
        author: draw.one(deniers),
        state: "CHANGES_REQUESTED" as const,
        submittedAt: "2026-11-21T11:30:00Z",
        commit: null,
        dismissal: null,
      };
      return withPull(snapshot, { reviews: [...snapshot.pull.reviews, review] });
    },
  },
  {
    name: "everybody saw something else",
    apply: (snapshot, draw) => {
      const other = draw.one<Partial<Snapshot["ledger"]["observations"][number]>>([
        { contentDigest: `sha256:${"1".repeat(64)}` },
        { baseRef: "develop" },
        { commit: "4".repeat(40) },
        { reviewer: 4 },
      ]);
      const observations = snapshot.ledger.observations.map((one) => ({ ...one, ...other }));
      return withLedger(snapshot, { observations });
    },
  },
  {
    name: "nobody observed anything",
    apply: (snapshot) => withLedger(snapshot, { observations: [] }),
  },
  {
    name: "an event after all of it",
    apply: (snapshot, draw) => {
      const kinds = ["force-pushed", "base-changed", "drafted", "ready", "reopened"] as const;
      const event = {
        kind: draw.from(kinds),
        at: draw.from(["2026-11-21T10:30:00Z", "2026-11-21T11:45:00Z"]),
        actor: draw.one(peopleAccounts),
        heads: null,
      };
      return withPull(snapshot, { events: [...snapshot.pull.events, event] });
    },
  },
];
