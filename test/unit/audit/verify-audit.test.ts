import { describe, expect, it } from "vitest";

import { memorySigner } from "../../../src/adapters/memory/memory-signer.ts";
import { renderText } from "../../../src/audit/render-text.ts";
import { trustRootDigest } from "../../../src/core/attest/trust-root.ts";
import type { IncidentFacts } from "../../../src/core/model/emergency.ts";
import type { Decision } from "../../../src/core/model/decision.ts";
import type { Draft, EntryDraft, EntryType } from "../../../src/core/model/entry.ts";
import type { Grant } from "../../../src/core/model/grant.ts";
import { enterTrustRoot } from "../../../src/record/enter-trust-root.ts";
import { acmeKeys } from "../../support/ledger/acme-keys.ts";
import { auditedLife, codesOf } from "../../support/ledger/audited-life.ts";
import { digestOf } from "../../support/ledger/drafts.ts";
import { rotatedTo, signaturesOver } from "../../support/ledger/rotation.ts";
import { replaced, resigned } from "../../support/ledger/tamper.ts";

/** Rewrites the entries of one type and leaves the others alone. */
function only<T extends EntryType>(type: T, change: (draft: Draft<T>) => readonly EntryDraft[]) {
  return (draft: EntryDraft): readonly EntryDraft[] =>
    draft.type === type ? change(draft as Draft<T>) : [draft];
}

function decided(change: (decision: Decision) => Decision) {
  return only("decision", (draft) => {
    const { decision } = draft.result;
    if (decision.request === null) return [draft];
    return [{ ...draft, result: { decision: change(decision) } }];
  });
}

function granted(change: (grant: Grant) => Partial<Grant>) {
  return only("grant-intent", (draft) => [
    { ...draft, result: { grant: { ...draft.result.grant, ...change(draft.result.grant) } } },
  ]);
}

describe("a clean life", () => {
  it("raises nothing, at every point of it", async () => {
    for (const until of ["decided", "merged", "granted", "revoked", "removed"] as const) {
      const { audit } = await auditedLife({ until });
      const report = await audit("2026-11-21T12:00:00Z");
      expect([until, report.findings, report.doubts]).toEqual([until, [], []]);
    }
  });

  it("is summed up", async () => {
    const { audit, keys, main } = await auditedLife();
    const report = await audit();
    expect(report).toMatchObject({
      repository: { id: 700_001, governedBranch: "main" },
      root: { digest: keys.rootDigest, trustedBy: "pin" },
      main,
      heads: [
        { branch: "audit/decisions", seq: 7 },
        { branch: "audit/executions", seq: 3 },
      ],
      requests: [{ state: "ended", count: 1 }],
      period: { from: "2026-11-21T10:00:00.000Z", to: "2026-11-21T14:00:00.000Z" },
    });
    expect(report.signatures.map(({ keyRole, count }) => [keyRole, count])).toEqual([
      ["decision", 8],
      ["execution", 4],
    ]);
    const text = renderText(report);
    expect(text).toContain("VERIFIED: no finding.");
    expect(text.split("\n").filter((line) => line.length > 83)).toEqual([]);
  });
});

it("lists whose keys counted from which entry on", async () => {
  const life = await auditedLife();
  const { root, trustRoot, rootDigest } = life.keys;
  const [second, next] = [memorySigner(), memorySigner()];
  const document = rotatedTo(trustRoot, { root: [root, second], decision: [next] }, 2);
  const signatures = signaturesOver(document, [root, second, next]);
  await enterTrustRoot(life.decisions, { trustRoot: document, signatures, main: life.main });
  const report = await life.audit();
  expect([report.findings, report.doubts]).toEqual([[], []]);
  expect(report.trustRoots).toMatchObject([
    { version: 1, digest: rootDigest, decisionsFrom: 0, executionsFrom: 0 },
    {
      ...{ version: 2, digest: trustRootDigest(document), decisionsFrom: 9, executionsFrom: 4 },
      keyRoles: document.keyRoles,
    },
  ]);
  const text = renderText(report);
  expect(text).toContain("trust root  2, from decisions entry 9 and executions entry 4 on");
  expect(text).toContain("(2 must sign)");
  expect(text.split("\n").filter((line) => line.length > 83)).toEqual([]);
});

