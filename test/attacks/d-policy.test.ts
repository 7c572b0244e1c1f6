import { describe } from "vitest";
import { decide } from "../../src/core/decide/decide.ts";
import { parseRoles } from "../../src/core/parse/roles.ts";
import { buildSnapshot, noon } from "../support/snapshot/build-snapshot.ts";
import type { Edit } from "../support/snapshot/build-snapshot.ts";
import { requestChange } from "../support/snapshot/request-text.ts";
import { attack } from "./attack.ts";
import { changing, harmless } from "./changing.ts";
import { refusedBy } from "./refused-by.ts";
import type { Try } from "./refused-by.ts";
import { added, asking, both, deciding, deleted, governing, outcomeOf, parsing } from "./tries.ts";

const people = "governance/people.yaml";
const roles = "governance/ROLES";
const privileged = "governance/policy/privileged.yaml";
const request = requestChange({});

describe("D — policy and roles", () => {
  for (const [title, change] of [
    ["ROLES", added(roles, "[approver]\n* @alice\n")],
    ["people.yaml", added(people)],
    ["a policy", added(privileged)],
    ["the trust root", deleted("governance/trust-root.json")],
    ["an ungoverned file", added(".github/CODEOWNERS")],
    ["a second request", added("access-requests/payments-db/second.yaml", request.text ?? "")],
    ["the removal of another request", deleted("access-requests/payments-db/older.yaml")],
  ] as const) {
    attack(
      "D1",
      `change ${title} together with a request`,
      refusedBy("SOD-PULL-KIND", {
        attempt: deciding({ changes: [request, change] }),
        honest: deciding({ changes: [request] }),
      }),
    );
  }
  attack(
    "D1",
    "edit a request that was granted already",
    refusedBy("SOD-PULL-KIND", {
      attempt: deciding({ changes: [{ ...request, status: "modified", modeBefore: "100644" }] }),
      honest: deciding({ changes: [request] }),
    }),
  );

  for (const [key, value] of [
    ["approvers", "[bob]"],
    ["approvals", "{ all: [] }"],
    ["path", "access-requests/analytics-db"],
    ["status", "approved"],
  ] as const) {
    attack(
      "D2",
      `write \`${key}\` into the request`,
      refusedBy("unknown-key", {
        attempt: asking(["  duration:", `  ${key}: ${value}\n  duration:`]),
        honest: asking(["  duration:", "  duration:"]),
      }),
    );
  }
  attack(
    "D2",
    "move the request to a folder with softer approvers",
    refusedBy("SOD-REQUEST", {
      attempt: deciding({ path: "access-requests/analytics-db/2026-11-21-alice-settlement.yaml" }),
      honest: deciding({ path: "access-requests/payments-db/2026-11-21-alice-settlement.yaml" }),
    }),
  );
  attack(
    "D2",
    "ask for a softer tier",
    refusedBy("SOD-REQUEST", {
      attempt: deciding({ spec: { tier: "low-risk" } }),
      honest: deciding({ spec: { tier: "privileged" } }),
    }),
  );

  const readingRoles = (text: string) => parsing(() => parseRoles(roles, text));
  const ofSize = (bytes: number) => `[control]\n* @acme/risk\n#${"x".repeat(bytes - 25)}\n`;
  for (const [title, code, text] of [
    ["a line that is no pattern with owners", "wrong-owner", "[control]\n* @acme/risk !\n"],
    ["a negated pattern", "negated-pattern", "[control]\n!docs @acme/risk\n"],
    ["a line before any section", "line-before-section", "* @acme/risk\n[control]\n"],
    ["a section of GitLab's optional kind", "character-range", "^[control]\n* @acme/risk\n"],
    ["more than 3 MB", "too-large", ofSize(3 * 1024 * 1024 + 1)],
  ] as const) {
    attack(
      "D4",
      `${title} in ROLES, to have it ignored`,
      refusedBy(code, {
        attempt: readingRoles(text),
        honest: readingRoles(ofSize(3 * 1024 * 1024)),
      }),
    );
  }
  attack(
    "D4",
    "have a broken ROLES leave the rest in force",
    refusedBy("SOD-GOVERNANCE", {
      attempt: deciding({ edit: [{ path: roles, from: "[rescue]", to: "[resque]" }] }),
      honest: deciding({ edit: [{ path: roles, from: "[rescue]", to: "\n[rescue]" }] }),
    }),
  );

  const aliceOwns: Edit = {
    path: roles,
    from: "@acme/payments-owners",
    to: "@acme/payments-owners @alice",
  };
  attack(
    "D5",
    "be an owner oneself, so that nobody else has to approve",
    refusedBy("SOD-STEP-APPROVER", {
      attempt: deciding({ edit: [aliceOwns], reviews: [{ by: "carol" }] }),
      honest: deciding({ edit: [aliceOwns] }),
    }),
  );
  attack(
    "D5",
    "approve one's own request as an owner",
    refusedBy("SOD-REQUESTER", {
      attempt: deciding({ edit: [aliceOwns], reviews: [{ by: "alice" }, { by: "carol" }] }),
      honest: deciding({ edit: [aliceOwns] }),
    }),
  );

  const step = "      - { role: approver, count: 1 }\n";
  const steps = `${step}      - { role: control, count: 1 }\n`;
  const policy = (from: string, to: string, path = privileged) => governing({ path, from, to });
  const unchanged = governing();
  attack(
    "D6",
    "delete every policy",
    refusedBy("SOD-GOVERNANCE", {
      attempt: withoutFiles("governance/policy/"),
      honest: withoutFiles("governance/policy/none"),
    }),
  );
  attack(
    "D6",
    "delete the policy of the tier",
    refusedBy("SOD-REQUEST", {
      attempt: withoutFiles(privileged),
      honest: withoutFiles("governance/policy/low-risk.yaml"),
    }),
  );
  attack(
    "D6",
    "empty the list of steps",
    refusedBy("too-few", {
      attempt: policy(`    all:\n${steps}`, "    all: []\n"),
      honest: unchanged,
    }),
  );
  attack(
    "D6",
    "leave the steps out",
    refusedBy("missing-key", {
      attempt: policy(`  approvals:\n    all:\n${steps}`, ""),
      honest: unchanged,
    }),
  );
  attack(
    "D6",
    "leave the independent step out",
    refusedBy("no-independent-step", { attempt: policy(steps, step), honest: unchanged }),
  );
  attack(
    "D7",
    "name a softer policy as a strict one",
    refusedBy("wrong-file-name", {
      attempt: policy("name: standard", "name: privileged", "governance/policy/standard.yaml"),
      honest: unchanged,
    }),
  );
  attack(
    "D7",
    "name one step twice, the second time with less",
    refusedBy("duplicate-name", {
      attempt: policy(step, `${step}${step}`),
      honest: unchanged,
    }),
  );
  attack(
    "D7",
    "write a second section for a role",
    refusedBy("duplicate-section", {
      attempt: readingRoles("[control]\n* @acme/risk\n[control]\n* @alice\n"),
      honest: readingRoles("[control]\n* @acme/risk\n[approver]\n* @alice\n"),
    }),
  );
  for (const [code, count] of [
    ["too-small", "count: 0"],
    ["too-small", "count: -1"],
    ["missing-key", "why: x"],
    ["ambiguous-number", "count: 0.5"],
    ["wrong-type", 'count: "1"'],
    ["wrong-type", "count: null"],
  ] as const) {
    attack(
      "D8",
      `ask for approvals by \`${count}\``,
      refusedBy(code, {
        attempt: policy("role: approver, count: 1", `role: approver, ${count}`),
        honest: policy("role: approver, count: 1", "role: approver, count: 2"),
      }),
    );
  }
});

