import { openCase } from "../../core/evaluate/case.ts";
import { operatorsOf } from "../../core/evaluate/people.ts";
import type { EntryOf } from "../../core/model/entry.ts";
import type { Governance, Machine } from "../../core/model/governance.ts";
import type { EntryRule } from "../audit-case.ts";
import type { AuditFinding } from "../audit-report.ts";
import { aboutEntry } from "../finding.ts";

/**
 * Demands that neither gate nor executor approves or asks for access, and that their owners fill no step that is
 * independent of who grants (P1, P12; AC-5), from the recorded facts. The gate does open removals.
 */
export const operatorsIndependent: EntryRule = (entry) => {
  if (entry.type !== "decision" || entry.result.decision.verdict !== "approved") return [];
  const { governance } = openCase(entry.inputs.snapshot, new Date(entry.at));
  // `approvers-independent` says that it is unreadable.
  return governance === null ? [] : judge(entry, governance);
};

function judge(entry: EntryOf<"decision">, governance: Governance): readonly AuditFinding[] {
  const { approvals, request, pull } = entry.result.decision;
  const machines = governance.machines.filter(({ kind }) => kind === "gate" || kind === "executor");
  const owners = operatorsOf(governance);
  const approving = approvals
    .filter(
      ({ principal, person, role }) =>
        machines.some((machine) => machine.name === person || hasAccount(machine, principal)) ||
        ((role === "control" || role === "break-glass") && owners.has(person)),
    )
    .map(({ login, role, review }) =>
      aboutEntry(entry, {
        code: "operator-approval",
        expected: "approvals by people who do not run the gate or the executor",
        actual: `${login} approved as ${role} (review ${review})`,
        pull,
      }),
    );
  const author = entry.inputs.snapshot.pull.author?.id;
  const asking = machines.filter(
    (machine) =>
      request !== null &&
      (request.requester === machine.name ||
        request.beneficiary.name === machine.name ||
        (author !== undefined && hasAccount(machine, author))),
  );
  return [
    ...approving,
    ...asking.map(({ name }) =>
      aboutEntry(entry, {
        code: "operator-request",
        expected: "a request by somebody who does not carry it out",
        actual: `${name} asks, or would receive it`,
        pull,
      }),
    ),
  ];
}

function hasAccount({ accounts }: Machine, id: number): boolean {
  return accounts.some((account) => account.id === id);
}