describe("the chain", () => {
  it("names the one entry whose bytes were changed", async () => {
    const life = await auditedLife();
    const entries = life.remote.commits("audit/executions");
    const change = (bytes: string) => bytes.replace(/A/u, "B");
    life.remote.forcePush(
      "audit/executions",
      replaced(entries, 3, (entry) => ({ ...entry, bytes: change(entry.bytes ?? "") })),
    );
    const { findings } = await life.audit("2026-11-21T12:00:00Z");
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({
      code: "signature-invalid",
      branch: "audit/executions",
      seq: 3,
      commit: entries[3]?.commit,
      command: `git cat-file -p ${entries[3]?.commit ?? ""}:entry.dsse.json`,
    });
  });

  it("names a changed entry once, although the other ledger had observed it", async () => {
    const life = await auditedLife({ until: "granted" });
    const entries = life.remote.commits("audit/decisions");
    const observed = life.executions.view().executions[0]?.observedPeer?.seq ?? -1;
    const change = (bytes: string) => bytes.replace(/A/u, "B");
    life.remote.forcePush(
      "audit/decisions",
      replaced(entries, observed, (entry) => ({ ...entry, bytes: change(entry.bytes ?? "") })),
    );
    const codes = codesOf(await life.audit("2026-11-21T12:00:00Z"));
    expect(codes).toContain("signature-invalid");
    expect(codes).not.toContain("peer-disagrees");
    expect(codes).not.toContain("peer-ahead");
  });

  it("names a cut tail that the other ledger had observed", async () => {
    const life = await auditedLife({ until: "granted" });
    life.remote.forcePush("audit/decisions", life.remote.commits("audit/decisions").slice(0, -1));
    const codes = codesOf(await life.audit("2026-11-21T12:00:00Z"));
    expect(codes).toContain("peer-ahead");
    expect(codes).toContain("merge-without-decision");
  });

  it("believes no other trust root than the pinned one", async () => {
    const life = await auditedLife();
    const report = await life.audit(undefined, acmeKeys().rootDigest);
    expect(codesOf(report)).toContain("trust-root-unexpected");
    expect(report.entries).toEqual([]);
  });

  it("cannot tell what an entry of an unknown type means", async () => {
    const life = await auditedLife({ until: "decided" });
    const entries = life.remote.commits("audit/decisions");
    const last = entries.at(-1);
    if (last === undefined) throw new Error("no entries");
    const newer = resigned(last, life.keys.decision, (statement) => {
      statement.predicateType = "urn:countersign:delegation:v1";
    });
    life.remote.forcePush("audit/decisions", [...entries.slice(0, -1), newer]);
    const report = await life.audit();
    expect(report.findings).toEqual([]);
    expect(report.doubts).toEqual([expect.stringContaining("audit/decisions entry 4")]);
    expect(renderText(report)).toContain("COULD NOT VERIFY");
  });

  it("cannot tell without a ledger or without the governed branch", async () => {
    const life = await auditedLife();
    life.mirror.setBranch("main", null);
    expect((await life.audit()).doubts).toEqual(["The clone has no branch main."]);
    life.remote.forcePush("audit/decisions", []);
    life.remote.forcePush("audit/executions", []);
    expect((await life.audit()).doubts).not.toEqual([]);
  });
});

