import { entriesOf } from "../../core/attest/ledger-view.ts";
import type { AuditRule } from "../audit-case.ts";
import { aboutEntry } from "../finding.ts";

/** Repeats every sign of tampering that the gate itself recorded: only a named person clears one. */
export const noViolations: AuditRule = ({ view }) =>
  entriesOf(view, "violation").map((entry) =>
    aboutEntry(entry, {
      code: "violation-recorded",
      expected: "no sign of tampering",
      actual: `${entry.result.code}: ${entry.result.detail}`,
      ...(entry.inputs.pull === null ? {} : { pull: entry.inputs.pull }),
    }),
  );
