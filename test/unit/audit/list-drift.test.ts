import { describe, expect, it } from "vitest";
import { describeExecution } from "../../../src/audit/describe-execution.ts";
import type { ExecutionEntry } from "../../../src/audit/description.ts";
import { listDrift } from "../../../src/audit/list-drift.ts";
import { renderDrift } from "../../../src/audit/render-drift.ts";
import type { DriftOutcome } from "../../../src/core/model/drift.ts";
import { viewOf, written } from "../../support/ledger/view-of.ts";

type Written = ReturnType<typeof written>;

const at = "2026-11-21T10:00:00.000Z";
const held = { identity: "alice", permission: "payments_readwrite" };
const sighting = { target: "payments-db", ...held, firstSeenAt: at };
const readBack = { at, identity: "alice", permissions: ["payments_readwrite"] };
const drift = written(at, "drift", sighting, { mode: "enforce", response: "taking-out", readBack });
const said = (entry: Written) =>
  describeExecution(entry as unknown as ExecutionEntry, () => "an entry");
const became = (outcome: DriftOutcome) =>
  written(at, "drift-outcome", sighting, { outcome, detail: "said so", readBack: null });

describe("drift that no grant explains", () => {
  it("is listed with what became of it last", () => {
    expect(listDrift(viewOf([drift]))).toMatchObject([{ type: "drift", outcome: null, sighting }]);
    const text = renderDrift(listDrift(viewOf([drift])), null);
    expect(text).toContain("still held");
    expect(text).toContain("alice then held payments_readwrite");
    const tried = viewOf([drift, became("failed"), became("taken-out")]);
    expect(listDrift(tried)).toMatchObject([{ outcome: "taken-out" }]);
    const failed = renderDrift(listDrift(viewOf([drift, became("failed")])), null);
    expect(failed).toContain("TAKING IT OUT FAILED");
  });

  it("is said in sentences", () => {
    const scope = { target: "payments-db", at, identities: ["alice"], permissions: ["p"] };
    const baseline = written(at, "drift-baseline", scope, { held: [held] });
    expect(said(baseline).details).toContain("alice holds payments_readwrite.");
    expect(said(drift).title).toMatch(/^DRIFT: alice with .* no grant explains/u);
    expect(said(became("failed")).title).toMatch(/^FAILED to take out drift/u);
  });
});
