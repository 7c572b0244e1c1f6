import { parseStrictJson } from "../core/attest/strict-json.ts";
import { trustRootDefects, trustRootDigest } from "../core/attest/trust-root.ts";
import type { TrustRoot } from "../generated/trust-root.ts";
import type { Mirror } from "../ports/mirror.ts";
import { StartRefused } from "./start-refused.ts";

const path = "governance/trust-root.json";

/**
 * Reads the trust root from the governed branch and accepts it only if it is the very document whose
 * hash the operator pinned: whoever can write to the branch cannot choose whose signatures count.
 */
export async function pinnedTrustRoot(
  mirror: Mirror,
  branch: string,
  pin: string,
): Promise<TrustRoot> {
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
