import { describe, expect, test } from "vitest";
import type { Decision } from "../../../src/core/model/decision.ts";
import type { Snapshot } from "../../../src/core/model/snapshot.ts";
import type { Ledger } from "../../../src/record/ledger.ts";
import { requestBytes } from "./decided.ts";
import { recordDecision, recordMerge, recordViolation, setScene } from "./scene.ts";
import type { Scene } from "./scene.ts";

const access = "payments-db alice payments_readwrite";
const name = "2026-11-21-alice-settlement";
const path = `access-requests/payments-db/${name}.yaml`;
const asked = { name, pull: 7 };

test("an approved and merged request is granted, read back and recorded", async () => {
  const scene = await setScene();
  const { decision, merge } = await scene.approve(asked);

  const report = await scene.pass();

  expect(scene.world.held).toEqual(new Set([access]));
  const [intent] = await scene.entries("grant-intent");
  const [grant] = await scene.entries("grant");
  expect(await typesOf(scene)).toEqual(["grant-intent", "grant"]);
  expect(intent?.inputs).toEqual({
    decision: decision.digest,
    merge: merge.digest,
    approvals: [71, 72],
  });
  expect(intent?.result.grant).toMatchObject({
    id: `grant:${name}`,
    startsAt: "2026-11-21T10:00:00.000Z",
    expiresAt: "2026-11-21T14:00:00.000Z",
    preexisting: "no",
  });
  expect(grant?.inputs.intent).toBe(intent?.digest);
  expect(grant?.result.readBack).toEqual({
    at: "2026-11-21T10:00:00.000Z",
    identity: "alice",
    permissions: ["payments_readwrite"],
  });
  expect(report).toMatchObject({ stop: null, open: 1, overdue: 0 });
  expect(report.nextPassBy?.toISOString()).toBe("2026-11-21T14:00:00.000Z");
  expect(scene.world.open).toBe(0);
});

test("a second pass changes nothing", async () => {
  const scene = await setScene();
  await scene.approve(asked);
  await scene.pass();
  const calls = scene.world.calls.length;

  await scene.pass();
  await scene.pass();

  expect(await typesOf(scene)).toEqual(["grant-intent", "grant"]);
  expect(scene.world.calls.slice(calls)).toEqual([]);
});

describe("what the forge or a decision of its own does not confirm is refused for good", () => {
  const changeReview = (
    { snapshot }: Shown,
    change: Partial<Snapshot["pull"]["reviews"][number]>,
  ): Partial<Shown> => ({
    snapshot: {
      ...snapshot,
      pull: {
        ...snapshot.pull,
        reviews: snapshot.pull.reviews.map((review, at) =>
          at === 0 ? { ...review, ...change } : review,
        ),
      },
    },
  });
  const table: readonly [string, string, (shown: Shown) => Partial<Shown>][] = [
    [
      "a forged decision: the named approval is not there",
      "EXEC-APPROVAL-NOT-STANDING",
      (shown) => changeReview(shown, { id: 999 }),
    ],
    [
      "the approval was dismissed",
      "EXEC-APPROVAL-NOT-STANDING",
      (shown) => changeReview(shown, { state: "DISMISSED" }),
    ],
    [
      "the approval is by another account",
      "EXEC-APPROVAL-NOT-STANDING",
      (shown) => changeReview(shown, { author: { id: 6666, login: "bob", type: "User" } }),
    ],
    [
      "the approval is by a bot",
      "EXEC-APPROVAL-NOT-STANDING",
      (shown) => changeReview(shown, { author: { id: 1002, login: "bob", type: "Bot" } }),
    ],
    [
      "deciding again denies it",
      "EXEC-REDECIDED",
      ({ fresh }) => ({
        fresh: { ...fresh, verdict: "denied", findings: [finding("violated")] },
      }),
    ],
    [
      "deciding again is about other content",
      "EXEC-REQUEST-DIFFERS",
      ({ fresh }) => ({ fresh: { ...fresh, digests: { ...fresh.digests, content: "sha256:0" } } }),
    ],
    [
      "deciding again names another identity",
      "EXEC-REQUEST-DIFFERS",
      ({ fresh }) => ({
        fresh: {
          ...fresh,
          request: fresh.request === null ? null : { ...fresh.request, identity: "root" },
        },
      }),
    ],
    [
      "another repository answers",
      "EXEC-OTHER-REPOSITORY",
      ({ snapshot }) => ({
        snapshot: { ...snapshot, repository: { ...snapshot.repository, id: 1 } },
      }),
    ],
  ];

  test.each(table)("%s", async (_, code, change) => {
    const scene = await setScene();
    await scene.approve(asked);
    const shown = shownOf(scene, 7);
    scene.forge.set(7, { ...shown, ...change(shown) });

    await scene.pass();
    await scene.pass();

    expect(scene.world.calls.filter((call) => call.startsWith("provision"))).toEqual([]);
    const failed = await scene.entries("grant-failed");
    expect(failed.map(({ result, inputs }) => [result.code, inputs.intent])).toEqual([
      [code, null],
    ]);

    // What was refused for good stays refused, though the forge shows it well again.
    scene.forge.set(7, shown);
    await scene.pass();
    expect(await typesOf(scene)).toEqual(["grant-failed"]);
    expect(scene.world.held.size).toBe(0);
  });

  test("a decision that names no approval", async () => {
    const scene = await setScene();
    await forge(scene, (decided) => ({ ...decided, approvals: [] }));

    await scene.pass();

    expect(await codesOf(scene)).toEqual(["EXEC-NO-APPROVAL"]);
  });
});