describe("merges", () => {
  it("need an entry, also an administrator's", async () => {
    const { audit, main } = await auditedLife({
      rewrite: only("merge", () => []),
      until: "merged",
    });
    const { findings } = await audit();
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({
      code: "merge-without-decision",
      commit: main,
      file: "access-requests/payments-db/2026-11-21-alice-settlement.yaml",
    });
  });

  it("need a decision that is in the ledger", async () => {
    const rewrite = only("merge", (draft) => [
      { ...draft, inputs: { ...draft.inputs, decision: digestOf("9") } },
    ]);
    const { audit } = await auditedLife({ rewrite, until: "merged" });
    expect(codesOf(await audit())).toEqual(["merge-without-decision"]);
  });

  it("cannot be replaced by a direct push to a governed path", async () => {
    const life = await auditedLife();
    const push = (path: string) =>
      life.mirror.setBranch(
        "main",
        life.mirror.commit({ parents: [life.main], files: { [path]: "x" } }),
      );
    push("README.md");
    expect(codesOf(await life.audit())).toEqual([]);
    for (const path of [
      "access-requests/payments-db/x.yaml",
      "governance/ROLES",
      "Governance/ROLES",
    ]) {
      push(path);
      expect([path, codesOf(await life.audit())]).toEqual([path, ["direct-push"]]);
    }
  });

  it("need an approval, of the pull request that was merged", async () => {
    const denied = decided((decision) => ({ ...decision, verdict: "denied" }));
    const { audit } = await auditedLife({ rewrite: denied, until: "merged" });
    expect(codesOf(await audit())).toEqual(["decision-not-repeatable", "merge-not-approved"]);
    const other = only("merge", (draft) => [{ ...draft, inputs: { ...draft.inputs, pull: 99 } }]);
    const { audit: another } = await auditedLife({ rewrite: other, until: "merged" });
    expect(codesOf(await another())).toEqual(["decision-of-another-pull"]);
  });

  it("need the approved head and the approved bytes", async () => {
    const { audit } = await auditedLife({ mergedText: "something else", until: "merged" });
    expect(codesOf(await audit())).toEqual(["merged-bytes-differ"]);
    const unapproved = await auditedLife({ mergedHead: "another", until: "merged" });
    expect(codesOf(await unapproved.audit())).toEqual(["merge-of-another-head"]);
    const other = only("merge", (draft) => [
      { ...draft, inputs: { ...draft.inputs, head: "c".repeat(40) } },
    ]);
    const { audit: another } = await auditedLife({ rewrite: other, until: "merged" });
    expect(codesOf(await another())).toEqual(["merge-of-another-head"]);
  });

  it("use a decision once, and are on the governed branch", async () => {
    const twice = only("merge", (draft) => [
      {
        ...draft,
        idempotencyKey: "other",
        inputs: { ...draft.inputs, mergeCommit: "c".repeat(40) },
      },
      draft,
    ]);
    const { audit } = await auditedLife({ rewrite: twice, until: "merged" });
    expect(codesOf(await audit())).toEqual(["merge-not-on-main", "decision-reused"]);
  });

  it("do not rest on a decision that a newer one took back", async () => {
    const takenBack = decidedTwice((decision) => ({ ...decision, verdict: "denied" }));
    const { audit } = await auditedLife({ rewrite: takenBack, until: "merged" });
    expect(codesOf(await audit())).toContain("decision-superseded");
  });

  it("are on a branch that was not rewritten", async () => {
    const life = await auditedLife({ until: "decided" });
    life.mirror.setBranch("main", life.mirror.commit({ files: { "README.md": "new" } }));
    expect(codesOf(await life.audit())).toEqual(["main-rewritten"]);
  });
});

/** Writes a second decision after the first, but lets the merge rest on the first. */
function decidedTwice(change: (decision: Decision) => Decision) {
  let kept: Draft<"decision"> | null = null;
  return (draft: EntryDraft): readonly EntryDraft[] => {
    if (draft.type === "decision") kept = draft;
    if (draft.type !== "merge" || kept === null) return [draft];
    const decision = change(kept.result.decision);
    return [{ ...kept, idempotencyKey: "second", result: { decision } }, draft];
  };
}

