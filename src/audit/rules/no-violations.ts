import { entriesOf } from "../../core/attest/ledger-view.ts";
import { clearingsOf } from "../../core/plan/open-violations.ts";
import type { AuditRule } from "../audit-case.ts";
import { aboutEntry } from "../finding.ts";

/** Repeats every sign of tampering that the gate itself recorded and no named person has cleared. */
export const noViolations: AuditRule = ({ view }) => {
  const cleared = clearingsOf(view.decisions);
  return entriesOf(view, "violation")
    .filter(({ seq }) => !cleared.has(seq))
    .map((entry) =>
      aboutEntry(entry, {
        code: "violation-recorded",
        expected: "no sign of tampering",
        actual: `${entry.result.code}: ${entry.result.detail}`,
        names: entry.inputs.commit === null ? [] : [entry.inputs.commit],
        ...(entry.inputs.pull === null ? {} : { pull: entry.inputs.pull }),
        ...(entry.inputs.paths[0] === undefined ? {} : { file: entry.inputs.paths[0] }),
      }),
    );
};
