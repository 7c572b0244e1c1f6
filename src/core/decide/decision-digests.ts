import { canonicalJson } from "../attest/canonical-json.ts";
import { sha256 } from "../attest/digest.ts";
import type { Case } from "../evaluate/case.ts";
import { sameGovernanceFiles } from "../evaluate/governance-of.ts";
import type { DecisionDigests, GovernanceDigests } from "../model/decision.ts";
import type { GovernanceFile } from "../model/snapshot.ts";
import { governedPath, isPolicyTest } from "../parse/governed-path.ts";
import { contentDigest } from "./content-digest.ts";

/** Computes the digests of what a decision rests on; when one changes, the decision is made again. */
export function decisionDigests({ snapshot }: Case): DecisionDigests {
  return {
    content: contentDigest(snapshot.pull.changes, isGoverned),
    ...governanceDigests(snapshot.governance.files),
  };
}

/** Says whether a path is a request or part of governance. */
export function isGoverned(path: string): boolean {
  return governedPath(path).area !== "ungoverned";
}

/** Governance changes rarely and is hashed once; the key is the list that stands for its bytes. */
const known = new WeakMap<readonly GovernanceFile[], GovernanceDigests>();

/** Computes the digests of governance; `null` for a part that is not there. */
export function governanceDigests(given: readonly GovernanceFile[]): GovernanceDigests {
  const files = sameGovernanceFiles(given);
  const before = known.get(files);
  if (before !== undefined) return before;
  const digestOf = (path: string): string | null => {
    const text = files.find((file) => file.path === path)?.text;
    return text === undefined ? null : sha256(text);
  };
  const digestUnder = (folder: string): string | null => {
    const found = files
      // A decision table decides nothing: a new row of it is no reason to decide again.
      .filter(({ path }) => path.startsWith(folder) && !isPolicyTest(path))
      .map(({ path, text }) => ({ path: path.toWellFormed(), digest: sha256(text) }))
      .sort((a, b) => (a.path < b.path ? -1 : 1));
    return found.length === 0 ? null : sha256(canonicalJson(found));
  };
  const digests = {
    roles: digestOf("governance/ROLES"),
    people: digestOf("governance/people.yaml"),
    policy: digestUnder("governance/policy/"),
    catalogue: digestUnder("governance/targets/"),
  };
  known.set(files, digests);
  return digests;
}