describe("grants", () => {
  it("need an approved decision and the merge that names it", async () => {
    const point = (inputs: { decision?: string; merge?: string }) =>
      only("grant-intent", (draft) => [{ ...draft, inputs: { ...draft.inputs, ...inputs } }]);
    const codes = async (rewrite: (draft: EntryDraft) => readonly EntryDraft[]) =>
      codesOf(
        await (await auditedLife({ rewrite, until: "granted" })).audit("2026-11-21T12:00:00Z"),
      );
    expect(await codes(point({ decision: digestOf("9") }))).toEqual(["grant-without-decision"]);
    expect(await codes(point({ merge: digestOf("9") }))).toEqual(["grant-without-merge"]);
    expect(await codes(granted(() => ({ permission: "payments_admin" })))).toContain(
      "grant-differs",
    );
    expect(await codes(granted(() => ({ beneficiary: "mallory" })))).toContain("grant-differs");
    expect(await codes(granted(() => ({ expiresAt: "2026-11-21T14:00:00.001Z" })))).toEqual([
      "grant-too-long",
    ]);
    expect(await codes(granted(({ startsAt }) => ({ expiresAt: startsAt })))).toContain(
      "grant-too-long",
    );
    expect(
      await codes(
        granted(() => ({
          startsAt: "2026-12-21T10:00:00.000Z",
          expiresAt: "2026-12-21T14:00:00.000Z",
        })),
      ),
    ).toEqual(["grant-too-late"]);
    expect(
      await codes(
        only("grant-intent", (draft) => [
          { ...draft, inputs: { ...draft.inputs, approvals: [100] } },
        ]),
      ),
    ).toEqual(["grant-unconfirmed"]);
  });

  it("use a merge once", async () => {
    const twice = only("grant-intent", (draft) => [{ ...draft, idempotencyKey: "again" }, draft]);
    const { audit } = await auditedLife({ rewrite: twice, until: "granted" });
    expect(codesOf(await audit("2026-11-21T12:00:00Z"))).toEqual(["merge-reused"]);
  });

  it("follow their own intent and were read back", async () => {
    const codes = async (change: (draft: Draft<"grant">) => readonly EntryDraft[]) => {
      const { audit } = await auditedLife({ rewrite: only("grant", change), until: "granted" });
      return codesOf(await audit("2026-11-21T12:00:00Z"));
    };
    const seen = (permissions: readonly string[], identity = "alice") =>
      codes((draft) => [
        { ...draft, result: { readBack: { ...draft.result.readBack, identity, permissions } } },
      ]);
    expect(await seen([])).toEqual(["grant-not-read-back"]);
    expect(await seen(["payments_readonly"])).toEqual(["grant-not-read-back"]);
    expect(await seen(["payments_readwrite"], "somebody")).toEqual(["grant-not-read-back"]);
    expect(
      await codes((draft) => [{ ...draft, inputs: { ...draft.inputs, intent: digestOf("9") } }]),
    ).toEqual(["grant-without-intent"]);
    expect(
      await codes((draft) => [
        {
          ...draft,
          inputs: { ...draft.inputs, grant: { ...draft.inputs.grant, preexisting: "yes" } },
        },
      ]),
    ).toEqual(["grant-differs"]);
    expect(await codes((draft) => [{ ...draft, idempotencyKey: "again" }, draft])).toEqual([
      "grant-twice",
    ]);
  });

  it("end in time, by the target's own word", async () => {
    const { audit } = await auditedLife({ until: "granted" });
    expect(codesOf(await audit("2026-11-21T13:59:59.999Z"))).toEqual([]);
    expect(codesOf(await audit("2026-11-21T14:00:00Z"))).toEqual(["ttl-overdue"]);
    const late = await auditedLife({ revokedAt: "2026-11-21T14:05:00.001Z" });
    expect((await late.audit()).findings).toMatchObject([
      { code: "revoked-late", severity: "warning" },
    ]);
    const graced = await auditedLife({ revokedAt: "2026-11-21T14:05:00Z" });
    expect(codesOf(await graced.audit())).toEqual([]);
  });

  it("are overdue also when only the intent was recorded", async () => {
    const { audit } = await auditedLife({ until: "granted", rewrite: only("grant", () => []) });
    expect(codesOf(await audit())).toEqual(["ttl-overdue"]);
  });

  it("have not ended while the read-back still shows them", async () => {
    const stays = only("revoke", (draft) => {
      const readBack = { ...draft.result.readBack, permissions: ["payments_readwrite"] };
      return [{ ...draft, result: { readBack } }];
    });
    const { audit } = await auditedLife({ rewrite: stays, until: "revoked" });
    expect(codesOf(await audit())).toEqual(["revoke-not-read-back"]);
  });

  it("may end with nothing to do only when something else holds the access up", async () => {
    const nothing =
      (preexisting: "yes" | "no") =>
      (draft: EntryDraft): readonly EntryDraft[] => {
        if (draft.type === "grant-intent") {
          return [{ ...draft, result: { grant: { ...draft.result.grant, preexisting } } }];
        }
        if (draft.type !== "revoke") return [draft];
        const readBack = { ...draft.result.readBack, permissions: ["payments_readwrite"] };
        const inputs = { ...draft.inputs, grant: { ...draft.inputs.grant, preexisting } };
        return [
          { ...draft, type: "nothing-to-do", inputs, result: { detail: "it was there", readBack } },
        ];
      };
    const kept = await auditedLife({ rewrite: nothing("yes"), until: "revoked" });
    expect(codesOf(await kept.audit())).toEqual([]);
    const pretended = await auditedLife({ rewrite: nothing("no"), until: "revoked" });
    expect(codesOf(await pretended.audit())).toEqual(["revoke-not-read-back"]);
    expect(codesOf(await (await overlapping("before")).audit())).not.toContain(
      "revoke-not-read-back",
    );
    expect(codesOf(await (await overlapping("after")).audit())).toContain("revoke-not-read-back");
  });
});

