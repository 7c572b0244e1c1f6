import { describe } from "vitest";
import { account } from "../support/snapshot/cast.ts";
import type { Given } from "../support/snapshot/build-snapshot.ts";
import { ordinaryPath, ordinaryText } from "../support/snapshot/request-text.ts";
import { attack } from "./attack.ts";
import { refusedBy } from "./refused-by.ts";
import type { Try } from "./refused-by.ts";
import { asking, deciding } from "./tries.ts";

const incident: NonNullable<Given["incident"]> = { reference: "acme/access#12" };

/** Decides an emergency of alice's at half past nine, approved by grace unless it says otherwise. */
const emergency = (given: Given = {}): Try =>
  deciding(
    {
      asks: "BreakGlassRequest",
      spec: { duration: "PT1H", references: [{ type: "incident", id: "#12" }] },
      incident,
      reviews: [{ by: "grace" }],
      ...given,
    },
    new Date("2026-11-21T09:30:00Z"),
  );

describe("J — time, and emergencies", () => {
  const edited = ordinaryText("2026-11-21-alice-settlement").replace("PT4H", "P30D");
  attack(
    "J1",
    "edit the duration of what is granted, as a small fix",
    refusedBy("SOD-PULL-KIND", {
      attempt: deciding({
        changes: [
          {
            ...{ path: ordinaryPath, text: edited, size: edited.length, status: "modified" },
            ...{ modeBefore: "100644", modeAfter: "100644" },
          },
        ],
      }),
      honest: deciding({}),
    }),
  );
  for (const [title, from, to, code] of [
    ["a duration in months, which nobody can count", "PT4H", "P1M", "wrong-duration"],
    ["a duration without an end", "PT4H", "9999-12-31", "wrong-duration"],
  ] as const) {
    attack(
      "J2",
      `ask for ${title}`,
      refusedBy(code, { attempt: asking([from, to]), honest: asking([from, "PT3H"]) }),
    );
  }
  for (const at of [
    "2026-11-22T00:00:00+02:00",
    "2026-11-22T00:00:00",
    "2026-02-30T00:00:00Z",
    "2026-11-22",
  ]) {
    const before = "duration: PT4H";
    attack(
      "J2",
      `name ${at} as an instant`,
      refusedBy("wrong-instant", {
        attempt: asking([before, `${before}\n  activateBy: ${at}`]),
        honest: asking([before, `${before}\n  activateBy: 2026-11-22T00:00:00Z`]),
      }),
    );
  }
  attack(
    "J2",
    "ask for longer than the policy allows, in seconds",
    refusedBy("SOD-REQUEST", {
      attempt: deciding({ spec: { duration: "PT28801S" } }),
      honest: deciding({ spec: { duration: "PT28800S" } }),
    }),
  );

  for (const [title, code, reviews] of [
    ["with nobody's approval", "SOD-STEP-BREAK-GLASS", []],
    ["and approve it with another account", "SOD-REQUESTER", [{ by: "alice-admin" }]],
    ["and let a bot approve it", "SOD-HUMAN", [{ by: "countersign-gate[bot]" }]],
    ["and let an owner approve it, who is not of the chain", "SOD-ROLE", [{ by: "bob" }]],
    [
      "and let the second of the chain approve it at once",
      "SOD-CHAIN",
      [{ by: "quinn", at: "2026-11-21T08:01:00Z" }],
    ],
    [
      "under a denial of the first of the chain, with one of the second",
      "SOD-DENIAL",
      [{ by: "grace", state: "CHANGES_REQUESTED" } as const, { by: "quinn" }],
    ],
  ] as const) {
    attack(
      "J4",
      `break the glass ${title}`,
      refusedBy(code, { attempt: emergency({ reviews }), honest: emergency() }),
    );
  }
  for (const [title, given] of [
    ["without an incident that is open", { incident: { ...incident, state: "closed" } }],
    [
      "for an incident of one's own making",
      { incident: { ...incident, openedBy: account("alice-admin") } },
    ],
    [
      "again after its incident was closed and reopened",
      { incident: { ...incident, closings: [{ at: "2026-11-21T09:10:00Z", by: null }] } },
    ],
    [
      "for an incident in a repository of one's own",
      {
        spec: {
          duration: "PT1H",
          references: [{ type: "incident", id: "alice/incidents#12" }],
        },
      },
    ],
  ] as const) {
    attack(
      "J4",
      `break the glass ${title}`,
      refusedBy("SOD-INCIDENT", { attempt: emergency(given), honest: emergency() }),
    );
  }

  const emergencies = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      ...{ request: `fire-${index}`, pull: 50 + index, people: [] },
      mergedAt: "2026-11-20T08:00:00Z",
    }));
  attack(
    "J5",
    "break the glass as a habit",
    refusedBy("SOD-BUDGET", {
      attempt: emergency({ ledger: { emergencies: emergencies(3) } }),
      honest: emergency({ ledger: { emergencies: emergencies(2) } }),
    }),
  );
  const review = {
    ...{ request: "fire", pull: 50, issue: 51, due: "2026-11-21T09:00:00Z", reasons: [] },
    ...{ people: [], parties: [] },
  };
  const by = { person: "frank", accounts: [1006] };
  attack(
    "J5",
    "break the glass again while nobody reviewed the last time",
    refusedBy("SOD-REVIEW-OVERDUE", {
      attempt: emergency({ ledger: { reviews: [{ ...review, outcome: null }] } }),
      honest: emergency({
        ledger: {
          reviews: [
            { ...review, outcome: { outcome: "unjustified", by, at: "2026-11-21T08:30:00Z" } },
          ],
        },
      }),
    }),
  );
  attack(
    "J5",
    "extend what was given in an emergency",
    refusedBy("SOD-EXTENDS", {
      attempt: deciding({
        asks: "AccessExtension",
        spec: { extends: "fire" },
        holdings: [{ entitlement: "readwrite", request: "fire" }],
        ledger: { emergencies: emergencies(1).map((one) => ({ ...one, request: "fire" })) },
      }),
      honest: deciding({
        asks: "AccessExtension",
        spec: { extends: "fire" },
        holdings: [{ entitlement: "readwrite", request: "fire" }],
      }),
    }),
  );
});
