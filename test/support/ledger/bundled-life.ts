import { expect } from "vitest";
import { memoryLedgerStore } from "../../../src/adapters/memory/memory-ledger-store.ts";
import { proveRequest } from "../../../src/audit/prove-request.ts";
import { readLedgers } from "../../../src/audit/read-ledgers.ts";
import type { RequestProof } from "../../../src/audit/request-proof.ts";
import { auditedLife } from "./audited-life.ts";
import type { AuditedLife, Lies } from "./audited-life.ts";

/** The request of the life that is bundled. */
export const bundledRequest = "2026-11-21-alice-settlement";

/** A bundle about the request of an audited life, and the root hash that it is checked with. */
export interface BundledLife {
  readonly life: AuditedLife;
  readonly proof: RequestProof;
  readonly root: string;
}

/** Lives the life of one request in memory and makes a bundle of it; its ledgers verify, whatever the lies are. */
export async function bundledLife(
  lies: Lies = {},
  reach: "request" | "whole" = "request",
): Promise<BundledLife> {
  const life = await auditedLife(lies);
  const { remote, keys, mirror } = life;
  const store = memoryLedgerStore(remote);
  await store.fetch();
  await mirror.fetch();
  const { view, problems } = await readLedgers(store, keys.rootDigest);
  expect(problems).toEqual([]);
  const stored = [...remote.commits("audit/decisions"), ...remote.commits("audit/executions")].map(
    ({ commit, bytes }) => [commit, bytes ?? ""] as const,
  );
  const source = { view, mirror, envelopes: new Map(stored) };
  const proof = await proveRequest(source, bundledRequest, reach);
  if (proof === null) throw new Error("nothing to prove");
  return { life, proof, root: keys.rootDigest };
}
