import type { AuditRule } from "../audit-case.ts";
import { aboutEntry } from "../finding.ts";

/** Demands that every entry verifies: signature, key role, payload, place in the chain (AU-9, AU-10). */
export const chainHolds: AuditRule = ({ problems }) =>
  problems
    .filter(({ code }) => code !== "unknown-type")
    .map((problem) =>
      aboutEntry(problem, {
        code: problem.code,
        expected: "an entry as its writer signed it, in its place in the ledger",
        actual: problem.detail,
        file: "entry.dsse.json",
      }),
    );
