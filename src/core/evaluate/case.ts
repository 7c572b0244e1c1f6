import type {
  AccessPolicy,
  Entitlement,
  Governance,
  CatalogueTarget,
} from "../model/governance.ts";
import type { Tier } from "../model/names.ts";
import type { Problem } from "../model/problem.ts";
import type { Change, Snapshot } from "../model/snapshot.ts";
import { governanceOf } from "./governance-of.ts";
import { applicablePolicies, tierOf } from "../parse/applicable-policies.ts";
import { parseRequest } from "../parse/parse-request.ts";
import type { RequestDocument } from "../parse/parse-request.ts";
import { classifyPull } from "./pull-kind.ts";
import type { PullClass } from "./pull-kind.ts";

/** A snapshot opened up for the rules: parsed once, read by all of them, changed by none. */
export interface Case {
  readonly snapshot: Snapshot;
  readonly now: Date;
  readonly pull: PullClass;
  /** `null` when the governance at the tip does not parse; see `governanceProblems`. */
  readonly governance: Governance | null;
  readonly governanceProblems: readonly Problem[];
  /** The added request file; `null` unless the PR is a request. */
  readonly change: Change | null;
  readonly document: RequestDocument | null;
  readonly requestProblems: readonly Problem[];
  /** The request with its catalogue entry and policies; `null` when any of them is missing. */
  readonly request: OpenRequest | null;
}

/** An ordinary request; the other kinds have rules of their own. */
export type AccessRequestDocument = Extract<RequestDocument, { readonly kind: "AccessRequest" }>;

export interface OpenRequest {
  readonly document: AccessRequestDocument;
  readonly path: string;
  readonly target: CatalogueTarget;
  readonly entitlement: Entitlement;
  /** The stricter of the catalogue's tier and the one asked for. */
  readonly tier: Tier;
  /** Every access policy that applies; limits take the minimum, requirements the union. */
  readonly policies: readonly AccessPolicy[];
}

/** Opens a snapshot. Never throws: what does not parse is `null` here and a finding in the rules. */
export function openCase(snapshot: Snapshot, now: Date): Case {
  const pull = classifyPull(snapshot.pull.changes);
  const governance = governanceOf(snapshot.governance.files);
  const change = pull.kind === "request" ? (snapshot.pull.changes[0] ?? null) : null;
  const parsed = change?.text == null ? null : parseRequest(change.path, change.text);
  const base = {
    snapshot,
    now,
    pull,
    governance: governance.ok ? governance.value : null,
    governanceProblems: governance.ok ? [] : governance.problems,
    change,
    document: parsed?.ok === true ? parsed.value : null,
    requestProblems: parsed?.ok === false ? parsed.problems : [],
  };
  return { ...base, request: openRequest(base.governance, base.document, change) };
}

function openRequest(
  governance: Governance | null,
  document: RequestDocument | null,
  change: Change | null,
): OpenRequest | null {
  if (governance === null || change === null || document?.kind !== "AccessRequest") return null;
  const target = governance.targets.find(({ metadata }) => metadata.name === document.spec.target);
  const entitlement = target?.spec.entitlements.find(
    ({ name }) => name === document.spec.entitlement,
  );
  if (target === undefined || entitlement === undefined) return null;
  const tier = tierOf(entitlement, document);
  const policies = applicablePolicies(governance, document, tier);
  return { document, path: change.path, target, entitlement, tier, policies };
}
