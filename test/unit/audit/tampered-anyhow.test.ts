import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { memoryLedgerStore } from "../../../src/adapters/memory/memory-ledger-store.ts";
import type { AuditReport } from "../../../src/audit/audit-report.ts";
import type { Pin } from "../../../src/audit/pin-findings.ts";
import { verifyAudit } from "../../../src/audit/verify-audit.ts";
import { sha256 } from "../../../src/core/attest/digest.ts";
import { newestEntry } from "../../../src/core/attest/ledger-view.ts";
import type { Json } from "../../../src/core/model/json.ts";
import type { Signer } from "../../../src/ports/signer.ts";
import type { StoredEntry } from "../../../src/ports/ledger-store.ts";
import { actions } from "../../support/life/actions.ts";
import { lifeWorld } from "../../support/life/life-world.ts";
import type { LifeWorld } from "../../support/life/life-world.ts";
import { payloadOf, relinked, replaced, resigned } from "../../support/ledger/tamper.ts";
import { seed, timeout } from "../../support/snapshot/properties.ts";
import { livedWorld } from "../../support/tamper/recorded-life.ts";

const runs = Number(process.env["TAMPER_RUNS"] ?? 60);
const seen = { lives: 0, entries: 0, edits: 0 };

const branches = ["audit/decisions", "audit/executions"] as const;
type Branch = (typeof branches)[number];

const edit = fc.record({
  branch: fc.constantFrom(...branches),
  kind: fc.constantFrom("flip", "drop", "cut", "swap", "repeat", "other-key", "rewrite"),
  at: fc.nat(),
  where: fc.nat(),
});
type Edit = typeof edit extends fc.Arbitrary<infer T> ? T : never;

function edited(
  entries: readonly StoredEntry[],
  { branch, kind, at, where }: Edit,
  { keys }: LifeWorld["scene"],
): readonly StoredEntry[] {
  const index = at % entries.length;
  const [own, other] =
    branch === "audit/decisions"
      ? [keys.decision, keys.execution]
      : [keys.execution, keys.decision];
  switch (kind) {
    case "flip":
      return replaced(entries, index, (entry) => {
        const bytes = Buffer.from(entry.bytes ?? "");
        const place = where % bytes.length;
        bytes[place] = (bytes[place] ?? 0) ^ 1;
        return { ...entry, bytes: bytes.toString("latin1") };
      });
    case "drop":
      return entries.toSpliced(index, 1);
    case "cut":
      return entries.slice(0, index);
    case "swap":
      return entries.length === 1
        ? []
        : entries.toSpliced(Math.min(index, entries.length - 2), 2, ...lastTwo(entries, index));
    case "repeat":
      return [...entries, ...entries.slice(index, index + 1)];
    case "other-key":
      return replaced(entries, index, (entry) => resigned(entry, other, () => undefined));
    case "rewrite":
      return rewritten(entries, Math.max(1, index), own);
  }
}

function lastTwo(entries: readonly StoredEntry[], index: number): readonly StoredEntry[] {
  const from = Math.min(index, entries.length - 2);
  return entries.slice(from, from + 2).toReversed();
}

/** Changes an entry as a thief of the key would, and signs again all that follow, so that the chain holds. */
function rewritten(
  entries: readonly StoredEntry[],
  index: number,
  signer: Signer,
): readonly StoredEntry[] {
  const digests = new Map<string, string>();
  return entries.map((entry, position) => {
    if (position < index) return entry;
    const before = sha256(payloadOf(entry));
    const now = resigned(entry, signer, ({ predicate }) => {
      const { idempotencyKey, prevBySigner } = predicate;
      if (position === index) predicate["idempotencyKey"] = `${text(idempotencyKey)}x`;
      predicate.prev = digests.get(text(predicate.prev)) ?? predicate.prev;
      predicate["prevBySigner"] = digests.get(text(prevBySigner)) ?? prevBySigner ?? null;
    });
    digests.set(before, sha256(payloadOf(now)));
    return now;
  });
}

function text(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}

/** Audits a life as its auditor would who pinned both heads before anybody changed anything. */
async function audit(
  world: LifeWorld,
  changed: ReadonlyMap<string, readonly StoredEntry[]>,
): Promise<AuditReport> {
  const { mirror, remote, keys } = world.scene;
  const own = {
    ...remote,
    commits: (branch: Branch) => changed.get(branch) ?? remote.commits(branch),
  };
  const pins = branches.flatMap((branch): readonly Pin[] => {
    const newest = newestEntry(world.view(), branch);
    return newest === null ? [] : [{ branch, seq: newest.seq, digest: newest.digest }];
  });
  const store = memoryLedgerStore(own);
  return verifyAudit({ mirror, store, expectedRoot: keys.rootDigest, now: world.now(), pins });
}

/** What an auditor would see, without the sentences. */
function told({ findings, doubts }: AuditReport): ReadonlySet<string> {
  const all = findings.flatMap((one) => [one, ...one.consequences]);
  return new Set([...all.map(({ code, branch, seq }) => `${code} ${branch} ${seq}`), ...doubts]);
}

async function judgeEdits(world: LifeWorld, edits: readonly Edit[]): Promise<void> {
  const before = told(await audit(world, new Map()));
  seen.lives += 1;
  for (const one of edits) {
    const entries = world.scene.remote.commits(one.branch);
    if (entries.length < 2) continue;
    const now = await audit(
      world,
      new Map([[one.branch, relinked(edited(entries, one, world.scene))]]),
    );
    const fresh = [...told(now)].filter((sentence) => !before.has(sentence));
    expect(fresh, JSON.stringify(one)).not.toEqual([]);
    seen.edits += 1;
    seen.entries += entries.length;
  }
}

describe("a ledger that was edited anyhow", { timeout }, () => {
  it("is found out, whatever life it records", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(actions, { minLength: 5, maxLength: 25, size: "max" }),
        fc.array(edit, { minLength: 4, maxLength: 8 }),
        async (deeds, edits) => {
          const world = await lifeWorld();
          for (const deed of deeds) await deed.run(world);
          await judgeEdits(world, edits);
        },
      ),
      { numRuns: runs, seed },
    );
    expect(seen.edits).toBeGreaterThan(runs);
  });

  it("is found out where access was granted, ended and denied, and nothing was wrong before", async () => {
    const world = await livedWorld();
    expect((await audit(world, new Map())).findings).toEqual([]);
    await fc.assert(
      fc.asyncProperty(edit, (one) => judgeEdits(world, [one])),
      { numRuns: runs, seed },
    );
  });

  afterAll(() => console.info(`PROPERTY_SEED=${seed} TAMPER_RUNS=${runs}`, JSON.stringify(seen)));
});
