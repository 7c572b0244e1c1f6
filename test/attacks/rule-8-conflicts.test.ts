import { describe, expect } from "vitest";
import { decide } from "../../src/core/decide/decide.ts";
import { buildSnapshot, noon } from "../support/snapshot/build-snapshot.ts";
import type { Edit, Given } from "../support/snapshot/build-snapshot.ts";
import type { GivenHolding } from "../support/snapshot/given-ledger.ts";
import { attack } from "./attack.ts";
import { refusedBy } from "./refused-by.ts";
import { both, deciding } from "./tries.ts";

const people = "governance/people.yaml";
const conflicts = "governance/conflicts.yaml";

describe("nobody comes to hold what nobody may hold together", () => {
  const held: GivenHolding = { target: "analytics-db", entitlement: "readonly" };
  const besides = (holding: Partial<GivenHolding>, given: Given = {}) =>
    deciding({ holdings: [{ ...held, ...holding }], ...given });
  const harmless = besides({ entitlement: "report" });
  for (const [as, title] of [
    ["grant", "a grant in effect shows"],
    ["approved", "is approved and not begun"],
    ["asked", "another open pull request asks for"],
    ["target", "the target itself shows"],
  ] as const) {
    attack(
      "§4.8",
      `ask for the other side of what ${title}`,
      refusedBy("SOD-CONFLICT", { attempt: besides({ as }), honest: harmless }),
    );
  }
  attack(
    "§4.8",
    "hold the other side with a machine of one's own",
    refusedBy("SOD-CONFLICT", {
      attempt: besides({ holder: "settlement-bot" }),
      honest: besides({ holder: "settlement-bot", person: "ivan" }),
    }),
  );
  const botAsks = {
    spec: { beneficiary: { kind: "service-account", name: "settlement-bot" } },
  };
  attack(
    "§4.8",
    "have a machine of one's own ask for the other side",
    refusedBy("SOD-CONFLICT", {
      attempt: besides({}, botAsks),
      honest: besides({ person: "ivan" }, botAsks),
    }),
  );
  const analytics: Given = {
    ...{ author: "ivan", commits: [{ authors: ["ivan"] }] },
    path: "access-requests/analytics-db/x.yaml",
    spec: { requester: "ivan", target: "analytics-db", entitlement: "readonly" },
    reviews: [{ by: "ken" }, { by: "carol" }],
  };
  attack(
    "§4.8",
    "ask for the sides in the other order",
    refusedBy("SOD-CONFLICT", {
      attempt: deciding({ ...analytics, holdings: [{ entitlement: "readwrite" }] }),
      honest: deciding({ ...analytics, holdings: [{ entitlement: "readonly" }] }),
    }),
  );
  const betweenReaders: Edit = {
    path: conflicts,
    from: "entitlement: readwrite",
    to: "entitlement: readonly",
  };
  attack(
    "§4.8",
    "ask for something larger that contains one side",
    refusedBy("SOD-CONFLICT", {
      attempt: besides({}, { edit: [betweenReaders] }),
      honest: harmless,
    }),
  );
  const withReports: Edit = {
    path: conflicts,
    from: "analytics-db, entitlement: readonly",
    to: "analytics-db, entitlement: report",
  };
  attack(
    "§4.8",
    "hold something larger that contains the other side",
    refusedBy("SOD-CONFLICT", {
      attempt: besides({}, { edit: [withReports] }),
      honest: besides({ target: "payments-db" }, { edit: [withReports] }),
    }),
  );
  const withinOne: Edit = { path: conflicts, from: "analytics-db", to: "payments-db" };
  attack(
    "§4.8",
    "ask for one entitlement that contains both sides",
    refusedBy("SOD-CONFLICT", {
      attempt: deciding({ edit: [withinOne] }),
      honest: deciding({ edit: [withinOne], spec: { entitlement: "readonly" } }),
    }),
  );
  attack(
    "§4.8",
    "have the conflict taken out while the request is open",
    refusedBy("SOD-CONFLICT", {
      attempt: besides(
        {},
        { edit: [elsewhere], opening: [{ ...elsewhere, from: elsewhere.to, to: elsewhere.from }] },
      ),
      honest: besides({}, { edit: [elsewhere] }),
    }),
  );

  const excepted = (given: Given["spec"] = {}, more: Given = {}) =>
    besides(
      {},
      {
        spec: {
          duration: "PT2H",
          exceptions: [{ conflict: "settle-and-report", reason: "Month end, once." }],
          ...given,
        },
        ...more,
      },
    );
  for (const [title, code, attempt] of [
    ["without naming the exception", "SOD-CONFLICT", excepted({ exceptions: null })],
    [
      "by the exception from another conflict",
      "SOD-CONFLICT",
      excepted({ exceptions: [{ conflict: "other", reason: "x" }] }),
    ],
    ["for longer than the exception allows", "SOD-CONFLICT", excepted({ duration: "PT2H1S" })],
    ["without compensating controls", "SOD-CONFLICT", excepted({ compensatingControls: null })],
    [
      "without a reason",
      "SOD-REQUEST",
      excepted({ exceptions: [{ conflict: "settle-and-report" }] }),
    ],
    [
      "with an empty reason",
      "SOD-REQUEST",
      excepted({ exceptions: [{ conflict: "settle-and-report", reason: " " }] }),
    ],
    ["without control", "SOD-STEP-CONTROL", excepted({}, { reviews: [{ by: "bob" }] })],
    [
      "by dependent control",
      "SOD-INDEPENDENCE",
      excepted({}, { teams: { "payments-dev": ["alice", "carol"] } }),
    ],
    ["where the conflict has no exception", "SOD-CONFLICT", excepted({}, { edit: [noException] })],
    [
      "where it had none when this was opened",
      "SOD-CONFLICT",
      excepted({}, { opening: [noException] }),
    ],
    [
      "for longer than it allowed when this was opened",
      "SOD-CONFLICT",
      excepted({}, { opening: [{ path: conflicts, from: "PT2H", to: "PT1H" }] }),
    ],
  ] as const) {
    attack("§4.8", `hold both ${title}`, refusedBy(code, { attempt, honest: excepted() }));
  }
  const graces = [{ by: "bob" }, { by: "grace" }];
  attack(
    "§4.8",
    "hold both by a policy that asks for break-glass instead of control",
    refusedBy("SOD-STEP-CONTROL", {
      attempt: excepted({}, { edit: [graceApproves], reviews: graces }),
      honest: excepted({}, { edit: [graceApproves], reviews: [...graces, { by: "carol" }] }),
    }),
  );
  const lowRisk: Given = {
    ...report,
    edit: [withReports, lenaAtPayments],
    holdings: [{ person: "lena", entitlement: "readwrite" }],
  };
  const byException = {
    ...report.spec,
    exceptions: [{ conflict: "settle-and-report", reason: "Month end, once." }],
    references: [{ type: "change", id: "CHG-1" }],
    compensatingControls: ["statement logging on"],
  };
  attack(
    "§4.8",
    "hold both by a low-risk request, without control",
    refusedBy("SOD-STEP-CONTROL", {
      attempt: deciding({ ...lowRisk, spec: byException }),
      honest: deciding({
        ...lowRisk,
        spec: byException,
        reviews: [{ by: "ken" }, { by: "carol" }],
      }),
    }),
  );
  attack(
    "§4.8",
    "hold both by a low-risk request, without what the strictest tier asks for",
    refusedBy("SOD-REQUEST", {
      attempt: deciding({
        ...{ ...lowRisk, reviews: [{ by: "ken" }, { by: "carol" }] },
        spec: { ...byException, references: null },
      }),
      honest: deciding({
        ...lowRisk,
        spec: byException,
        reviews: [{ by: "ken" }, { by: "carol" }],
      }),
    }),
  );
  attack("§4.8", "use an exception without a review afterwards", () => {
    const spec = {
      duration: "PT2H",
      exceptions: [{ conflict: "settle-and-report", reason: "Month end, once." }],
    };
    const asked = { spec, holdings: [{ person: "alice", ...held }], reviews: both };
    const { verdict, reviewAfterwards } = decide(buildSnapshot(asked), noon);
    expect(verdict).toBe("approved");
    expect(reviewAfterwards).toEqual(["Exception from settle-and-report."]);
    const without = decide(buildSnapshot({ ...asked, holdings: [] }), noon);
    expect(without.reviewAfterwards).toEqual([]);
    return "reviewAfterwards";
  });

  attack("§4.9", "approve each other's without anybody seeing it", () => {
    const given = (approvers: readonly string[], requesters: readonly string[], at: string) => {
      const approvalsGiven = [{ pull: 2, at, approvers, requesters }];
      const { findings, verdict } = decide(
        buildSnapshot({ reviews: both, ledger: { approvalsGiven } }),
        noon,
      );
      expect(verdict).toBe("approved");
      return findings.find(({ code }) => code === "SOD-RECIPROCITY")?.facts;
    };
    expect(given(["alice"], ["bob"], "2026-11-20T08:00:00Z")).toEqual(["pull:2"]);
    expect(given(["alice"], ["heidi"], "2026-11-20T08:00:00Z")).toEqual([]);
    expect(given(["ivan"], ["bob"], "2026-11-20T08:00:00Z")).toEqual([]);
    expect(given(["alice"], ["bob"], "2026-11-01T08:00:00Z")).toEqual([]);
    return "SOD-RECIPROCITY";
  });
});

const report: Given = {
  ...{ author: "lena", commits: [{ authors: ["lena"] }], reviews: [{ by: "ken" }] },
  path: "access-requests/analytics-db/2026-11-21-lena-report.yaml",
  spec: {
    ...{ requester: "lena", beneficiary: { kind: "human", name: "lena" } },
    ...{ target: "analytics-db", entitlement: "report", duration: "PT1H" },
  },
};
const noException: Edit = {
  path: conflicts,
  from: "      exception: { maxDuration: PT2H }\n",
  to: "",
};
/** The conflict is then about what nobody asks for here. */
const elsewhere: Edit = {
  path: conflicts,
  from: "payments-db, entitlement: readwrite",
  to: "analytics-db, entitlement: report",
};
const lenaAtPayments: Edit = {
  path: people,
  from: "identities: [{ target: analytics-db, name: lena }]",
  to: "identities: [{ target: analytics-db, name: lena }, { target: payments-db, name: lena }]",
};
const graceApproves: Edit = {
  path: "governance/policy/privileged.yaml",
  from: "role: control, count: 1",
  to: "role: break-glass, count: 1",
};
