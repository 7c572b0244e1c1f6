import type { Defect } from "./chain-problem.ts";
import type { Statement } from "./statement.ts";
import { trustRootDefects, trustRootDigest } from "./trust-root.ts";
import { successionDefect } from "./trust-root-succession.ts";
import type { TrustTimeline } from "./trust-timeline.ts";
import type { EntryPayloads } from "../model/entry.ts";

/** Lists why the first entry of audit/decisions is not the trust root that was pinned from outside. */
export function firstTrustRootDefects(
  expectedRoot: string | null,
  statement: Statement,
): readonly Defect[] {
  const payload = trustRootPayload(statement);
  if (payload === null) {
    return [
      {
        code: "trust-root-missing",
        detail: `Entry 0 must be the trust root, not ${statement.type}.`,
      },
    ];
  }
  const digest = trustRootDigest(payload.inputs.trustRoot);
  if (expectedRoot !== null && digest !== expectedRoot) {
    const detail = `Expected the trust root ${expectedRoot}, found ${digest}.`;
    return [{ code: "trust-root-unexpected", detail }];
  }
  return documentDefects(payload, digest);
}

/**
 * Lists why a later trust root may not follow those before it; empty for every other entry. Its entry is sealed by the decision key
 * of the time before, as every entry of the branch: what makes it one is the signatures over the document in its inputs.
 */
export function nextTrustRootDefects(
  trust: TrustTimeline,
  statement: Statement,
): readonly Defect[] {
  const payload = trustRootPayload(statement);
  if (payload === null) return [];
  const { trustRoot, signatures = [] } = payload.inputs;
  const earlier = trust.eras.map((era) => era.trustRoot);
  const defect = successionDefect(earlier, trustRoot, signatures);
  if (defect !== null) return [defect];
  return documentDefects(payload, trustRootDigest(trustRoot));
}

function documentDefects(
  { inputs, result }: EntryPayloads["trust-root"],
  digest: string,
): readonly Defect[] {
  const sentences = trustRootDefects(inputs.trustRoot);
  const named = result.digest === digest ? [] : ["the digest is not that of the document"];
  return [...sentences, ...named].map((detail) => ({ code: "trust-root-malformed", detail }));
}

function trustRootPayload(statement: Statement): EntryPayloads["trust-root"] | null {
  if (statement.type !== "trust-root") return null;
  return statement as unknown as EntryPayloads["trust-root"];
}
