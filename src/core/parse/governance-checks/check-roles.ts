import type { Owner } from "../../model/governance.ts";
import type { Problem } from "../../model/problem.ts";
import type { GovernanceDocuments } from "../governance-documents.ts";
import { nearest } from "../nearest.ts";

/**
 * Checks that everybody whom ROLES names is in people.yaml, so that git alone shows who could approve.
 * All teams are of one organisation: teams are known by their slug, and another organisation's team of
 * the same slug has other members.
 */
export function checkRoles({ roles, people }: GovernanceDocuments): readonly Problem[] {
  const { spec } = people.value;
  const teams = spec.teams.map(({ name }) => name);
  const logins = spec.people.flatMap(({ accounts }) => accounts.map(({ login }) => login));
  const named = roles.value.sections.flatMap(({ rules }) =>
    rules.flatMap(({ owners, line, column }) => owners.map((owner) => ({ owner, line, column }))),
  );
  const [org = ""] = named.flatMap(({ owner }) => (owner.kind === "team" ? [owner.org] : []));
  return named.flatMap(({ owner, line, column }) => {
    const fault =
      owner.kind === "team" ? teamFault(owner, org, teams) : accountFault(owner, logins);
    return fault === null ? [] : [{ path: roles.path, line, column, ...fault }];
  });
}

type Fault = Pick<Problem, "code" | "message" | "fix">;

function teamFault(
  { org, slug }: Extract<Owner, { kind: "team" }>,
  expected: string,
  teams: readonly string[],
): Fault | null {
  if (org.toLowerCase() !== expected.toLowerCase()) {
    return {
      code: "foreign-team",
      message: `@${org}/${slug} is not a team of ${expected}, like the first team of the file.`,
      fix: "Name teams of one organisation only.",
    };
  }
  if (teams.includes(slug)) return null;
  const near = nearest(slug, teams);
  return {
    code: "unknown-name",
    message: `There is no team ${slug} in governance/people.yaml.`,
    fix: near === null ? "Declare it there, under `teams`." : `Write \`@${org}/${near}\` instead.`,
  };
}

function accountFault(
  { login }: Extract<Owner, { kind: "account" }>,
  logins: readonly string[],
): Fault | null {
  if (logins.some((known) => known.toLowerCase() === login.toLowerCase())) return null;
  const near = nearest(login, logins);
  return {
    code: "unknown-name",
    message: `@${login} is the account of no person in governance/people.yaml.`,
    fix:
      near === null
        ? "Declare the person there, with this account."
        : `Write \`@${near}\` instead.`,
  };
}
