import type { Defect } from "./chain-problem.ts";
import type { Statement } from "./statement.ts";
import { trustRootDefects, trustRootDigest } from "./trust-root.ts";
import type { TrustTimeline } from "./trust-timeline.ts";
import type { TrustRoot } from "../model/governance.ts";
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

/** Lists why a later trust root may not follow the one in force; empty for every other entry. */
export function nextTrustRootDefects(
  trust: TrustTimeline,
  statement: Statement,
): readonly Defect[] {
  const payload = trustRootPayload(statement);
  const before = trust.eras.at(-1)?.trustRoot;
  if (payload === null || before === undefined) return [];
  const { trustRoot } = payload.inputs;
  return [
    ...documentDefects(payload, trustRootDigest(trustRoot)),
    ...successionDefects(before, trustRoot),
  ];
}

function documentDefects(
  { inputs, result }: EntryPayloads["trust-root"],
  digest: string,
): readonly Defect[] {
  const sentences = trustRootDefects(inputs.trustRoot);
  const named = result.digest === digest ? [] : ["the digest is not that of the document"];
  return [...sentences, ...named].map((detail) => ({ code: "trust-root-malformed", detail }));
}

function successionDefects(before: TrustRoot, after: TrustRoot): readonly Defect[] {
  const sameHome =
    after.repository.id === before.repository.id &&
    after.repository.governedBranch === before.repository.governedBranch;
  if (sameHome && after.version === before.version + 1) return [];
  const detail = "It must be for the same repository and branch, and one version newer.";
  return [{ code: "trust-root-malformed", detail }];
}

function trustRootPayload(statement: Statement): EntryPayloads["trust-root"] | null {
  if (statement.type !== "trust-root") return null;
  return statement as unknown as EntryPayloads["trust-root"];
}
