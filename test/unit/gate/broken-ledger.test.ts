import { describe, expect, it } from "vitest";
import { runGate } from "../../../src/gate/run-gate.ts";
import { LedgerBroken } from "../../../src/record/ledger-errors.ts";
import { grantOf } from "../../support/ledger/drafts.ts";
import { gateScene } from "./gate-scene.ts";
import type { GateScene } from "./gate-scene.ts";

/** Both ledgers have an entry or more, and the gate has read them. */
async function scene(): Promise<GateScene> {
  const made = await gateScene();
  await made.executions.sync();
  const failed = { request: "a", decision: `sha256:${"1".repeat(64)}`, intent: null };
  await made.executions.append([
    {
      ...{ type: "grant-failed", idempotencyKey: "grant-failed:a", summary: "a", delivery: null },
      ...{ inputs: failed, result: { code: "EXEC-NO-DECISION", detail: grantOf("a").request } },
    },
  ]);
  await made.decisions.sync();
  return made;
}

/** Runs the gate until it has swept often enough to have repeated itself. */
async function run({ gate, keys, lines }: GateScene, isDone: () => boolean) {
  const stop = new AbortController();
  const clock = { ...gate.clock, sleep: () => new Promise<void>((next) => setImmediate(next)) };
  const options = { trustRoot: keys.trustRoot, sweepSeconds: 0, signal: stop.signal };
  const running = await runGate({ ...gate, clock }, options);
  for (let turn = 0; turn < 200 && !isDone(); turn += 1) {
    await new Promise((next) => setImmediate(next));
  }
  stop.abort();
  await running.stopped;
  return { running, loud: lines.filter((line) => line.startsWith("error a ledger is broken")) };
}

/** Summaries of the violations on the decisions, by the messages: the chain is broken for every reader from here on. */
function violationsOnRemote({ remote }: GateScene): readonly string[] {
  const messages = remote.commits("audit/decisions").map(({ message }) => message);
  return messages
    .filter((message) => message.includes("Ledger-Type: violation"))
    .map((message) => message.split("\n")[0] ?? "");
}

describe("a gate whose ledger broke", () => {
  it("says so on every attempt and to who asks, and has nothing on record of a broken ledger of its own", async () => {
    const made = await scene();
    made.open({ number: 7 });
    const { remote, lines } = made;
    const loudly = (): number => lines.filter((line) => line.includes("a ledger is broken")).length;
    const isDone = (): boolean => {
      if (lines.length === 0) remote.forcePush("audit/decisions", []);
      return loudly() > 1;
    };
    const { running, loud } = await run(made, isDone);
    expect(loud.length).toBeGreaterThan(1);
    expect(loud[0]).toContain("countersign audit verify");
    expect(running.whyStopped()).toContain("rewritten");
    expect(made.world.checks.size).toBe(0);
    await expect(made.look(7)).rejects.toThrow(LedgerBroken);
    expect(remote.commits("audit/decisions")).toEqual([]);
  });

  it("records once on the decisions that the executions were rewritten, and decides nothing any more", async () => {
    const made = await scene();
    made.open({ number: 7 });
    const { remote, lines } = made;
    const isDone = (): boolean => {
      remote.forcePush("audit/executions", []);
      return lines.filter((line) => line.includes("a ledger is broken")).length > 2;
    };
    const { running } = await run(made, isDone);
    expect(running.whyStopped()).toContain("audit/executions");
    expect(violationsOnRemote(made)).toEqual([
      expect.stringContaining("audit/executions does not verify: rewritten"),
    ]);
    await expect(made.decisions.append([])).rejects.toThrow(LedgerBroken);
  });

  it("says nothing while both ledgers verify", async () => {
    const made = await scene();
    const { running, loud } = await run(made, () => false);
    expect(running.whyStopped()).toBeNull();
    expect(loud).toEqual([]);
  });
});
