import { parseStrictJson } from "../core/attest/strict-json.ts";
import { trustRootDefects, trustRootDigest } from "../core/attest/trust-root.ts";
import type { TrustRoot } from "../core/model/governance.ts";
import type { LedgerStore } from "../ports/ledger-store.ts";
import type { Mirror } from "../ports/mirror.ts";
import { trustRootInForce } from "../record/trust-root-in-force.ts";
import { StartRefused } from "./start-refused.ts";

const path = "governance/trust-root.json";

/** Where a repository is read from to find out whose keys count. */
export interface TrustSource {
  readonly mirror: Mirror;
  readonly store: LedgerStore;
  readonly branch: string;
}

/**
 * Finds the trust root in force: the newest to which the ledger leads from the first one, whose hash the operator pinned and keeps for
 * ever. Before the ledger begins it is the document on the governed branch, and only if it is the very one that was pinned. So
 * whoever can write to the branch cannot choose whose signatures count. Throws StartRefused.
 */
export async function pinnedTrustRoot(source: TrustSource, pin: string): Promise<TrustRoot> {
  const { trustRoot, problem } = await trustRootInForce(source.store, pin);
  if (trustRoot !== null) return trustRoot;
  if (problem?.code === "trust-root-unexpected") {
    throw new StartRefused(
      `${problem.branch} does not begin with the trust root that COUNTERSIGN_TRUST_ROOT names, which is the first one for ever. ${problem.detail} Before anything else, find out who changed which.`,
    );
  }
  return firstTrustRoot(source, pin);
}

async function firstTrustRoot({ mirror, branch }: TrustSource, pin: string): Promise<TrustRoot> {
  const tip = await mirror.tip(branch);
  if (tip === null)
    throw new StartRefused(`The repository has no branch ${branch}: push it first.`);
  const entry = await mirror.entry(tip, path);
  if (entry === null) {
    throw new StartRefused(`${branch} has no ${path}: make one with \`countersign keygen\`.`);
  }
  const parsed = parseStrictJson(new TextDecoder().decode(await mirror.blob(entry.oid)));
  if (!parsed.ok) throw new StartRefused(`${path} is not strict JSON: ${parsed.code}.`);
  const trustRoot = parsed.value as unknown as TrustRoot;
  const digest = trustRootDigest(trustRoot);
  if (digest !== pin) {
    throw new StartRefused(
      `${path} has the hash ${digest}, COUNTERSIGN_TRUST_ROOT says ${pin}: find out who changed which.`,
    );
  }
  const [defect] = trustRootDefects(trustRoot);
  if (defect !== undefined) throw new StartRefused(`${path} cannot be used: ${defect}.`);
  return trustRoot;
}
