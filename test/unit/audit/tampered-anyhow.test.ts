import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { memoryLedgerStore } from "../../../src/adapters/memory/memory-ledger-store.ts";
import type { AuditReport } from "../../../src/audit/audit-report.ts";
import { verifyAudit } from "../../../src/audit/verify-audit.ts";
import type { StoredEntry } from "../../../src/ports/ledger-store.ts";
import type { LifeWorld } from "../../support/life/life-world.ts";
import { relinked, replaced, resigned } from "../../support/ledger/tamper.ts";
import { seed } from "../../support/snapshot/properties.ts";
import { livedWorld } from "../../support/tamper/recorded-life.ts";

const runs = Number(process.env["TAMPER_RUNS"] ?? 100);
let world: LifeWorld;
beforeAll(async () => {
  world = await livedWorld();
});

const branches = ["audit/decisions", "audit/executions"] as const;
const edit = fc.record({
  branch: fc.constantFrom(...branches),
  kind: fc.constantFrom("flip", "drop", "swap", "repeat", "other-key"),
  at: fc.nat(),
  where: fc.nat(),
});

/** Drops never take the tail alone: that is what pins and anchors are for. */
function edited(
  entries: readonly StoredEntry[],
  { branch, kind, at, where }: { branch: string; kind: string; at: number; where: number },
): readonly StoredEntry[] {
  const index = at % (entries.length - 1);
  const { keys } = world.scene;
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
    case "swap":
      return entries.toSpliced(index, 2, ...entries.slice(index, index + 2).reverse());
    case "repeat":
      return [...entries, ...entries.slice(index, index + 1)];
    default: {
      const other = branch === "audit/decisions" ? keys.execution : keys.decision;
      return replaced(entries, index, (entry) => resigned(entry, other, () => undefined));
    }
  }
}

async function audit(changed: Map<string, readonly StoredEntry[]>): Promise<AuditReport> {
  const { mirror, remote, keys } = world.scene;
  const own = {
    ...remote,
    commits: (branch: (typeof branches)[number]) => changed.get(branch) ?? remote.commits(branch),
  };
  const store = memoryLedgerStore(own);
  return verifyAudit({ mirror, store, expectedRoot: keys.rootDigest, now: world.now() });
}

describe("a ledger that was edited anyhow", () => {
  it("never verifies", { timeout: 120_000 }, async () => {
    expect((await audit(new Map())).findings).toEqual([]);
    await fc.assert(
      fc.asyncProperty(edit, async (one) => {
        const entries = world.scene.remote.commits(one.branch);
        const report = await audit(new Map([[one.branch, relinked(edited(entries, one))]]));
        expect(report.findings.length + report.doubts.length).toBeGreaterThan(0);
      }),
      { numRuns: runs, seed },
    );
    console.info(`PROPERTY_SEED=${seed} TAMPER_RUNS=${runs}`);
  });
});