/** Ends a grant with nothing to do, and begins another one of the same access before or after that. */
function overlapping(order: "before" | "after") {
  const intents: Draft<"grant-intent">[] = [];
  return auditedLife({
    until: "revoked",
    rewrite: (draft) => {
      if (draft.type === "grant-intent") intents.push(draft);
      const [first] = intents;
      if (draft.type !== "revoke" || first === undefined) return [draft];
      const grant = { ...first.result.grant, id: "grant:other" };
      const other: EntryDraft = { ...first, idempotencyKey: "other", result: { grant } };
      const readBack = { ...draft.result.readBack, permissions: ["payments_readwrite"] };
      const kept: EntryDraft = {
        ...draft,
        type: "nothing-to-do",
        result: { detail: "held", readBack },
      };
      return order === "before" ? [other, kept] : [kept, other];
    },
  });
}

describe("approvals", () => {
  const approvedBy = (principal: number, person: string) =>
    decided((decision) => ({
      ...decision,
      approvals: decision.approvals.map((approval, index) =>
        index === 0 ? { ...approval, principal, person, login: person } : approval,
      ),
    }));

  it("are never by the requester, whatever account and whatever name is recorded", async () => {
    for (const [principal, person] of [
      [1001, "alice"],
      [1011, "alice"],
      [1011, "bob"],
    ] as const) {
      const { audit } = await auditedLife({
        rewrite: approvedBy(principal, person),
        until: "merged",
      });
      const report = await audit();
      expect(codesOf(report)).toEqual(["self-approval", "approval-not-observed"]);
      expect(report.findings[0]?.consequences).toMatchObject([{ code: "decision-not-repeatable" }]);
    }
  });

  it("are never by a contributor, also a committer or co-author", async () => {
    for (const commits of [
      [{ authors: ["bob"] }],
      [{ authors: ["alice", "bob"] }],
      [{ committer: "bob" }],
    ]) {
      const forced = decided((decision) => ({
        ...decision,
        verdict: "approved",
        approvals: [
          {
            review: 100,
            principal: 1002,
            login: "bob",
            person: "bob",
            role: "approver",
            commit: decision.head,
            submittedAt: "2026-11-21T09:00:00Z",
            actsFor: null,
          },
        ],
      }));
      const given = { commits, reviews: [{ by: "bob" }, { by: "carol" }] };
      const { audit } = await auditedLife({ rewrite: forced, given, until: "decided" });
      const { findings } = await audit();
      const own = findings.find(({ code }) => code === "self-approval");
      expect(own?.actual).toMatch(/bob \(review 100\) (wrote commit|committed)/u);
    }
  });

  it("are never by an account that wrote it, also when people.yaml does not name it", async () => {
    const forced = approvedBy(6666, "bob");
    const rewrite = (draft: EntryDraft): readonly EntryDraft[] => {
      if (draft.type !== "decision") return [draft];
      const { pull } = draft.inputs.snapshot;
      const author = { id: 6666, login: "mallory", type: "User" as const };
      const snapshot = { ...draft.inputs.snapshot, pull: { ...pull, author } };
      return forced({ ...draft, inputs: { ...draft.inputs, snapshot } });
    };
    const { audit } = await auditedLife({ rewrite, until: "decided" });
    expect(codesOf(await audit())).toContain("self-approval");
  });

  it("are by different people", async () => {
    const { audit } = await auditedLife({ rewrite: approvedBy(1003, "carol"), until: "decided" });
    expect(codesOf(await audit())).toContain("approver-counted-twice");
  });

  it("were observed before, for the same content, by the same person", async () => {
    const codes = async (change: (draft: Draft<"approval-observed">) => readonly EntryDraft[]) => {
      const rewrite = only("approval-observed", (draft) =>
        draft.inputs.review === 100 ? change(draft) : [draft],
      );
      return codesOf(await (await auditedLife({ rewrite, until: "merged" })).audit());
    };
    expect(await codes(() => [])).toEqual(["approval-not-observed"]);
    expect(
      await codes((draft) => [
        {
          ...draft,
          result: {
            governance: { roles: null, people: null, policy: null, catalogue: null },
            contentDigest: digestOf("9"),
          },
        },
      ]),
    ).toEqual(["approval-not-observed"]);
    expect(
      await codes((draft) => [
        { ...draft, inputs: { ...draft.inputs, reviewer: { ...draft.inputs.reviewer, id: 1 } } },
      ]),
    ).toEqual(["approval-not-observed"]);
    expect(await codes((draft) => [{ ...draft, inputs: { ...draft.inputs, pull: 6 } }])).toEqual([
      "approval-not-observed",
    ]);
    expect(await afterwards()).toEqual(["approval-not-observed"]);
  });
});

