import type { GovernanceFile } from "../../../src/core/model/snapshot.ts";
import { exampleFiles } from "./example-files.ts";
import { accountOf, persons, teamNames } from "./small-people.ts";
import type { Person, TeamName } from "./small-people.ts";

/** Who is given which role, and who is in which team by people.yaml. */
export interface SmallGovernance {
  readonly approver: Person | readonly Person[];
  readonly control: Person | readonly Person[];
  readonly rescue: Person | null;
  readonly listed?: (team: TeamName, person: Person) => boolean;
}

/** The tiers of what can be asked for. */
export type SmallTier = "low-risk" | "standard";

/** Makes the governance files; a role is given to one account and counts for the person. */
export function smallGovernance(given: SmallGovernance): readonly GovernanceFile[] {
  const { approver, control, rescue } = given;
  const roles = [
    `[approver]\n* ${[approver]
      .flat()
      .map((person) => `@${person}-a`)
      .join(" ")}`,
    `[control]\n* ${[control]
      .flat()
      .map((person) => `@${person}-b`)
      .join(" ")}`,
    `[rescue]\n* ${rescue === null ? "" : `@${rescue}-a`}`,
    `[policy-admin]\n/governance/ @keeper`,
  ];
  const trustRoot = exampleFiles.filter(({ path }) => path === "governance/trust-root.json");
  return [
    file("governance/ROLES", `${roles.join("\n")}\n`),
    yaml("governance/conflicts.yaml", { kind: "Conflicts", spec: { conflicts: [] } }),
    yaml("governance/people.yaml", { kind: "People", spec: peopleSpec(given) }),
    yaml("governance/policy/governance.yaml", {
      kind: "GovernancePolicy",
      metadata: { name: "governance" },
      spec: {
        approvals: { all: [{ role: "policy-admin", count: 1 }] },
        limits: { approvalTtl: "P1D" },
      },
    }),
    policy("low-risk", [{ role: "approver", count: 1, notFrom: ["requesting-team"] }]),
    policy("standard", [
      { role: "approver", count: 1 },
      { role: "control", count: 1 },
    ]),
    yaml("governance/targets/db.yaml", {
      kind: "Target",
      metadata: { name: "db" },
      spec: {
        provider: "postgres",
        owningTeam: "owners",
        description: "The only database.",
        entitlements: [
          {
            name: "look",
            description: "Look.",
            tier: "low-risk",
            permission: "db_look",
            includes: [],
          },
          {
            name: "read",
            description: "Read.",
            tier: "standard",
            permission: "db_read",
            includes: [],
          },
        ],
      },
    }),
    ...trustRoot,
  ];
}

/** The keeper takes no part: they are there because somebody has to own the database and its rules. */
function peopleSpec({ listed }: SmallGovernance) {
  const keeper = {
    name: "keeper",
    accounts: [{ login: "keeper", id: 99 }],
    teams: ["owners"],
    identities: [],
  };
  const identities = (name: string) => [{ target: "db", name }];
  return {
    people: [
      ...persons.map((person) => ({
        name: person,
        accounts: (["a", "b"] as const).map((letter) => {
          const { login, id } = accountOf({ person, letter });
          return { login, id };
        }),
        teams: teamNames.filter((team) => listed?.(team, person) === true),
        identities: identities(person),
      })),
      keeper,
    ],
    teams: teamNames.map((name) => ({ name, description: "A team." })),
    machines: persons.map((owner) => ({
      name: `${owner}-bot`,
      kind: "service-account",
      owner,
      accounts: [],
      identities: identities(`${owner}_bot`),
    })),
  };
}

function policy(tier: SmallTier, all: readonly unknown[]): GovernanceFile {
  return yaml(`governance/policy/${tier}.yaml`, {
    kind: "AccessPolicy",
    metadata: { name: tier },
    spec: {
      appliesTo: { tiers: [tier] },
      limits: {
        maxDuration: "P1D",
        maxTotalDuration: "P7D",
        maxConcurrent: 5,
        window: "P14D",
        approvalTtl: "P1D",
        pendingTimeout: "P7D",
      },
      requires: { references: [], compensatingControls: 0, reasonLength: 1 },
      approvals: { all },
    },
  });
}

/** Makes a file of a document: JSON is YAML. */
export function yaml(path: string, document: Readonly<Record<string, unknown>>): GovernanceFile {
  return file(path, JSON.stringify({ apiVersion: "countersign/v1", ...document }, null, 2));
}

function file(path: string, text: string): GovernanceFile {
  return { path, mode: "100644", text };
}
