import { describe } from "vitest";
import { emptyView, extendView } from "../../src/core/attest/ledger-view.ts";
import type { LedgerView } from "../../src/core/attest/ledger-view.ts";
import { decide } from "../../src/core/decide/decide.ts";
import { ledgerFacts } from "../../src/facts/ledger-facts.ts";
import { requestQuestion } from "../../src/facts/request-question.ts";
import { buildSnapshot, noon } from "../support/snapshot/build-snapshot.ts";
import type { Edit, Given } from "../support/snapshot/build-snapshot.ts";
import { entry } from "../unit/core/plan/plan-entries.ts";
import { attack } from "./attack.ts";
import { refusedBy } from "./refused-by.ts";
import type { Try } from "./refused-by.ts";
import { both, outcomeOf } from "./tries.ts";

/** What was asked for first, in a pull request of its own, and when. */
interface Earlier extends Given {
  readonly at?: string;
}

const denied: Given = { reviews: [{ by: "heidi", state: "CHANGES_REQUESTED" }] };
const other = "access-requests/payments-db/another-try.yaml";
const forIvan = { requester: "ivan", beneficiary: { kind: "human", name: "ivan" } };
const forBot = { beneficiary: { kind: "service-account", name: "settlement-bot" } };
const onAnalytics = { target: "analytics-db", entitlement: "readonly" };
const readonly = { entitlement: "readonly" };

describe("what the ledgers link", () => {
  for (const [title, first, second] of [
    ["under another file name", {}, { path: other }],
    [
      "in other words, for less time",
      {},
      { spec: { reason: "Something else entirely", duration: "PT1H" } },
    ],
    ["for less", {}, { spec: readonly }],
    ["for more", { spec: readonly }, {}],
    ["by somebody else for the same person", {}, { author: "ivan", spec: { requester: "ivan" } }],
    ["from the person's other account", {}, { author: "alice-admin" }],
    ["for the person's machine", {}, { spec: forBot }],
    ["for the owner of the machine that was denied", { spec: forBot }, {}],
    ["in a stricter tier", { spec: readonly }, { spec: { ...readonly, tier: "privileged" } }],
  ] as const) {
    attack(
      "I1",
      `ask again ${title}`,
      refusedBy("SOD-DENIAL", {
        attempt: after({ ...denied, ...first }, { path: other, ...second }),
        honest: after({ reviews: [], ...first }, { path: other, ...second }),
      }),
    );
  }
  attack(
    "I1",
    "have one denied to shut out everybody",
    refusedBy("SOD-DENIAL", {
      attempt: after(denied, { path: other }),
      honest: after({ ...denied, author: "ivan", spec: forIvan }, { path: other }),
    }),
  );
  attack(
    "I1",
    "have one denied to shut out the person everywhere",
    refusedBy("SOD-DENIAL", {
      attempt: after(denied, { path: other }),
      honest: after(
        {
          ...{ spec: onAnalytics, path: "access-requests/analytics-db/x.yaml" },
          reviews: [{ by: "ken", state: "CHANGES_REQUESTED" }],
        },
        { path: other, spec: readonly },
      ),
    }),
  );
  attack(
    "I1",
    "have it forgotten by asking for something else in the denied one",
    refusedBy("SOD-DENIAL", {
      attempt: after(denied, { path: other }, [{ changes: [] }]),
      honest: after({ reviews: [] }, { path: other }, [{ changes: [] }]),
    }),
  );
  const onlyHeidi: Edit = {
    path: "governance/ROLES",
    from: "@acme/payments-owners",
    to: "@heidi",
  };
  attack(
    "I1",
    "ask again once a friend is approver",
    refusedBy("SOD-INDEPENDENCE", {
      attempt: after({ reviews: [], edit: [onlyHeidi] }, { path: other }),
      honest: after({ reviews: [] }, { path: other }),
    }),
  );
  attack(
    "§4.7",
    "have a request denied that is older than the window, then ask again",
    refusedBy("SOD-DENIAL", {
      attempt: after(
        {
          at: "2026-11-01T08:00:00Z",
          reviews: [{ by: "heidi", state: "CHANGES_REQUESTED", at: "2026-11-20T09:00:00Z" }],
        },
        { path: other },
      ),
      honest: after({ at: "2026-11-01T08:00:00Z", reviews: [] }, { path: other }),
    }),
  );
  attack(
    "§4.0",
    "write a request, then approve a copy of it",
    refusedBy("SOD-REQUESTER", {
      attempt: after({ reviews: [], commits: [{ authors: ["alice", "bob"] }] }, { path: other }),
      honest: after({ reviews: [], commits: [{ authors: ["alice", "heidi"] }] }, { path: other }),
    }),
  );
});

/** Decides a pull request after another one was decided and recorded, and whatever became of that since. */
function after(first: Earlier, second: Given, since: readonly Given[] = []): Try {
  return () => {
    const recorded = recordedLife(first, since);
    const snapshot = buildSnapshot({ reviews: both, ...second });
    const { pull, governance, ledger } = snapshot;
    const { number, author, createdAt, changes } = pull;
    const request = requestQuestion({ number, author, createdAt, changes }, governance.files);
    const facts = ledgerFacts(recorded, { pull: number, changes, request });
    const seen = { ...snapshot, ledger: { ...facts, observations: ledger.observations } };
    return outcomeOf(decide(seen, noon));
  };
}

function recordedLife({ at, ...first }: Earlier, since: readonly Given[]): LedgerView {
  const before = buildSnapshot({ ...first, pull: { number: 3 } });
  const decision = decide(before, noon);
  const { fingerprint, route, denials, excluded } = decision;
  const remembered = { denials, excluded };
  const opening = entry(
    1,
    "request",
    {
      ...{ pull: 3, head: before.pull.headOid, author: before.pull.author },
      ...{ path: before.pull.changes[0]?.path ?? "", digest: decision.digests.content ?? "" },
    },
    { name: decision.request?.name ?? "", fingerprint, route, governance: before.governance.tip },
  );
  const later = since.map((given) => {
    const snapshot = buildSnapshot({ ...given, pull: { number: 3, state: "closed" } });
    return { ...snapshot, ledger: { ...snapshot.ledger, remembered } };
  });
  const decided = [before, ...later].map((snapshot, index) =>
    entry(
      2 + index,
      "decision",
      { snapshot, decidedAt: noon.toISOString() },
      { decision: decide(snapshot, noon) },
    ),
  );
  return extendView(emptyView, [{ ...opening, at: at ?? "2026-11-20T08:00:00Z" }, ...decided]);
}
