import type { GovernanceFile } from "../../../src/core/model/snapshot.ts";
import type { Edit } from "./build-snapshot.ts";
import { twoAccountFiles } from "./second-accounts.ts";

const privileged = "governance/policy/privileged.yaml";
const standard = "governance/policy/standard.yaml";

/** Few, and each made once: governance is parsed anew for every text that was not seen lately. */
export const openingStates = {
  /** heidi does not own the payments database yet. */
  "fewer-owners": edited([
    {
      path: "governance/people.yaml",
      from: "accounts: [{ login: heidi, id: 1008 }, { login: heidi-2, id: 21008 }]\n      teams: [payments-owners]",
      to: "accounts: [{ login: heidi, id: 1008 }, { login: heidi-2, id: 21008 }]\n      teams: []",
    },
  ]),
  stricter: edited([
    { path: privileged, from: "approvalTtl: P1D", to: "approvalTtl: PT2H15M" },
    { path: standard, from: "reasonLength: 10", to: "reasonLength: 100" },
  ]),
} as const;

type NamedState = readonly [name: string, files: readonly GovernanceFile[]];

/** Governance after which a request needs more by itself; the names say what. */
export const stricterStates: readonly NamedState[] = [
  privilegedWith("shorter duration", "maxDuration: PT8H", "maxDuration: PT3H"),
  privilegedWith("approvals that age sooner", "approvalTtl: P1D", "approvalTtl: PT2H15M"),
  privilegedWith("a shorter wait", "pendingTimeout: P3D", "pendingTimeout: PT3H"),
  privilegedWith("more to say", "reasonLength: 10", "reasonLength: 100"),
  privilegedWith("one approver more", "role: approver, count: 1", "role: approver, count: 2"),
  privilegedWith(
    "another step",
    "role: control, count: 1 }",
    "role: control, count: 1 }\n      - { role: break-glass, count: 1 }",
  ),
];

/** Governance that is stricter about what there was or is besides the request. */
export const stricterMemories: readonly NamedState[] = [
  privilegedWith("shorter total", "maxTotalDuration: P2D", "maxTotalDuration: PT9H"),
  privilegedWith("fewer at once", "maxConcurrent: 3", "maxConcurrent: 1"),
  privilegedWith("longer memory", "window: P14D", "window: P90D"),
  [
    "one conflict more",
    edited([
      {
        path: "governance/conflicts.yaml",
        from: "exception: { maxDuration: PT2H }",
        to: [
          "exception: { maxDuration: PT2H }",
          "    - name: read-and-report",
          "      reason: Nobody reads the payments and their reports.",
          "      between:",
          "        - { target: payments-db, entitlement: readonly }",
          "        - { target: analytics-db, entitlement: report }",
        ].join("\n"),
      },
    ]),
  ],
];

/** Somebody with a role approves nothing for now. */
export const suspendedStates: ReadonlyMap<string, readonly GovernanceFile[]> = new Map(
  ["bob", "carol"].map((name) => {
    const from = `    - name: ${name}\n`;
    const to = `${from}      status: suspended\n`;
    return [name, edited([{ path: "governance/people.yaml", from, to }])];
  }),
);

/** Governance with a file lost: it does not parse. */
export const brokenFiles: readonly GovernanceFile[] = twoAccountFiles.filter(
  ({ path }) => path !== "governance/conflicts.yaml",
);

/** The same files in another order. */
export const reversedFiles: readonly GovernanceFile[] = twoAccountFiles.toReversed();

function privilegedWith(name: string, from: string, to: string): NamedState {
  return [name, edited([{ path: privileged, from, to }])];
}

function edited(edits: readonly Edit[]): readonly GovernanceFile[] {
  return edits.reduce<readonly GovernanceFile[]>(
    (files, { path, from, to }) =>
      files.map((file) => {
        if (file.path !== path) return file;
        if (!file.text.includes(from)) throw new Error(`${path} does not contain ${from}`);
        return { ...file, text: file.text.replace(from, to) };
      }),
    twoAccountFiles,
  );
}