describe("the paths by which governance is read", () => {
  attack("D2", "add a governance file whose name is half a character", () => {
    const path = "governance/policy/\ud800.yaml";
    return refusedBy("SOD-PULL-KIND", {
      attempt: deciding({ changes: [added(path)], reviews: [{ by: "erin" }, { by: "carol" }] }),
      honest: changing([harmless]),
    })();
  });
  attack(
    "D10",
    "change governance past the gate",
    refusedBy("SOD-GOVERNANCE", {
      attempt: deciding({
        provenance: { status: "broken", commit: "d".repeat(40), reason: "Nobody decided it." },
      }),
      honest: deciding({ provenance: { status: "intact" } }),
    }),
  );
  const fork = { crossRepository: true };
  attack(
    "F6",
    "ask from a fork",
    refusedBy("SOD-PULL-OPEN", { attempt: deciding({ pull: fork }), honest: deciding({}) }),
  );
  const docs = [added("docs/x.md")];
  attack(
    "F6",
    "make a fork green where nothing is governed",
    refusedBy("SOD-PULL-OPEN", {
      attempt: deciding({ changes: docs, pull: fork }),
      honest: deciding({ changes: docs }),
    }),
  );
});

/** Decides by a governance without the files whose paths begin so. */
function withoutFiles(start: string): Try {
  return () => {
    const snapshot = buildSnapshot({ reviews: both });
    const files = snapshot.governance.files.filter(({ path }) => !path.startsWith(start));
    return outcomeOf(decide({ ...snapshot, governance: { ...snapshot.governance, files } }, noon));
  };
}
