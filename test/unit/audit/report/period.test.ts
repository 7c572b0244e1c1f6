import { describe, expect, it } from "vitest";
import { isWithin, secondsBetween, viewUntil } from "../../../../src/audit/report/period.ts";
import { grantOf } from "../../../support/ledger/drafts.ts";
import { viewOf, written } from "../../../support/ledger/view-of.ts";

const [from, to] = ["2026-11-21T00:00:00.000Z", "2026-11-22T00:00:00Z"] as const;

describe("a period", () => {
  it("has its beginning and not its end, however the instants are written", () => {
    const instants = [
      "2026-11-20T23:59:59.999Z",
      "2026-11-21T00:00:00Z",
      "2026-11-21T23:59:59.999Z",
      to,
    ];
    expect(instants.map((at) => isWithin({ from, to }, at))).toEqual([false, true, true, false]);
  });

  it("leaves out what was written at its end or later, on either branch", () => {
    const usage = { samples: 1, used: 0, sessionsAtMost: 0, firstSeenAt: null, lastSeenAt: null };
    const entries = [from, to, "2026-11-23T00:00:00Z"].flatMap((at) => [
      written(
        at,
        "lapsed",
        { request: "a", decision: `sha256:${"d".repeat(64)}` },
        { notAfter: at },
      ),
      written(at, "usage", { grant: grantOf("a") }, usage),
    ]);
    const view = viewUntil(viewOf(entries), to);
    expect([view.decisions, view.executions].map((branch) => branch.map(({ at }) => at))).toEqual([
      ...[[from], [from]],
    ]);
  });

  it("measures no time backwards", () => {
    expect(secondsBetween(from, to)).toBe(86_400);
    expect(secondsBetween(to, from)).toBe(0);
  });
});
