import { join } from "node:path";
import { describe, expect } from "vitest";
import { openMirror } from "../../src/adapters/git/git-mirror.ts";
import { decide } from "../../src/core/decide/decide.ts";
import type { PullEvent } from "../../src/core/model/snapshot.ts";
import { indexDecisions } from "../../src/core/plan/decision-index.ts";
import { matchDecision } from "../../src/core/plan/match-decision.ts";
import type { RequestFile } from "../../src/core/plan/match-decision.ts";
import { bareRemote } from "../support/git/bare-remote.ts";
import { temporaryFolder } from "../support/git/temporary-folder.ts";
import { digestOf, oidOf } from "../support/ledger/drafts.ts";
import { buildSnapshot, headOid, noon } from "../support/snapshot/build-snapshot.ts";
import type { GivenReview } from "../support/snapshot/build-snapshot.ts";
import { decision, file, head, merge, mergeCommit } from "../unit/core/plan/plan-entries.ts";
import { attack } from "./attack.ts";
import { refusedBy } from "./refused-by.ts";
import type { Try } from "./refused-by.ts";
import { both, deciding, decidingOn } from "./tries.ts";

const beforeReviews = "2026-11-21T08:30:00Z";
const afterReviews = "2026-11-21T09:30:00Z";
const old = "1".repeat(40);
const other = "2".repeat(40);
const seeing = (seen: NonNullable<GivenReview["seen"]>) =>
  deciding({ reviews: [{ by: "bob", seen }, { by: "carol" }] });

describe("B — is the approval about this content", () => {
  attack(
    "B1",
    "push other bytes after the approval",
    refusedBy("SOD-OTHER-CONTENT", {
      attempt: seeing({ content: "sha256:other", commit: old }),
      honest: deciding({}),
    }),
  );

  const happening = (kind: PullEvent["kind"], at: string) => deciding({ events: [{ kind, at }] });
  attack(
    "B2",
    "force-push after the approval, back to a head of before",
    refusedBy("SOD-VOIDED", {
      attempt: happening("force-pushed", afterReviews),
      honest: happening("force-pushed", beforeReviews),
    }),
  );
  attack(
    "B2",
    "force-push within the second of the approval",
    refusedBy("SOD-VOIDED", {
      attempt: happening("force-pushed", "2026-11-21T09:00:01Z"),
      honest: happening("force-pushed", "2026-11-21T08:59:59Z"),
    }),
  );
  const awayAndBack = (away: string, back: string) =>
    deciding({
      heads: [headOid, other],
      pushes: [
        { by: "alice" },
        { by: "alice", before: headOid, after: other, at: away },
        { by: "alice", before: other, after: headOid, at: back },
      ],
    });
  attack(
    "B2",
    "push away and back, seen in the pushes before the timeline has it",
    refusedBy("SOD-VOIDED", {
      attempt: awayAndBack("2026-11-21T09:20:00Z", afterReviews),
      honest: awayAndBack("2026-11-21T08:20:00Z", beforeReviews),
    }),
  );

  attack(
    "B4",
    "push the same bytes as another commit while a review is written",
    refusedBy("SOD-PUSHED", { attempt: seeing({ commit: old }), honest: seeing({}) }),
  );
  attack(
    "B4",
    "push other bytes while a review is written",
    refusedBy("SOD-OTHER-CONTENT", {
      attempt: seeing({ content: "sha256:other" }),
      honest: seeing({}),
    }),
  );

  attack(
    "B5",
    "have GitHub move an approval to a head nobody saw being approved",
    refusedBy("SOD-NOT-OBSERVED", { attempt: seeing("none"), honest: seeing({}) }),
  );
  const observedAs = (reviewer: number) =>
    decidingOn((snapshot) => ({
      ...snapshot,
      ledger: {
        ...snapshot.ledger,
        observations: snapshot.ledger.observations.map((seen) =>
          seen.reviewer === 1002 ? { ...seen, reviewer } : seen,
        ),
      },
    }));
  attack(
    "B5",
    "have the observation of somebody else's review stand for one's own",
    refusedBy("SOD-NOT-OBSERVED", { attempt: observedAs(1008), honest: observedAs(1002) }),
  );

  attack(
    "B6",
    "have ROLES changed on the base after the approval",
    refusedBy("SOD-ROLE", {
      attempt: deciding({
        edit: [
          {
            path: "governance/ROLES",
            from: "@acme/payments-owners",
            to: "@acme/analytics-owners",
          },
        ],
      }),
      honest: deciding({}),
    }),
  );
  attack("B6", "have any governance file changed and keep the decision", () => {
    for (const [path, digest] of [
      ["governance/ROLES", "roles"],
      ["governance/people.yaml", "people"],
      ["governance/policy/privileged.yaml", "policy"],
      ["governance/targets/payments-db.yaml", "catalogue"],
    ] as const) {
      const from = path.endsWith("ROLES") ? "[approver]" : "apiVersion";
      const edit = [{ path, from, to: `# changed\n${from}` }];
      const [was, is] = [{}, { edit }].map((given) => decide(buildSnapshot(given), noon).digests);
      expect(is?.[digest]).not.toBe(was?.[digest]);
      expect({ ...is, [digest]: null }).toEqual({ ...was, [digest]: null });
    }
    return "digests";
  });

  const merged = (touches: boolean, second: string) =>
    deciding({
      commits: [
        { oid: old },
        { oid: other },
        { authors: ["alice"], parents: [old, second], touches },
      ],
      reviews: both.map(({ by }) => ({ by, seen: { commit: old } })),
    });
  attack(
    "B8",
    "smuggle other bytes into a merge of the base",
    refusedBy("SOD-PUSHED", { attempt: merged(true, "base"), honest: merged(false, "base") }),
  );
  attack(
    "B8",
    "merge another branch than the base into it",
    refusedBy("SOD-PUSHED", { attempt: merged(false, other), honest: merged(false, "base") }),
  );

  attack(
    "B9",
    "merge a new head before the approvals of the old one fall",
    refusedBy("SOD-PUSHED", {
      attempt: deciding({
        commits: [{ oid: old }, { parents: [old], touches: false }],
        reviews: both.map(({ by }) => ({ by, seen: { commit: old } })),
      }),
      honest: deciding({ commits: [{ oid: old }, { parents: [old], touches: false }] }),
    }),
  );

  attack(
    "B10",
    "retarget to another base and back after the approval",
    refusedBy("SOD-VOIDED", {
      attempt: happening("base-changed", afterReviews),
      honest: happening("base-changed", beforeReviews),
    }),
  );
  attack(
    "B10",
    "collect the approvals for another base",
    refusedBy("SOD-VOIDED", { attempt: seeing({ base: "elsewhere" }), honest: seeing({}) }),
  );
  attack(
    "B10",
    "merge into a branch that nobody governs",
    refusedBy("SOD-PULL-OPEN", {
      attempt: deciding({ pull: { baseRef: "elsewhere" } }),
      honest: deciding({ pull: { baseRef: "main" } }),
    }),
  );

  attack("B11", "push a tag with the name of the governed branch", async () => {
    const remote = await bareRemote();
    const one = await remote.commit({ files: { "governance/ROLES": "mine" } });
    const two = await remote.commit({ parents: [one], files: { "governance/ROLES": "ours" } });
    await remote.setRef("refs/heads/main", two);
    const folder = join(await temporaryFolder(), "mirror.git");
    const mirror = await openMirror({ folder, remote: remote.folder, credential: null });
    await mirror.fetch();
    expect(await mirror.tip("main")).toBe(two);
    await remote.setRef("refs/tags/main", one);
    await remote.setRef("refs/tags/heads/main", one);
    await mirror.fetch();
    expect(await mirror.tip("main")).toBe(two);
    const three = await remote.commit({ parents: [two], files: { "governance/ROLES": "new" } });
    await remote.setRef("refs/heads/main", three);
    await mirror.fetch();
    expect(await mirror.tip("main")).toBe(three);
    return "refs/heads";
  });

  for (const [title, change] of [
    ["have one text approved and another put into effect", { digest: digestOf("2") }],
    ["have a file approved and a link put into effect", { mode: "120000" }],
  ] as const) {
    attack(
      "B12",
      title,
      refusedBy("EXEC-CONTENT-DIFFERS", { attempt: activating(change), honest: activating({}) }),
    );
  }

  const said = (title: string): Try =>
    decidingOn(
      (snapshot) => ({
        ...snapshot,
        pull: { ...snapshot.pull, ...{ title, body: title, labels: [title] } },
      }),
      { reviews: [{ by: "carol" }] },
    );
  attack("B15", "approve by title, text and labels of the pull request", async () => {
    const silent = await deciding({ reviews: [{ by: "carol" }] })();
    for (const title of ["/access approve", "approved", "Approved-by: bob"]) {
      expect(await said(title)()).toEqual(silent);
    }
    return refusedBy("SOD-STEP-APPROVER", { attempt: said("approved"), honest: deciding({}) })();
  });
});

