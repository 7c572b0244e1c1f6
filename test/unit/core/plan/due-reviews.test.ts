import { describe, expect, it } from "vitest";
import { emptyView, extendView } from "../../../../src/core/attest/ledger-view.ts";
import type { Decision } from "../../../../src/core/model/decision.ts";
import type { Entry } from "../../../../src/core/model/entry.ts";
import { dueReviews } from "../../../../src/core/plan/due-reviews.ts";
import { decision, entry, file, grant, intent, merge } from "./plan-entries.ts";
import { digestOf } from "../../../support/ledger/drafts.ts";

const reasons = ["Emergency access for acme/access#12."];
const reviewed = { reviewAfterwards: reasons, reviewWithinSeconds: 3600 };
const onExecutions = (one: Entry): Entry => ({ ...one, branch: "audit/executions" });
const revoked = (seq: number, at: string): Entry => ({
  ...entry(
    seq,
    "revoke",
    { intent: digestOf("i"), grant },
    { readBack: { at, identity: "alice", permissions: [] } },
  ),
  branch: "audit/executions",
  at,
});

function due(change: Partial<Decision>, executions: readonly Entry[]) {
  const view = extendView(emptyView, [decision(1, change), merge(2), ...executions]);
  return dueReviews(view).map((one) => ({ request: one.request, due: one.due, over: one.over }));
}

describe("dueReviews", () => {
  const began = onExecutions(intent(11));

  it("counts from the end of the access", () => {
    expect(due(reviewed, [began])).toEqual([
      { request: "a", over: grant.expiresAt, due: "2026-11-21T15:00:00.000Z" },
    ]);
  });

  it("counts from an earlier end, and from no later one", () => {
    const [early] = due(reviewed, [began, revoked(12, "2026-11-21T11:00:00.000Z")]);
    expect(early?.due).toBe("2026-11-21T12:00:00.000Z");
    const [late] = due(reviewed, [began, revoked(12, "2026-11-21T23:00:00.000Z")]);
    expect(late?.due).toBe("2026-11-21T15:00:00.000Z");
  });

  it("is due at once where a decision says no time", () => {
    const [timeless] = due({ ...reviewed, reviewWithinSeconds: null }, [began]);
    expect(timeless?.due).toBe(grant.expiresAt);
  });

  it.each<[string, Partial<Decision>, readonly Entry[]]>([
    ["without a reason", { ...reviewed, reviewAfterwards: [] }, [began]],
    ["without a request", { ...reviewed, request: null }, [began]],
    ["of access that never began", reviewed, []],
  ])("asks for none %s", (_, change, executions) => {
    expect(due(change, executions)).toEqual([]);
  });

  it("carries what was decided, and the issue that asks for it", () => {
    const opened = entry(
      3,
      "review-opened",
      { request: "a", path: file.path, pull: 7, decision: decision(1).digest },
      { issue: 40, due: "2026-11-21T15:00:00.000Z", reasons },
    );
    const entries = [decision(1, reviewed), merge(2), opened, began];
    const [review] = dueReviews(extendView(emptyView, entries));
    expect(review).toMatchObject({ issue: 40, reasons, decided: { name: "a", path: file.path } });
  });
});