describe("what could not be read is refused for now, and granted when it can", () => {
  test("a forge that is down", async () => {
    const scene = await setScene();
    await scene.approve(asked);
    scene.forgeFault = "down";
    await scene.pass();
    expect(await typesOf(scene)).toEqual([]);

    scene.forgeFault = "none";
    await scene.pass();
    expect(scene.world.held).toEqual(new Set([access]));
  });

  test("a fact that is missing", async () => {
    const scene = await setScene();
    await scene.approve(asked);
    const shown = shownOf(scene, 7);
    const missing = [{ fact: "reviews", reason: "A page is missing." }];
    scene.forge.set(7, { ...shown, snapshot: { ...shown.snapshot, missing } });
    await scene.pass();
    expect(await typesOf(scene)).toEqual([]);

    scene.forge.set(7, shown);
    await scene.pass();
    expect(scene.world.held).toEqual(new Set([access]));
  });

  test("a decision that is indeterminate", async () => {
    const scene = await setScene();
    await scene.approve(asked);
    const { snapshot, fresh } = shownOf(scene, 7);
    const findings = [finding("indeterminate")];
    scene.forge.set(7, { snapshot, fresh: { ...fresh, verdict: "denied", findings } });
    await scene.pass();
    expect(await typesOf(scene)).toEqual([]);
    expect(scene.world.held.size).toBe(0);
  });
});

test("B12: bytes on main that differ from the decided ones are refused", async () => {
  const scene = await setScene();
  await scene.approve(asked);
  scene.push(path, "name: something else\n");

  await scene.pass();

  expect(await codesOf(scene)).toEqual(["EXEC-CONTENT-DIFFERS"]);
  expect(scene.world.held.size).toBe(0);
});

test("a decision that is used for a second request is refused", async () => {
  const scene = await setScene();
  const { decision, merge } = await scene.approve(asked);
  await scene.pass();
  const second = "access-requests/payments-db/second.yaml";
  scene.push(second, requestBytes(asked));
  const { mergeCommit, head } = merge.inputs;
  await recordMerge(scene.gate, decision, { mergeCommit, requests: ["second"] }, head);

  await scene.pass();

  expect(await codesOf(scene)).toEqual(["EXEC-MANY-MERGES"]);
  expect(await scene.entries("grant-intent")).toHaveLength(1);
});

test("F1: a merge by an administrator, without a merge entry, is refused", async () => {
  const scene = await setScene();
  scene.push(path, requestBytes(asked));

  await scene.pass();

  expect(scene.world.calls).toEqual([]);
  expect(scene.lines.join("\n")).toContain("EXEC-NO-MERGE-ENTRY");
});

test("F1: a merge entry whose merge is not on main is refused", async () => {
  const scene = await setScene();
  await forge(scene, (decided) => decided, { mergeCommit: "f".repeat(40) });

  await scene.pass();

  expect(scene.world.calls).toEqual([]);
  expect(scene.lines.join("\n")).toContain("EXEC-MERGE-NOT-ON-MAIN");
});

test("a merge whose second parent is not the approved head is refused", async () => {
  const scene = await setScene();
  await forge(scene, (decided) => ({ ...decided, head: "e".repeat(40) }));

  await scene.pass();

  expect(await codesOf(scene)).toEqual(["EXEC-HEAD-DIFFERS"]);
});

