import type { Route } from "../model/fingerprint.ts";
import type { Governance } from "../model/governance.ts";
import type { ApprovalSteps } from "./approval-steps.ts";
import type { Case } from "./case.ts";
import { eligibility, stepHolders } from "./eligibility.ts";
import type { Eligibility } from "./eligibility.ts";
import { exclusions } from "./exclusions.ts";
import type { Exclusions } from "./exclusions.ts";
import { requesterSet } from "./requester-set.ts";
import type { RequesterSet } from "./requester-set.ts";

/** Who asked, who is excluded and who could fill which step: what reviews and commands are held against. */
export interface ApprovalCase {
  readonly given: Case;
  readonly governance: Governance;
  readonly steps: ApprovalSteps;
  readonly route: Route;
  readonly requesters: RequesterSet;
  readonly exclusions: Exclusions;
  readonly eligibility: Eligibility;
}

/** Opens the approvals of a case whose steps are known. */
export function openApprovals(
  given: Case,
  governance: Governance,
  { steps, route }: { readonly steps: ApprovalSteps; readonly route: Route },
): ApprovalCase {
  const requesters = requesterSet(given, governance);
  const holders = stepHolders(given, governance, steps);
  const candidates = new Set([...holders.values(), ...route.map(({ people }) => people)].flat());
  const excluded = exclusions(given, governance, { steps, requesters, candidates });
  const able = eligibility({ given, governance, steps, route, holders, exclusions: excluded });
  return { given, governance, steps, route, requesters, exclusions: excluded, eligibility: able };
}
