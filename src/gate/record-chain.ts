import { entriesOf } from "../core/attest/ledger-view.ts";
import { openCase } from "../core/evaluate/case.ts";
import { chainSteps } from "../core/evaluate/emergency/chain.ts";
import type { ChainStep } from "../core/evaluate/emergency/chain.ts";
import type { EntryDraft } from "../core/model/entry.ts";
import type { Snapshot } from "../core/model/snapshot.ts";
import type { Gate } from "./gate.ts";

/** Records every later step of the fallback chain that has come open for an emergency, before anything is decided by it (P8). */
export async function recordChain(gate: Gate, snapshot: Snapshot, now: Date): Promise<void> {
  const given = openCase(snapshot, now);
  const { governance, request } = given;
  if (governance === null || request === null || request.emergency === null) return;
  const { number: pull, state, draft } = snapshot.pull;
  if (state !== "open" || draft) return;
  const known = new Set(
    entriesOf(gate.ledger.view(), "chain-step").map(({ idempotencyKey }) => idempotencyKey),
  );
  const drafts = chainSteps(given, governance)
    .filter(({ step, opensAt }) => step > 1 && now.getTime() >= opensAt)
    .map((step) => chainDraft(pull, request.document.metadata.name, step))
    .filter(({ idempotencyKey }) => !known.has(idempotencyKey));
  if (drafts.length > 0) await gate.ledger.append(drafts);
}

function chainDraft(
  pull: number,
  request: string,
  { step, people, opensAt }: ChainStep,
): EntryDraft {
  const at = new Date(opensAt).toISOString();
  return {
    type: "chain-step",
    idempotencyKey: `chain-step:${pull}:${step}:${at}`,
    summary: `#${pull}: step ${step} of the fallback chain is open`,
    delivery: null,
    inputs: { pull, request, step },
    result: { opensAt: at, people },
  };
}
