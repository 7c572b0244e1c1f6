import type { PullKind } from "../model/names.ts";
import type { Change } from "../model/snapshot.ts";
import { governedPath } from "../parse/governed-path.ts";

/** What a pull request is by its difference from the merge base, or why it is none of the four. */
export type PullClass =
  | { readonly kind: PullKind }
  | { readonly kind: "mixed"; readonly reason: string; readonly paths: readonly string[] };

/**
 * Classifies a pull request as exactly one of request, removal, policy or ungoverned. Whatever is not
 * clearly one of them is `mixed` and refused: a request that also changes who may approve it (D1), two
 * requests in one review, an edited request (J1: a change of a grant is a new request).
 */
export function classifyPull(changes: readonly Change[]): PullClass {
  if (changes.length === 0) return mixed("It changes nothing.", []);
  const areas = changes.map((change) => ({ change, area: governedPath(change.path) }));
  for (const { change, area } of areas) {
    if (area.area === "refused") return mixed(`${area.reason} ${area.fix}`, [change.path]);
  }
  if (areas.every(({ area }) => area.area === "ungoverned")) return { kind: "ungoverned" };
  if (areas.every(({ area }) => area.area === "governance")) return { kind: "policy" };

  const requests = areas.filter(({ area }) => area.area === "request").map(({ change }) => change);
  const others = areas.filter(({ area }) => area.area !== "request").map(({ change }) => change);
  if (others.length > 0) {
    return mixed(
      "It changes a request together with something else: a request is reviewed alone.",
      others.map(({ path }) => path),
    );
  }
  const touched = requests.filter(({ status }) => status !== "added" && status !== "removed");
  if (touched.length > 0) {
    return mixed(
      "It edits a request that is already on the governed branch: open a new request instead.",
      touched.map(({ path }) => path),
    );
  }
  if (requests.every(({ status }) => status === "removed")) return { kind: "removal" };
  if (requests.length === 1) return { kind: "request" };
  return mixed(
    "It adds more than one request, or adds one and removes another: one request a pull request.",
    requests.map(({ path }) => path),
  );
}

function mixed(reason: string, paths: readonly string[]): PullClass {
  return { kind: "mixed", reason, paths };
}
