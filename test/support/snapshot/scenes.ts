import { contentDigest } from "../../../src/core/decide/content-digest.ts";
import { isGoverned } from "../../../src/core/decide/decision-digests.ts";
import type { Snapshot } from "../../../src/core/model/snapshot.ts";
import { buildSnapshot } from "./build-snapshot.ts";
import type { Given } from "./build-snapshot.ts";
import { deepFreeze } from "./deep-freeze.ts";
import { twoAccountFiles } from "./second-accounts.ts";

/** Something that is asked for, with those who ask and those who could approve it. */
export interface Scene {
  readonly name: string;
  readonly kind: "request" | "policy" | "removal";
  /** Complete, without a review. */
  readonly base: Snapshot;
  readonly content: string;
  /** Logins of who opens it and writes its commits. */
  readonly askers: readonly string[];
  /** For each approval that is needed, people who hold the role: not all of them may. */
  readonly steps: readonly (readonly string[])[];
}

const payments = [
  ["bob", "heidi", "ivan"],
  ["carol", "judy"],
];
const ofAlice = { askers: ["alice", "alice-admin"], steps: payments };
const analyticsPath = "access-requests/analytics-db/2026-11-21-lena-report.yaml";

export const scenes = {
  privileged: scene("privileged", {}, ofAlice),
  standard: scene("standard", { spec: { entitlement: "readonly" } }, ofAlice),
  serviceAccount: scene(
    "service account",
    { spec: { beneficiary: { kind: "service-account", name: "settlement-bot" } } },
    ofAlice,
  ),
  fromOwners: scene(
    "asked for from the owning team",
    { author: "ivan", spec: { requester: "ivan", beneficiary: { kind: "human", name: "ivan" } } },
    {
      askers: ["ivan", "ivan-2"],
      steps: [
        ["bob", "heidi"],
        ["carol", "judy"],
      ],
    },
  ),
  lowRisk: scene(
    "low risk",
    { author: "lena", path: analyticsPath, spec: lenas("report") },
    { askers: ["lena", "lena-2"], steps: [["ken"]] },
  ),
  analytics: scene(
    "analytics",
    { author: "lena", path: analyticsPath, spec: lenas("readonly") },
    { askers: ["lena", "lena-2"], steps: [["ken"], ["carol", "judy"]] },
  ),
  exception: scene(
    "with an exception",
    {
      spec: {
        duration: "PT2H",
        exceptions: [{ conflict: "settle-and-report", reason: "Quarterly comparison" }],
      },
    },
    ofAlice,
  ),
  stricterPolicy: policyScene(
    "stricter policy",
    { path: "governance/policy/privileged.yaml", from: "maxConcurrent: 3", to: "maxConcurrent: 2" },
    [
      ["erin", "nora", "carol"],
      ["judy", "carol", "erin"],
    ],
  ),
  /** Gives carol and judy a role, so that they cannot approve it. */
  moreReviewers: policyScene(
    "policy that gives a role",
    { path: "governance/ROLES", from: "@acme/audit", to: "@acme/audit @acme/risk" },
    [
      ["erin", "carol"],
      ["nora", "judy"],
    ],
  ),
  removal: removalScene(),
} as const;

function lenas(entitlement: string): Readonly<Record<string, unknown>> {
  return {
    requester: "lena",
    beneficiary: { kind: "human", name: "lena" },
    target: "analytics-db",
    entitlement,
  };
}

function policyScene(
  name: string,
  edit: NonNullable<Given["policy"]>[number],
  steps: Scene["steps"],
): Scene {
  return scene(
    name,
    { author: "dave", policy: [edit] },
    { askers: ["dave", "dave-2"], steps },
    "policy",
  );
}

function removalScene(): Scene {
  const { base, ...rest } = scene("removal", {}, { askers: ["alice"], steps: [] }, "removal");
  const changes = base.pull.changes.map((change) => ({
    ...change,
    status: "removed" as const,
    modeBefore: "100644",
    modeAfter: "000000",
    text: null,
    size: null,
  }));
  return { ...rest, base: deepFreeze({ ...base, pull: { ...base.pull, changes } }) };
}

function scene(
  name: string,
  given: Given,
  people: Pick<Scene, "askers" | "steps">,
  kind: Scene["kind"] = "request",
): Scene {
  const base = deepFreeze(buildSnapshot({ ...given, governance: twoAccountFiles }));
  const content = contentDigest(base.pull.changes, isGoverned) ?? "";
  return { name, kind, base, content, ...people };
}