test("a violation that came before the intent is refused without a grant", async () => {
  const scene = await setScene();
  await scene.approve(asked);
  await recordViolation(scene.gate, 7);

  await scene.pass();

  expect(await typesOf(scene)).toEqual([]);
  expect(scene.lines.join("\n")).toContain("EXEC-VIOLATION");
});

test("a violation that arrives after the intent is carried out as a revoke, and nothing is provisioned", async () => {
  const scene = await setScene();
  await scene.approve(asked);
  await scene.restart((parts) => ({
    ...parts,
    ledger: afterAppend(parts.ledger, () => recordViolation(scene.gate, 7)),
  }));

  await scene.pass();

  expect(scene.world.calls.filter((call) => call.startsWith("provision"))).toEqual([]);
  expect(await typesOf(scene)).toEqual(["grant-intent", "revoke-intent", "revoke"]);
  const [intent] = await scene.entries("revoke-intent");
  expect(intent?.inputs.cause).toBe("voided");
});

test("a later decision that is not approved voids an active grant", async () => {
  const scene = await setScene();
  await scene.approve(asked);
  await scene.pass();
  const { snapshot, fresh } = shownOf(scene, 7);
  const decided: Decision = { ...fresh, verdict: "denied", notAfter: null, approvals: [] };
  await recordDecision(scene.gate, { decided, snapshot });

  await scene.pass();

  expect(scene.world.held.size).toBe(0);
  const [intent] = await scene.entries("revoke-intent");
  expect(intent?.inputs.cause).toBe("voided");
});

test("approvals that lapsed before the activation grant nothing", async () => {
  const scene = await setScene();
  await scene.approve({ ...asked, notAfter: "2026-11-21T11:00:00.000Z" });
  scene.clock.set("2026-11-21T11:00:00.000Z");

  await scene.pass();
  await scene.pass();

  expect(await codesOf(scene)).toEqual(["EXEC-LAPSED"]);
  expect(scene.world.held.size).toBe(0);
});

test("a forged notAfter counts no longer than the executor's own", async () => {
  const scene = await setScene();
  await scene.approve({ ...asked, notAfter: "2099-01-01T00:00:00.000Z" });
  const { snapshot, fresh } = shownOf(scene, 7);
  scene.forge.set(7, { snapshot, fresh: { ...fresh, notAfter: "2026-11-21T10:30:00.000Z" } });
  scene.clock.set("2026-11-21T10:30:00.000Z");

  await scene.pass();

  expect(await codesOf(scene)).toEqual(["EXEC-LAPSED"]);
});

test("a clock behind the newest entry makes no grant", async () => {
  const scene = await setScene();
  await scene.approve(asked);
  scene.clock.set("2026-11-21T09:59:59.000Z");

  const report = await scene.pass();

  expect(report.stop?.code).toBe("EXEC-CLOCK-BEHIND");
  expect(scene.world.calls).toEqual([]);
  scene.clock.set("2026-11-21T10:00:01.000Z");
  await scene.pass();
  expect(scene.world.held).toEqual(new Set([access]));
});

test("a main that does not contain what it had gives no grants", async () => {
  const scene = await setScene();
  await scene.pass();
  await scene.approve(asked);
  const tip = scene.mirror.commit({ parents: [], files: { [path]: requestBytes(asked) } });
  scene.mirror.setBranch("main", tip);

  expect((await scene.pass()).stop?.code).toBe("EXEC-MAIN-REWRITTEN");
  await scene.restart();
  expect((await scene.pass()).stop?.code).toBe("EXEC-MAIN-REWRITTEN");
  expect(scene.world.calls).toEqual([]);
});

test("a lying target: provisioning that the read-back does not show fails, and is taken out", async () => {
  const scene = await setScene();
  await scene.approve(asked);
  scene.world.faults.set("payments-db", "ignores");

  await scene.pass();

  expect(await typesOf(scene)).toEqual(["grant-intent", "grant-failed", "revoke-intent", "revoke"]);
  expect(await codesOf(scene)).toEqual(["EXEC-NOT-READ-BACK"]);
  await scene.pass();
  expect(await typesOf(scene)).toHaveLength(4);
});

