import { describe, expect, it } from "vitest";
import type { DecidedRequest } from "../../../../src/core/model/decision.ts";
import type { Entry, EntryOf } from "../../../../src/core/model/entry.ts";
import { neutralText } from "../../../../src/core/render/neutral-text.ts";
import { renderReview } from "../../../../src/core/render/render-review.ts";
import { decided, entry, grant, granted } from "../plan/plan-entries.ts";
import { digestOf } from "../../../support/ledger/drafts.ts";

const due = "2026-11-23T14:00:00.000Z";
const decision = { ...decided, reviewAfterwards: ["Emergency access for acme/access#12."] };
const revoking = entry(2, "revoke-intent", { grant, cause: "incident-closed" }, {});
const revoked = {
  ...entry(
    3,
    "revoke",
    { intent: digestOf("i"), grant },
    { readBack: { at: "2026-11-21T11:00:00.000Z", identity: "alice", permissions: [] } },
  ),
  at: "2026-11-21T11:00:01.000Z",
};
const usage = (change: Partial<EntryOf<"usage">["result"]> = {}): EntryOf<"usage"> =>
  entry(
    4,
    "usage",
    { grant },
    {
      ...{ samples: 9, used: 2, sessionsAtMost: 3 },
      ...{ firstSeenAt: "2026-11-21T10:01:00Z", lastSeenAt: "2026-11-21T10:30:00Z" },
      ...change,
    },
  );

function rendered(executions: readonly Entry[], change: Partial<DecidedRequest> = {}) {
  const { request } = decided;
  if (request === null) throw new Error("The decision is about a request.");
  return renderReview({ decision, request: { ...request, ...change }, due, executions });
}

/** The rows of the table, by what they are about. */
function rowsOf(executions: readonly Entry[]): Readonly<Record<string, string>> {
  const rows = rendered(executions).body.matchAll(/^\| (?<what>[A-Z][^|]*) \| (?<is>.*) \|$/gmu);
  return Object.fromEntries(
    [...rows].map(({ groups }) => [groups?.["what"] ?? "", groups?.["is"] ?? ""]),
  );
}

describe("renderReview", () => {
  it("says what is on record of access that began, was used and ended", () => {
    expect(rowsOf([granted(1), revoking, revoked, usage()])).toEqual({
      "Pull request": "#7",
      Access: "readwrite at payments-db",
      For: "alice",
      "Asked by": "alice",
      "Approved by": neutralText("bob (approver), carol (control)"),
      "Why a review": neutralText("Emergency access for acme/access#12."),
      "In effect from": "2026-11-21T10:00:00.000Z",
      "Read back as gone": "2026-11-21T11:00:01.000Z",
      "Ended because": "incident-closed",
      Use: "sessions in 2 of 9 looks, 3 at most at a time, from 2026-11-21T10:01:00Z to 2026-11-21T10:30:00Z",
    });
  });

  it("says what is not on record instead of leaving it out", () => {
    expect(rowsOf([])).toMatchObject({
      "In effect from": "never read back",
      "Read back as gone": "unknown",
      "Ended because": "unknown",
      Use: "the target cannot tell; its own log has to",
    });
  });

  it("says nothing of other access", () => {
    const other = { ...grant, request: "b" };
    const theirs = [granted(1, other), entry(4, "usage", { grant: other }, usage().result)];
    expect(rowsOf(theirs)).toEqual(rowsOf([]));
  });

  it("tells no use from use whose time nobody knows", () => {
    const unused = usage({ used: 0, sessionsAtMost: 0, firstSeenAt: null, lastSeenAt: null });
    expect(rowsOf([unused])["Use"]).toBe("no session in any of 9 looks");
    const untimed = usage({ firstSeenAt: null, lastSeenAt: null });
    expect(rowsOf([untimed])["Use"]).toContain("sessions in 2 of 9 looks");
    expect(rowsOf([untimed])["Use"]).toContain("from ? to ?");
  });

  it("is found again by its mark, and says until when and how to answer", () => {
    const { mark, title, body } = rendered([]);
    expect(mark).toBe("<!-- countersign: review of a -->");
    expect(title).toBe(`Review a until ${due}`);
    expect(body).toContain("`/access review outcome=justified`");
  });

  it("shows nothing of a request as Markdown", () => {
    expect(rendered([], { target: "x | **y**" }).body).not.toContain("**y**");
  });
});
