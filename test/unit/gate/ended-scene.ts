import { expect } from "vitest";
import type { EntryDraft } from "../../../src/core/model/entry.ts";
import { grantOf } from "../../support/ledger/drafts.ts";
import { ordinaryText } from "../../support/snapshot/request-text.ts";
import { gateScene } from "./gate-scene.ts";
import type { GateScene } from "./gate-scene.ts";

/** Where the file of a request is. */
export const path = (name: string): string => `access-requests/payments-db/${name}.yaml`;

/** Requests that were approved and merged, in this order, as the pull requests 7, 8, … */
export async function merged(...names: readonly string[]): Promise<GateScene> {
  const scene = await gateScene(withRoom);
  for (const [index, name] of names.entries()) {
    const number = 7 + index;
    scene.open({ number, files: { [path(name)]: ordinaryText(name) } });
    await scene.look(number, [scene.review(number, "bob"), scene.review(number, "carol")]);
  }
  expect(scene.entries("merge")).toHaveLength(names.length);
  return scene;
}

/** The policies leave room for so many requests of one person. */
function withRoom(text: string): string {
  return text
    .replace("maxConcurrent: 3", "maxConcurrent: 900")
    .replace("maxTotalDuration: P2D", "maxTotalDuration: P90D");
}

/** Writes to the executions ledger, and lets the gate read it. */
export async function execute(scene: GateScene, ...drafts: readonly EntryDraft[]): Promise<void> {
  await scene.executions.sync();
  await scene.executions.append(drafts);
  await scene.decisions.sync();
}

/** What the executor writes when it begins to give the access of a merged request. */
export function granted(scene: GateScene, name: string): EntryDraft {
  const merge = scene.entries("merge").find(({ result }) => result.requests.includes(name));
  if (merge === undefined) throw new Error(`${name} was not merged`);
  return {
    ...{ type: "grant-intent", idempotencyKey: `grant-intent:${name}`, summary: name },
    ...{ delivery: null, result: { grant: grantOf(name) } },
    inputs: { decision: merge.inputs.decision, merge: merge.digest, approvals: [] },
  };
}

/** What the executor writes when it took the access out and read it back. */
export function readBackGone(name: string): EntryDraft {
  const grant = grantOf(name);
  const readBack = { at: "2026-11-21T14:00:01.000Z", identity: "alice", permissions: [] };
  return {
    ...{ type: "revoke", idempotencyKey: `revoke:${name}`, summary: name, delivery: null },
    inputs: { intent: `sha256:${"1".repeat(64)}`, grant },
    result: { readBack },
  };
}
