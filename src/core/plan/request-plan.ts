import { governanceOf } from "../evaluate/governance-of.ts";
import { identityAt, personBehind } from "../evaluate/people.ts";
import type { DecidedRequest, Decision } from "../model/decision.ts";
import type { Governance } from "../model/governance.ts";
import { providerFacts } from "../model/providers.ts";
import type { ProviderFacts } from "../model/providers.ts";
import type { Holding, Snapshot } from "../model/snapshot.ts";
import { parseRequest } from "../parse/parse-request.ts";
import type { RequestDocument } from "../parse/parse-request.ts";
import { accessKey, preexistingAccess, revokeEffect } from "./access.ts";
import { latestEnd } from "./grant-times.ts";

/** What the executor would do for a request, as far as that can be said before anybody approves it. */
export type RequestPlan = GrantPlan | EmptyPlan;

export interface GrantPlan {
  readonly kind: "grant";
  readonly request: DecidedRequest;
  /** What can be said of every system of the target's kind; `null` of a kind that this version does not know. */
  readonly provider: ProviderFacts | null;
  /** However late it begins, it ends by then (ISO 8601); `null` before it is approved. */
  readonly latestEnd: string | null;
  /** Name of the request that it extends; `null` for what is no extension. */
  readonly extends: string | null;
  /** What else gives the same access, without what it extends. */
  readonly sharing: readonly SharedAccess[];
  /** What its end does at the target, were everything else then as it is now. */
  readonly atEnd: ReturnType<typeof revokeEffect>;
}

/** Nothing can be granted: the target has no name for the beneficiary. */
export interface EmptyPlan {
  readonly kind: "nothing";
  readonly beneficiary: string;
  readonly target: string;
}

export interface SharedAccess {
  readonly request: string;
  readonly as: "grant" | "approved";
}

/**
 * Plans what the executor would do for one request, from its snapshot and decision alone: no target is asked and no credential
 * is needed. Part of neither: it is made for who reads them, and nothing is decided by it. `null` for what asks for nothing
 * that could be read. What is only asked for elsewhere is not in it, nor when other grants end: the snapshot does not tell.
 */
export function planRequest(snapshot: Snapshot, decision: Decision): RequestPlan | null {
  const parsed = governanceOf(snapshot.governance.files);
  const governance = parsed.ok ? parsed.value : null;
  const document = documentOf(snapshot, decision);
  const { request, notAfter } = decision;
  if (request === null) return emptyPlan(governance, document);
  const same = sameAccess(governance, snapshot.ledger.holdings, request);
  const sharing = same.flatMap(sharedAccess);
  const extended = document?.kind === "AccessExtension" ? document.spec.extends : null;
  return {
    kind: "grant",
    request,
    provider: factsOf(request.provider),
    latestEnd: latestEnd(request.durationSeconds, notAfter),
    extends: extended,
    sharing: sharing.filter((one) => one.request !== extended),
    atEnd: revokeEffect(
      [{ preexisting: preexistingAccess(heldWithoutGrant(snapshot, same), []) }],
      sharing.map((one) => one.request),
    ),
  };
}

function documentOf({ pull }: Snapshot, { kind }: Decision): RequestDocument | null {
  const [change] = kind === "request" ? pull.changes : [];
  if (change?.text == null) return null;
  const parsed = parseRequest(change.path, change.text);
  return parsed.ok ? parsed.value : null;
}

/** Somebody unknown, or a target that is not there, is no plan but a mistake: the rules name it. */
function emptyPlan(
  governance: Governance | null,
  document: RequestDocument | null,
): EmptyPlan | null {
  if (governance === null || document === null) return null;
  const { beneficiary, target } = document.spec;
  const isKnown =
    personBehind(governance, beneficiary.name) !== null &&
    governance.targets.some(({ metadata }) => metadata.name === target);
  if (!isKnown || identityAt(governance, beneficiary.name, target) !== null) return null;
  return { kind: "nothing", beneficiary: beneficiary.name, target };
}

function factsOf(provider: string): ProviderFacts | null {
  const found = Object.entries(providerFacts).find(([name]) => name === provider);
  return found?.[1] ?? null;
}

/** Holders can share a name at the target: what counts is what is given there. */
function sameAccess(
  governance: Governance | null,
  holdings: readonly Holding[],
  request: DecidedRequest,
): readonly Holding[] {
  if (governance === null) return [];
  return holdings.filter(({ holder, target, entitlement }) => {
    const identity = identityAt(governance, holder, target);
    const permission = governance.targets
      .find(({ metadata }) => metadata.name === target)
      ?.spec.entitlements.find(({ name }) => name === entitlement)?.permission;
    if (identity === null || permission === undefined) return false;
    return accessKey({ target, identity, permission }) === accessKey(request);
  });
}

function sharedAccess({ as, request }: Holding): readonly SharedAccess[] {
  return (as === "grant" || as === "approved") && request !== null ? [{ as, request }] : [];
}

/** Seen at the target while no grant explains it: of this request itself there is none before it begins. */
function heldWithoutGrant({ ledger }: Snapshot, same: readonly Holding[]): "yes" | "no" {
  const isExplained =
    same.some(({ as }) => as === "grant") ||
    ledger.requests.some(({ access }) => access !== "none");
  return same.some(({ as }) => as === "target") && !isExplained ? "yes" : "no";
}