describe("an approval is given while the pull request is open and no draft", () => {
  for (const kind of ["closed", "reopened", "drafted", "ready"] as const) {
    attack(
      "§4.5",
      `keep an approval though it was ${kind} afterwards`,
      refusedBy("SOD-VOIDED", {
        attempt: deciding({ events: [{ kind, at: afterReviews }] }),
        honest: deciding({ events: [{ kind, at: beforeReviews }] }),
      }),
    );
  }
  const mergedAt = (at: string) =>
    deciding({ pull: { state: "merged", mergedAt: at, mergeCommit: "c".repeat(40) } });
  attack(
    "§4.5",
    "merge first, have it approved afterwards",
    refusedBy("SOD-VOIDED", {
      attempt: mergedAt("2026-11-21T09:00:00Z"),
      honest: mergedAt("2026-11-21T10:00:00Z"),
    }),
  );
  attack(
    "§4.5",
    "have a draft approved",
    refusedBy("SOD-PULL-OPEN", {
      attempt: deciding({ pull: { draft: true } }),
      honest: deciding({ pull: { draft: false } }),
    }),
  );
  const mergedAs = (draft: boolean) =>
    deciding({
      pull: {
        ...{ draft, state: "merged", mergedAt: "2026-11-21T10:00:00Z" },
        mergeCommit: "c".repeat(40),
      },
    });
  attack(
    "§4.5",
    "merge a draft by hand",
    refusedBy("SOD-PULL-OPEN", { attempt: mergedAs(true), honest: mergedAs(false) }),
  );
  attack(
    "§4.5",
    "keep an approval for longer than the policy allows",
    refusedBy("SOD-EXPIRED", {
      attempt: deciding({}, new Date("2026-11-22T09:00:00Z")),
      honest: deciding({}, new Date("2026-11-22T08:59:59Z")),
    }),
  );
});

function activating(change: Partial<RequestFile>): Try {
  const branch = { name: "main", history: new Map([[mergeCommit, [oidOf("b"), head]]]) };
  return () => {
    const found = matchDecision(
      { ...file, ...change },
      indexDecisions([decision(1), merge(2)]),
      branch,
    );
    if (found.match === "yes") return { outcome: "passed", codes: [] };
    return { outcome: "refused", codes: [found.refusal.code] };
  };
}
