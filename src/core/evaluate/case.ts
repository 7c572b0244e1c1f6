import type { Fingerprint } from "../model/fingerprint.ts";
import type {
  AccessPolicy,
  Entitlement,
  Governance,
  CatalogueTarget,
} from "../model/governance.ts";
import type { Tier } from "../model/names.ts";
import type { Parsed, Problem } from "../model/problem.ts";
import type { Change, Snapshot } from "../model/snapshot.ts";
import { applicablePolicies, stricterTier, tierOf } from "../parse/applicable-policies.ts";
import { parseRequest } from "../parse/parse-request.ts";
import type { RequestDocument } from "../parse/parse-request.ts";
import { offeredBy, readDocument } from "./document-reading.ts";
import type { DocumentReading } from "./document-reading.ts";
import { emergencyTerms } from "./emergency/emergency-terms.ts";
import type { EmergencyTerms } from "./emergency/emergency-terms.ts";
import { governanceOf } from "./governance-of.ts";
import { limitsOf } from "./limits.ts";
import type { Limits } from "./limits.ts";
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
  /** Governance when this was first asked for; `null` when it is that of the tip. */
  readonly opening: Parsed<Governance> | null;
  /** The added request file; `null` unless the PR is a request. */
  readonly change: Change | null;
  readonly document: RequestDocument | null;
  readonly requestProblems: readonly Problem[];
  /** What the document asks for and for whom; `null` when governance does not know it. */
  readonly fingerprint: Fingerprint | null;
  /** What the catalogue says against the document. */
  readonly catalogueProblems: readonly Problem[];
  /** The request with its catalogue entry and policies; `null` when any of them is missing. */
  readonly request: OpenRequest | null;
}

export interface OpenRequest {
  readonly document: RequestDocument;
  readonly path: string;
  readonly target: CatalogueTarget;
  readonly entitlement: Entitlement;
  /** The strictest of the catalogue's tiers, now and when it was opened, and the one asked for. */
  readonly tier: Tier;
  readonly fingerprint: Fingerprint;
  /** Every access policy that applies now: none of them replaces another. */
  readonly policies: readonly AccessPolicy[];
  /** Those that applied when it was opened: they have to be satisfied as well (D10). `null`: the same ones. */
  readonly openingPolicies: readonly AccessPolicy[] | null;
  /** Both together: limits take the minimum, requirements the union. */
  readonly allPolicies: readonly AccessPolicy[];
  readonly limits: Limits;
  /** What the policies say of emergencies; `null` unless it is one and a policy allows it. */
  readonly emergency: EmergencyTerms | null;
}

/** Opens a snapshot. Never throws: what does not parse is `null` here and a finding in the rules. */
export function openCase(snapshot: Snapshot, now: Date): Case {
  const pull = classifyPull(snapshot.pull.changes);
  const parsedGovernance = governanceOf(snapshot.governance.files);
  const { opening } = snapshot.governance;
  const [change = null] = pull.kind === "request" ? snapshot.pull.changes : [];
  const parsed = change?.text == null ? null : parseRequest(change.path, change.text);
  const governance = parsedGovernance.ok ? parsedGovernance.value : null;
  const document = parsed?.ok === true ? parsed.value : null;
  const reading =
    governance === null || document === null || change?.text == null
      ? null
      : readDocument(governance, { document, path: change.path, text: change.text });
  const base = {
    snapshot,
    now,
    pull,
    governance,
    governanceProblems: parsedGovernance.ok ? [] : parsedGovernance.problems,
    opening: opening === null ? null : governanceOf(opening.files),
    change,
    document,
    requestProblems: parsed?.ok === false ? parsed.problems : [],
    fingerprint: reading?.fingerprint ?? null,
    catalogueProblems: reading?.problems ?? [],
  };
  return { ...base, request: openRequest(base, reading) };
}

function openRequest(
  { governance, opening, document, change }: Omit<Case, "request">,
  reading: DocumentReading | null,
): OpenRequest | null {
  if (governance === null || change === null || document === null) return null;
  // What the catalogue does not offer, or to nobody that people.yaml knows, has no fingerprint.
  if (reading?.offered == null || reading.fingerprint === null) return null;
  const { offered: found, fingerprint } = reading;
  const before = opening?.ok === true ? opening.value : null;
  const then = before === null ? null : offeredBy(before, document);
  const tier = tierOf(
    stricterTier(found.entitlement.tier, then?.entitlement.tier ?? found.entitlement.tier),
    document,
  );
  const policies = applicablePolicies(governance, document, tier);
  const openingPolicies = before === null ? null : applicablePolicies(before, document, tier);
  // A policy for emergencies that was withdrawn since opens nothing any more, and one that is new opens nothing yet.
  const isEmergency =
    document.kind === "BreakGlassRequest" &&
    [policies, openingPolicies ?? policies].every((all) => emergencyTerms(all) !== null);
  const allPolicies = [...policies, ...(openingPolicies ?? [])];
  return {
    document,
    path: change.path,
    ...found,
    tier,
    fingerprint,
    policies,
    openingPolicies,
    allPolicies,
    limits: limitsOf(allPolicies),
    emergency: isEmergency ? emergencyTerms(allPolicies) : null,
  };
}
