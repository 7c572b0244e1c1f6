import { describe } from "vitest";
import { classifyPull } from "../../src/core/evaluate/pull-kind.ts";
import type { Change } from "../../src/core/model/snapshot.ts";
import type { Given } from "../support/snapshot/build-snapshot.ts";
import { ordinaryPath, requestChange } from "../support/snapshot/request-text.ts";
import { attack } from "./attack.ts";
import { refusedBy } from "./refused-by.ts";
import type { Try } from "./refused-by.ts";
import { added, deciding, decidingOn, deleted } from "./tries.ts";

const text = requestChange({}).text ?? "";
/** A pull request that adds the ordinary request at a path. */
const at = (path: string) => deciding({ changes: [added(path, text)] });
const ordinary = at(ordinaryPath);

describe("G — paths and modes", () => {
  for (const [title, mode] of [
    ["a symbolic link", "120000"],
    ["an executable", "100755"],
    ["a submodule", "160000"],
  ] as const) {
    attack(
      "G1",
      `make the request ${title}`,
      refusedBy("SOD-REQUEST", { attempt: deciding({ mode }), honest: deciding({}) }),
    );
  }
  attack(
    "G1",
    "make ROLES a symbolic link",
    refusedBy("SOD-GOVERNANCE", {
      attempt: rolesOfMode("120000"),
      honest: rolesOfMode("100644"),
    }),
  );

  attack(
    "G1",
    "give a mode that is no text",
    refusedBy("SOD-REQUEST", {
      attempt: changedWithMode("\ud800"),
      honest: changedWithMode("100644"),
    }),
  );

  for (const path of [
    ".github/access-requests/x/y.yaml.sh",
    "docs/access-requests/payments-db/y.yaml",
    "access-requests-old/payments-db/y.yaml",
  ]) {
    attack(
      "G4",
      `have ${path} taken for a request`,
      refusedBy("ungoverned", {
        attempt: takenForRequest(path),
        honest: takenForRequest(ordinaryPath),
      }),
    );
  }
  for (const path of [
    "access-requests/payments-db/y.yaml.sh",
    "access-requests/payments-db/y.yml",
    "access-requests/payments-db/sub/y.yaml",
    "access-requests/y.yaml",
    "governance/policy/sub/y.yaml",
    "governance/README.md",
  ]) {
    attack(
      "G4",
      `have ${path} merged as ungoverned`,
      refusedBy("SOD-PULL-KIND", {
        attempt: at(path),
        honest: at("docs/y.yaml"),
      }),
    );
  }

  const removal = (access: "active" | "failed" | "ended", given: Given = {}) =>
    deciding({
      changes: [deleted(ordinaryPath)],
      reviews: [],
      record: { firstPull: 3, access },
      ...given,
    });
  attack(
    "G6",
    "delete the file of an active grant, so that it looks ended",
    refusedBy("SOD-REMOVAL", {
      attempt: removal("active"),
      honest: removal("ended"),
    }),
  );
  attack(
    "G6",
    "delete it while revoking fails",
    refusedBy("SOD-REMOVAL", {
      attempt: removal("failed"),
      honest: removal("ended"),
    }),
  );
  attack(
    "G6",
    "delete it before it begins, so that it begins unseen",
    refusedBy("SOD-REMOVAL", {
      attempt: deciding({
        changes: [deleted(ordinaryPath)],
        record: { firstPull: 3, access: "none", notAfter: "2026-11-21T12:00:01Z" },
      }),
      honest: deciding({
        changes: [deleted(ordinaryPath)],
        record: { firstPull: 3, access: "none", notAfter: "2026-11-21T12:00:00Z" },
      }),
    }),
  );
  attack(
    "G6",
    "have a deletion of an unknown name taken for one of a request",
    refusedBy("SOD-PULL-KIND", {
      attempt: deciding({
        changes: [{ ...deleted(ordinaryPath), status: "deleted" as Change["status"] }],
        record: { access: "ended" },
      }),
      honest: removal("ended"),
    }),
  );
  attack(
    "G6",
    "add access in the pull request that deletes",
    refusedBy("SOD-PULL-KIND", {
      attempt: removal("ended", {
        changes: [deleted(ordinaryPath), added("access-requests/payments-db/other.yaml", text)],
      }),
      honest: removal("ended"),
    }),
  );
  attack(
    "G6",
    "rename a request, with another approver's folder",
    refusedBy("SOD-PULL-KIND", {
      attempt: deciding({
        changes: [deleted(ordinaryPath), added("access-requests/analytics-db/x.yaml", text)],
      }),
      honest: removal("ended"),
    }),
  );

  for (const [title, path] of [
    ["..", "access-requests/../governance/ROLES"],
    ["a backslash", "access-requests\\payments-db\\x.yaml"],
    ["a dot at the end", "access-requests./payments-db/x.yaml"],
    ["a space at the end", "access-requests/payments-db/x.yaml "],
    ["a NUL", "access-requests/payments-db/x\0.yaml"],
    ["an end of line", "access-requests/payments-db/x\n.yaml"],
    ["an empty part", "access-requests//payments-db/x.yaml"],
    ["capitals", "Access-Requests/payments-db/x.yaml"],
    ["capitals in governance", "GOVERNANCE/ROLES"],
    ["letters that fold to ASCII", "acce\u017f\u017f-requests/payments-db/x.yaml"],
    ["full-width letters", "\uff47overnance/ROLES"],
    ["a zero-width character", "govern\u200bance/ROLES"],
    ["a character that turns the direction", "access-requests/payments-db/x\u202elmay"],
    ["a very long name", `docs/${"x".repeat(200)}`],
    ["a name that git locks by", "access-requests/payments-db/x.lock.yaml"],
  ] as const) {
    attack(
      "G7",
      `write a path with ${title}`,
      refusedBy("SOD-PULL-KIND", {
        attempt: at(path),
        honest: ordinary,
      }),
    );
  }
  attack(
    "G7",
    "change nothing",
    refusedBy("SOD-PULL-KIND", {
      attempt: deciding({ changes: [] }),
      honest: ordinary,
    }),
  );
});

function takenForRequest(path: string): Try {
  return () => {
    const { kind } = classifyPull([added(path, text)]);
    return { outcome: kind === "request" ? "passed" : "refused", codes: [kind] };
  };
}

function changedWithMode(mode: string): Try {
  return decidingOn((snapshot) => ({
    ...snapshot,
    pull: {
      ...snapshot.pull,
      changes: snapshot.pull.changes.map((change) => ({ ...change, modeAfter: mode })),
    },
  }));
}

function rolesOfMode(mode: string): Try {
  return decidingOn((snapshot) => ({
    ...snapshot,
    governance: {
      ...snapshot.governance,
      files: snapshot.governance.files.map((file) =>
        file.path === "governance/ROLES" ? { ...file, mode } : file,
      ),
    },
  }));
}
