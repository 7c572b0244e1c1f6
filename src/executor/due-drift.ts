import { entitlementClosure } from "../core/parse/entitlement-closure.ts";
import { parseGovernance } from "../core/parse/parse-governance.ts";
import { driftWatches } from "../core/plan/drift.ts";
import type { DriftWatch } from "../core/plan/drift.ts";
import { governanceFiles } from "../facts/governance-files.ts";
import { governanceProvenance } from "../facts/governance-provenance.ts";
import type { Executor } from "./executor.ts";
import { failureText } from "./failure-text.ts";

/**
 * Chooses the target that is looked at for drift in this pass: the one that is due the longest; `null` when none is. One a pass,
 * so that not all are looked at together. Governance counts only where its provenance is intact; otherwise nothing is looked at.
 */
export async function dueDrift(executor: Executor): Promise<DriftWatch | null> {
  const { drift } = executor.memory;
  try {
    await readWatches(executor);
  } catch (error) {
    executor.log("warn", "Governance could not be fetched: no target is looked at for drift", {
      failure: failureText(error),
    });
    return null;
  }
  const now = executor.clock.now().getTime();
  const dueAt = ({ target }: DriftWatch): number => drift.due.get(target) ?? 0;
  const due = drift.watches.filter((watch) => dueAt(watch) <= now);
  return due.toSorted((a, b) => dueAt(a) - dueAt(b))[0] ?? null;
}

async function readWatches({ memory, mirror, log }: Executor): Promise<void> {
  const { drift, main, view } = memory;
  if (main === null || view === null || drift.tip === main.tip) return;
  drift.watches = [];
  drift.looking.clear();
  const governance = parseGovernance(await governanceFiles(mirror, main.tip));
  const watches = governance.ok ? driftWatches(governance.value) : [];
  const provenance =
    watches.length === 0 ? null : await governanceProvenance(mirror, view, main.tip);
  // Its merge may not be on record yet: then it is read again in the next pass.
  if (provenance?.status === "broken") {
    const { commit, reason } = provenance;
    log("warn", "Governance is not as decided: no target is looked at for drift", {
      ...{ commit, reason },
    });
    return;
  }
  drift.tip = main.tip;
  if (!governance.ok) {
    log("info", "Governance cannot be read: no target is looked at for drift", { tip: main.tip });
    return;
  }
  drift.watches = watches;
  const { targets } = governance.value;
  drift.includes = (target, entitlement) => {
    const names = entitlementClosure(targets, target, entitlement);
    const own = targets.find(({ metadata }) => metadata.name === target)?.spec.entitlements ?? [];
    return own.filter(({ name }) => names.includes(name)).map(({ permission }) => permission);
  };
}
