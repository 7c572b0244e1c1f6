import type { LedgerView } from "../core/attest/ledger-view.ts";
import { entriesOf } from "../core/attest/ledger-view.ts";
import { isSameFingerprint } from "../core/evaluate/fingerprint.ts";
import type { MissingFact, OpeningGovernance } from "../core/model/snapshot.ts";
import type { Mirror } from "../ports/mirror.ts";
import { governanceFiles } from "./governance-files.ts";
import type { RequestQuestion } from "./request-question.ts";

export interface OpeningQuestion {
  readonly pull: number;
  /** The commit whose governance the decision is made by. */
  readonly tip: string;
  readonly request: RequestQuestion | null;
}

/**
 * Reads the governance in force when a request's fingerprint was first seen in this PR, or when a change of governance was first
 * decided on: an open request has to satisfy it besides that of now (D10). `null` when it is the same or there is no record
 * yet; a commit that is gone is a missing fact.
 */
export async function openingGovernance(
  mirror: Mirror,
  ledger: LedgerView,
  { pull, tip, request }: OpeningQuestion,
): Promise<{
  readonly governance: OpeningGovernance | null;
  readonly missing: readonly MissingFact[];
}> {
  const then = request === null ? firstDecided(ledger, pull) : firstAsked(ledger, request);
  if (then === null || then === tip) return { governance: null, missing: [] };
  if (!(await mirror.has(then))) {
    const reason = "The governance of when this was first asked for is gone from the branch.";
    return { governance: null, missing: [{ fact: `commit:${then}`, reason }] };
  }
  const [was, is] = await Promise.all([
    mirror.entry(then, "governance"),
    mirror.entry(tip, "governance"),
  ]);
  if (was?.oid === is?.oid) return { governance: null, missing: [] };
  return {
    governance: { tip: then, files: await governanceFiles(mirror, then) },
    missing: [],
  };
}

function firstAsked(ledger: LedgerView, { pull, fingerprint }: RequestQuestion): string | null {
  const first = entriesOf(ledger, "request").find(
    ({ inputs, result }) =>
      inputs.pull === pull &&
      result.fingerprint !== null &&
      isSameFingerprint(result.fingerprint, fingerprint),
  );
  return first?.result.governance ?? null;
}

function firstDecided(ledger: LedgerView, pull: number): string | null {
  const first = entriesOf(ledger, "decision").find(
    ({ result }) => result.decision.pull === pull && result.decision.kind === "policy",
  );
  return first?.inputs.snapshot.governance.tip ?? null;
}
