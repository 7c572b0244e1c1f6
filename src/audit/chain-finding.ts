import type { ChainProblem } from "../core/attest/chain-problem.ts";
import type { AuditFinding } from "./audit-report.ts";
import { aboutEntry } from "./finding.ts";

/** Reports an entry that does not verify: signature, key role, payload, place in the chain (AU-9, AU-10). */
export function chainFinding(problem: ChainProblem): AuditFinding {
  return aboutEntry(problem, {
    code: problem.code,
    expected: "an entry as its writer signed it, in its place in the ledger",
    actual: problem.detail,
    file: "entry.dsse.json",
  });
}
