import { describe, expect, it } from "vitest";

import {
  emptyView,
  entriesOf,
  entriesOn,
  entryByDigest,
  entryByKey,
  extendView,
  newestEntry,
  viewAsOf,
} from "../../../../src/core/attest/ledger-view.ts";
import type { Entry } from "../../../../src/core/model/entry.ts";
import { digestOf } from "../../../support/ledger/drafts.ts";
import { decision, intent, merge } from "../plan/plan-entries.ts";

const onExecutions: Entry = { ...intent(0), branch: "audit/executions", digest: digestOf("e") };
const view = extendView(extendView(emptyView, [decision(1), merge(2)]), [onExecutions, merge(3)]);

describe("a view of both ledgers", () => {
  it("finds an entry by its digest only as the type it is", () => {
    expect(entryByDigest(view, "decision", decision(1).digest)?.seq).toBe(1);
    expect(entryByDigest(view, "merge", decision(1).digest)).toBeNull();
    expect(entryByDigest(view, "decision", digestOf("9"))).toBeNull();
  });

  it("finds an idempotency key only on the branch it was used on", () => {
    expect(entryByKey(view, "audit/executions", onExecutions.idempotencyKey)).toBe(onExecutions);
    expect(entryByKey(view, "audit/decisions", onExecutions.idempotencyKey)).toBeNull();
    expect(entryByKey(emptyView, "audit/decisions", "decision:1")).toBeNull();
  });

  it("shows what was written until an instant, on either branch, and stays as it was", () => {
    const at = (seq: number, instant: string): Entry => ({ ...merge(seq), at: instant });
    const [noon, later] = ["2026-11-21T12:00:00.000Z", "2026-11-21T12:00:00.001Z"];
    const execution: Entry = { ...onExecutions, at: later };
    const all = extendView(emptyView, [at(1, noon), at(2, later), at(3, noon), execution]);
    const shown = viewAsOf(all, new Date(noon));
    expect(shown.decisions.map(({ seq }) => seq)).toEqual([1, 3]);
    expect(shown.executions).toEqual([]);
    expect(entriesOf(shown, "grant-intent")).toEqual([]);
    expect(viewAsOf(all, new Date(later)).executions).toEqual([execution]);
    expect(all.decisions).toHaveLength(3);
  });

  it("keeps each branch and each type in order, over several readings", () => {
    expect(entriesOn(view, "audit/decisions").map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect(entriesOn(view, "audit/executions")).toEqual([onExecutions]);
    expect(entriesOf(view, "merge").map(({ seq }) => seq)).toEqual([2, 3]);
    expect(entriesOf(view, "violation")).toEqual([]);
    expect(newestEntry(view, "audit/decisions")?.seq).toBe(3);
    expect(newestEntry(emptyView, "audit/executions")).toBeNull();
  });

  it("leaves the view it was made from as it was", () => {
    const before = extendView(emptyView, [decision(1)]);
    extendView(before, [merge(2), onExecutions]);
    expect(entriesOn(before, "audit/decisions")).toHaveLength(1);
    expect(entryByKey(before, "audit/decisions", "merge:2")).toBeNull();
    expect(before.byDigest.has(merge(2).digest)).toBe(false);
    expect(extendView(before, [])).toBe(before);
  });

  it("lets two views grow from one, each without what the other has", () => {
    const before = extendView(emptyView, [decision(1)]);
    const [a, b] = [extendView(before, [merge(2)]), extendView(before, [merge(3)])];
    const further = extendView(a, [decision(4)]);
    expect(entryByKey(a, "audit/decisions", "merge:2")?.seq).toBe(2);
    expect(a.byDigest.has(merge(3).digest)).toBe(false);
    expect(b.byDigest.has(merge(2).digest)).toBe(false);
    expect(entryByDigest(b, "merge", merge(3).digest)?.seq).toBe(3);
    expect(a.byDigest.has(decision(4).digest)).toBe(false);
    expect(further.byDigest.has(decision(1).digest)).toBe(true);
    expect(further.decisions.map(({ seq }) => seq)).toEqual([1, 2, 4]);
  });

  it("shows the later of two entries under one key to who reads both, and the earlier to who does not", () => {
    const before = extendView(emptyView, [decision(1)]);
    const again: Entry = { ...decision(2), idempotencyKey: decision(1).idempotencyKey };
    const after = extendView(before, [again]);
    expect(entryByKey(before, "audit/decisions", again.idempotencyKey)?.seq).toBe(1);
    expect(entryByKey(after, "audit/decisions", again.idempotencyKey)).toBe(again);
  });
});
