import { canonicalJson } from "../attest/canonical-json.ts";
import { sha256 } from "../attest/digest.ts";
import type { Case } from "../evaluate/case.ts";
import type { DecisionDigests } from "../model/decision.ts";
import { governedPath, isPolicyTest } from "../parse/governed-path.ts";
import { contentDigest } from "./content-digest.ts";

/** Computes the digests of what a decision rests on; when one changes, the decision is made again. */
export function decisionDigests({ snapshot }: Case): DecisionDigests {
  const { files } = snapshot.governance;
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
  return {
    content: contentDigest(snapshot.pull.changes, isGoverned),
    roles: digestOf("governance/ROLES"),
    people: digestOf("governance/people.yaml"),
    policy: digestUnder("governance/policy/"),
    catalogue: digestUnder("governance/targets/"),
  };
}

/** Says whether a path is a request or part of governance. */
export function isGoverned(path: string): boolean {
  return governedPath(path).area !== "ungoverned";
}
