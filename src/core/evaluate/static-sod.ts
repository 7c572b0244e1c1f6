import type { Conflict, Governance } from "../model/governance.ts";
import type { Holding } from "../model/snapshot.ts";
import { entitlementClosure } from "../parse/entitlement-closure.ts";
import type { Case, OpenRequest } from "./case.ts";

/** Two entitlements that one person would come to hold together, though nobody may. */
export interface Clash {
  readonly conflict: Conflict;
  /** What makes it a clash beside the request; `null` when the request alone holds both sides. */
  readonly holding: Holding | null;
}

type Side = Conflict["between"][number];

/**
 * Finds every conflict that the request would bring about for the person behind the beneficiary (static SoD, INCITS 359):
 * held against what they have, may come to have, or ask for elsewhere, with all accounts and owned machines. Conflicts of
 * now and of when it was opened count.
 */
export function clashes(
  { snapshot, opening }: Case,
  governance: Governance,
  request: OpenRequest,
): readonly Clash[] {
  const conflicts = [
    ...governance.conflicts,
    ...(opening?.ok === true ? opening.value.conflicts : []),
  ];
  const held = snapshot.ledger.holdings.filter(
    ({ person }) => person === request.fingerprint.person,
  );
  return conflicts.flatMap((conflict) => clash(governance, request, { conflict, held }));
}

function clash(
  governance: Governance,
  { fingerprint }: OpenRequest,
  { conflict, held }: { readonly conflict: Conflict; readonly held: readonly Holding[] },
): readonly Clash[] {
  const asksFor = ({ target, entitlement }: Side): boolean =>
    fingerprint.target === target && fingerprint.contains.includes(entitlement);
  const [first, ...rest] = conflict.between.filter((side) => !asksFor(side));
  if (first === undefined) return [{ conflict, holding: null }];
  // Neither side is asked for: whatever is held already is not this request's doing.
  if (rest.length > 0) return [];
  const holding = held.find(
    (one) =>
      one.target === first.target &&
      entitlementClosure(governance.targets, one.target, one.entitlement).includes(
        first.entitlement,
      ),
  );
  return holding === undefined ? [] : [{ conflict, holding }];
}
