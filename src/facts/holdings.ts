import type { LedgerView } from "../core/attest/ledger-view.ts";
import { entriesOf, entryByDigest } from "../core/attest/ledger-view.ts";
import { personBehind } from "../core/evaluate/people.ts";
import type { DecidedRequest, Decision } from "../core/model/decision.ts";
import type { Governance } from "../core/model/governance.ts";
import type { Grant, ReadBack } from "../core/model/grant.ts";
import type { Holding } from "../core/model/snapshot.ts";
import { grantOf, openGrants } from "../core/plan/access-state.ts";
import { isBefore, mergeOf } from "./linked-pulls.ts";
import { newestDecisionOn } from "./newest-decision.ts";
import type { RequestQuestion } from "./request-question.ts";

/**
 * Lists what the person behind the beneficiary has, may come to have or asked for before, at any target and with any
 * account or machine of theirs; and who else has something at this target. This request itself is left out. For a merged PR
 * only what was merged before it counts, and nothing that is merely asked for: of two that conflict the first begins.
 */
export function holdings(view: LedgerView, question: RequestQuestion): readonly Holding[] {
  const { fingerprint } = question;
  const all = [
    ...granted(view, question),
    ...approved(view, question),
    ...asked(view, question),
    ...atTargets(view, question),
  ];
  return all.filter(
    ({ person, target, as }) =>
      person === fingerprint.person ||
      (target === fingerprint.target && (as === "grant" || as === "target")),
  );
}

function granted(view: LedgerView, question: RequestQuestion): readonly Holding[] {
  const { name, governance, pull } = question;
  const own = mergeOf(view, pull);
  const later = new Set(
    entriesOf(view, "merge")
      .filter((merge) => !isBefore(merge, own))
      .map(({ inputs }) => inputs.decision),
  );
  return openGrants(view.executions)
    .filter(({ grant, decision }) => grant.request !== name && !later.has(decision ?? ""))
    .map(({ grant: { beneficiary, identity, target, entitlement, request } }) => ({
      person: personAt(governance, { target, identity }) ?? beneficiary,
      ...{ holder: beneficiary, target, entitlement, request, pull: null },
      as: "grant",
    }));
}

/** The human behind a name at a target: people.yaml can rename a person, but what the target calls them is what has the access. */
function personAt(
  governance: Governance,
  { target, identity }: { readonly target: string; readonly identity: string },
): string | null {
  const holder = [...governance.people, ...governance.machines].find(({ identities }) =>
    identities.some((known) => known.target === target && known.name === identity),
  );
  return holder === undefined ? null : personBehind(governance, holder.name);
}

/** Merged by an approved decision, and neither begun nor past its time. */
function approved(view: LedgerView, question: RequestQuestion): readonly Holding[] {
  const own = mergeOf(view, question.pull);
  const begun = new Set(view.executions.flatMap((entry) => grantOf(entry)?.request ?? []));
  const over = new Set(
    [...entriesOf(view, "lapsed"), ...entriesOf(view, "grant-failed")].map(
      ({ inputs }) => inputs.decision,
    ),
  );
  return entriesOf(view, "merge").flatMap((merge) => {
    const { pull, decision: digest } = merge.inputs;
    if (pull === question.pull || over.has(digest) || !isBefore(merge, own)) return [];
    const decision = entryByDigest(view, "decision", digest)?.result.decision;
    if (decision?.request == null || begun.has(decision.request.name)) return [];
    return [holding(question, decision, decision.request, "approved")];
  });
}

/** Asked for by an open PR whose request was seen before this one. */
function asked(view: LedgerView, question: RequestQuestion): readonly Holding[] {
  if (mergeOf(view, question.pull) !== null) return [];
  const seen = [...new Set(entriesOf(view, "request").map(({ inputs }) => inputs.pull))];
  const at = seen.indexOf(question.pull);
  const earlier = at === -1 ? seen : seen.slice(0, at);
  return earlier.flatMap((pull) => {
    if (mergeOf(view, pull) !== null) return [];
    const newest = newestDecisionOn(view, pull);
    const decision = newest?.result.decision;
    if (newest?.inputs.snapshot.pull.state !== "open" || decision?.request == null) return [];
    return [holding(question, decision, decision.request, "asked")];
  });
}

function holding(
  { governance }: RequestQuestion,
  { pull }: Decision,
  { beneficiary, identity, target, entitlement, name }: DecidedRequest,
  as: Holding["as"],
): Holding {
  return {
    person: personAt(governance, { target, identity }) ?? beneficiary.name,
    ...{ holder: beneficiary.name, target, entitlement, as, request: name, pull },
  };
}

/** What the last read-back of each identity shows, by the catalogue's names. */
function atTargets(view: LedgerView, { governance }: RequestQuestion): readonly Holding[] {
  const newest = new Map<string, { readonly grant: Grant; readonly readBack: ReadBack }>();
  for (const entry of view.executions) {
    const grant = grantOf(entry);
    const readBack = "readBack" in entry.result ? entry.result.readBack : null;
    if (grant === null || readBack === null) continue;
    newest.set(`${grant.target} ${readBack.identity}`, { grant, readBack });
  }
  return [...newest.values()].flatMap(({ grant: { target, beneficiary }, readBack }) => {
    const offered =
      governance.targets.find(({ metadata }) => metadata.name === target)?.spec.entitlements ?? [];
    return offered
      .filter(({ permission }) => readBack.permissions.includes(permission))
      .map(({ name }) => ({
        person: personAt(governance, { target, identity: readBack.identity }) ?? beneficiary,
        ...{ holder: beneficiary, target, entitlement: name, request: null, pull: null },
        as: "target" as const,
      }));
  });
}
