import type { Problem } from "../../model/problem.ts";
import type { GovernanceDocuments } from "../governance-documents.ts";
import type { Loaded } from "../load-document.ts";
import { problemAt } from "../strict-yaml.ts";

/**
 * Checks that nothing that makes approvers can be asked for (rule 10; I12): no permission is named like a team that ROLES names,
 * because directories pass groups on to the forge by name, and none is the name under which gate or executor is known at
 * the target, because whoever is granted it acts as they do.
 */
export function checkNoApproverMakers(documents: GovernanceDocuments): readonly Problem[] {
  const { roles, people, targets } = documents;
  const teams = new Set(
    roles.value.sections.flatMap(({ rules }) =>
      rules.flatMap(({ owners }) =>
        owners.flatMap((owner) => (owner.kind === "team" ? [owner.slug.toLowerCase()] : [])),
      ),
    ),
  );
  const operators = people.value.spec.machines
    .filter(({ kind }) => kind === "gate" || kind === "executor")
    .flatMap(({ name, identities }) =>
      identities.map((identity) => ({
        machine: name,
        target: identity.target,
        known: identity.name,
      })),
    );
  return targets.flatMap((target) => permissionProblems(target, teams, operators));
}

interface Operator {
  readonly machine: string;
  readonly target: string;
  readonly known: string;
}

function permissionProblems(
  { document, value }: Loaded<"Target">,
  teams: ReadonlySet<string>,
  operators: readonly Operator[],
): readonly Problem[] {
  return value.spec.entitlements.flatMap(({ permission }, index) => {
    const refuse = (message: string): readonly Problem[] => [
      problemAt(document, `/spec/entitlements/${index}/permission`, "value", {
        code: "makes-approvers",
        message,
        fix: "Remove the entitlement: who approves is changed by a change of governance, never by a request.",
      }),
    ];
    const team = lastPart(permission).toLowerCase();
    if (teams.has(team)) {
      return refuse(`${permission} is named like the team ${team}, which has a role in ROLES.`);
    }
    const operator = operators.find(
      (one) =>
        one.target === value.metadata.name && one.known.toLowerCase() === permission.toLowerCase(),
    );
    if (operator === undefined) return [];
    return refuse(`${permission} is ${operator.machine} itself at this target.`);
  });
}

/** `acme/risk`, `cn=risk,ou=groups` and `risk` are all the group `risk`. */
function lastPart(permission: string): string {
  const [first = permission] = permission.split(",");
  return first.slice(
    Math.max(first.lastIndexOf("/"), first.lastIndexOf("="), first.lastIndexOf(":")) + 1,
  );
}