/** Writes an observation only after the decision that counted it. */
async function afterwards(): Promise<readonly string[]> {
  const kept: EntryDraft[] = [];
  const rewrite = (draft: EntryDraft): readonly EntryDraft[] => {
    if (draft.type === "approval-observed" && draft.inputs.review === 100) kept.push(draft);
    else return draft.type === "decision" ? [...kept.splice(0), draft].reverse() : [draft];
    return [];
  };
  const { audit } = await auditedLife({ rewrite, until: "decided" });
  return codesOf(await audit());
}

describe("decisions", () => {
  it("are the same when they are made again", async () => {
    const widened = decided((decision) => ({ ...decision, notAfter: "2027-01-01T00:00:00Z" }));
    const { audit } = await auditedLife({ rewrite: widened, until: "merged" });
    const { findings } = await audit();
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ code: "decision-not-repeatable", pull: 7 });
    expect(findings[0]?.expected).toContain("notAfter");
  });

  it.each([-1, 601])("were made when they were written, not %s s before", async (seconds) => {
    const rewrite = only("decision", (draft) => {
      const at = Date.parse(draft.inputs.decidedAt) - seconds * 1000;
      return [{ ...draft, inputs: { ...draft.inputs, decidedAt: new Date(at).toISOString() } }];
    });
    const { audit } = await auditedLife({ rewrite, until: "merged" });
    expect(codesOf(await audit())).toEqual(["decision-back-dated"]);
  });

  it("are not approvals because somebody wrote so", async () => {
    const invented = decided((decision) => ({ ...decision, verdict: "approved" }));
    const given = { reviews: [{ by: "alice" }] };
    const { audit } = await auditedLife({ rewrite: invented, given, until: "decided" });
    expect(codesOf(await audit())).toContain("decision-not-repeatable");
  });
});

describe("emergencies", () => {
  const incident: IncidentFacts = {
    ...{ reference: "acme/access#12", state: "open", problem: null },
    openedBy: { id: 1008, login: "heidi", type: "User" },
    ...{ openedAt: "2026-11-21T07:30:00Z", confirmations: [], closings: [] },
  };
  const emergency = {
    asks: "BreakGlassRequest",
    spec: { duration: "PT1H", references: [{ type: "incident", id: "#12" }] },
    incident,
  } as const;

  it("rest on the first of the chain without more, and on a later one once its step was recorded", async () => {
    const at = "2026-11-21T09:30:00Z";
    const first = await auditedLife({ given: { ...emergency, reviews: [{ by: "grace", at }] } });
    expect(codesOf(await first.audit())).toEqual([]);
    const second = await auditedLife({ given: { ...emergency, reviews: [{ by: "quinn", at }] } });
    expect(codesOf(await second.audit())).toEqual(["chain-step-unrecorded"]);
  });

  it.each([
    ["was never closed", ""],
    ["was closed before it was asked for", "2026-11-20T12:00:00Z"],
  ])("are not over because an entry says so of an incident that %s", async (_, at) => {
    const given = { ...emergency, reviews: [{ by: "grace", at: "2026-11-21T09:30:00Z" }] };
    const life = await auditedLife({ given, until: "granted" });
    const closings = at === "" ? [] : [{ at, by: null }];
    await life.decisions.append([
      {
        type: "ending",
        idempotencyKey: "ending:2026-11-21-alice-settlement",
        summary: "#7 is over",
        delivery: null,
        inputs: {
          request: "2026-11-21-alice-settlement",
          path: "access-requests/payments-db/2026-11-21-alice-settlement.yaml",
          ...{ pull: 7, by: null, comment: null },
          incident: { ...incident, closings },
        },
        result: { cause: "incident-closed", reason: "" },
      },
    ]);
    expect(codesOf(await life.audit("2026-11-21T10:30:00Z"))).toContain("ending-without-command");
  });
});

describe("violations", () => {
  it("that the gate recorded are repeated", async () => {
    const life = await auditedLife();
    await life.decisions.append([
      {
        type: "violation",
        idempotencyKey: "violation:1",
        summary: "a foreign check of our name",
        delivery: null,
        inputs: { pull: 7, commit: null, request: null, paths: [], by: [] },
        result: { code: "FOREIGN-CHECK", detail: "seen\u001b[2J" },
      },
    ]);
    const report = await life.audit();
    expect(report.findings).toMatchObject([{ code: "violation-recorded", pull: 7 }]);
    expect(renderText(report)).not.toContain("\u001b");
  });
});