test("a target that refuses fails the grant with what a person must mend", async () => {
  const scene = await setScene();
  await scene.approve(asked);
  scene.world.faults.set("payments-db", "refuses");
  await scene.pass();
  expect(await codesOf(scene)).toEqual(["EXEC-TARGET-REFUSED"]);

  scene.world.faults.clear();
  scene.clock.advance(60);
  await scene.pass();
  expect((await typesOf(scene)).at(-1)).toBe("revoke");
});

test("a target that goes down after the intent keeps the end that was written first", async () => {
  const scene = await setScene();
  await scene.approve(asked);
  await scene.restart((parts) => ({
    ...parts,
    ledger: afterAppend(parts.ledger, () => {
      scene.world.faults.set("payments-db", "down");
      return Promise.resolve();
    }),
  }));
  await scene.pass();
  expect(await typesOf(scene)).toEqual(["grant-intent"]);

  await scene.restart();
  scene.world.faults.clear();
  scene.clock.advance(3600);
  await scene.pass();
  expect(scene.world.ends.get(access)).toBe("2026-11-21T14:00:00.000Z");
  const [grant] = await scene.entries("grant");
  expect(grant?.inputs.grant.expiresAt).toBe("2026-11-21T14:00:00.000Z");
});

test("what is not provisioned by notAfter is not resumed after it", async () => {
  const scene = await setScene();
  await scene.approve({ ...asked, notAfter: "2026-11-21T11:00:00.000Z" });
  await scene.restart((parts) => ({
    ...parts,
    ledger: afterAppend(parts.ledger, () => {
      scene.world.faults.set("payments-db", "down");
      return Promise.resolve();
    }),
  }));
  await scene.pass();
  scene.world.faults.clear();
  scene.clock.set("2026-11-21T11:00:00.000Z");

  await scene.pass();

  expect(await typesOf(scene)).toEqual(["grant-intent", "grant-failed", "revoke-intent", "revoke"]);
  expect(await codesOf(scene)).toEqual(["EXEC-LAPSED"]);
});

test("no line of the log and no entry quotes an unknown error's message", async () => {
  const scene = await setScene();
  await scene.approve(asked);
  await scene.restart((parts) => ({
    ...parts,
    openTarget: () => Promise.reject(new Error("postgres://admin:hunter2@db")),
  }));

  await scene.pass();

  expect(scene.lines.join("\n")).not.toContain("hunter2");
});

interface Shown {
  readonly snapshot: Snapshot;
  readonly fresh: Decision;
}

function shownOf(scene: Scene, pull: number): Shown {
  const shown = scene.forge.get(pull);
  if (shown === undefined) throw new Error("no such PR");
  return shown;
}

/** Merges a request and writes entries about it that say something else, as a stolen gate key could. */
async function forge(
  scene: Scene,
  change: (decided: Decision) => Decision,
  merged: { readonly mergeCommit?: string } = {},
): Promise<void> {
  const other = await setScene();
  await other.approve(asked);
  const { snapshot, fresh } = shownOf(other, 7);
  const head = scene.mirror.commit({ parents: [], files: { [path]: requestBytes(asked) } });
  const main = await scene.mirror.fetch().then(() => scene.mirror.tip("main"));
  const parents = [main ?? "", head];
  const real = scene.mirror.commit({ parents, files: { [path]: requestBytes(asked) } });
  scene.mirror.setBranch("main", real);
  const decided = change({ ...fresh, head });
  scene.forge.set(7, { snapshot, fresh: decided });
  const decision = await recordDecision(scene.gate, { decided, snapshot });
  const mergeCommit = merged.mergeCommit ?? real;
  await recordMerge(scene.gate, decision, { mergeCommit, requests: [name] }, decided.head);
}

function finding(outcome: "violated" | "indeterminate"): Decision["findings"][number] {
  return { rule: "pull-open", code: "SOD-X", outcome, reason: "It is not so.", facts: [] };
}

/** Lets something happen right after the first entry is durable. */
function afterAppend(ledger: Ledger, happens: () => Promise<void>): Ledger {
  let count = 0;
  return {
    ...ledger,
    async append(drafts) {
      const entries = await ledger.append(drafts);
      count += 1;
      if (count === 1) await happens();
      return entries;
    },
  };
}

async function typesOf(scene: Scene): Promise<readonly string[]> {
  return (await scene.executions()).map(({ type }) => type);
}

async function codesOf(scene: Scene): Promise<readonly string[]> {
  return (await scene.entries("grant-failed")).map(({ result }) => result.code);
}
