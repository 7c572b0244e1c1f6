import { expect, test } from "vitest";
import { requiredCheckPasses } from "../../../src/sandbox/world/required-check.ts";
import type { CheckRun, Status, World } from "../../../src/sandbox/world/world.ts";

const rule = { branch: "main", requiredCheck: { context: "countersign", app: "gate" } };

function run(app: string, conclusion: string | null, name = "countersign"): CheckRun {
  return { headSha: "h", name, app: { slug: app }, conclusion } as unknown as CheckRun;
}

function status(login: string, state: string): Status {
  return { sha: "h", context: "countersign", state, creator: { login } } as unknown as Status;
}

function passes(checkRuns: CheckRun[], statuses: Status[] = [], branch = "main") {
  const world = { protection: [rule], checkRuns, statuses } as unknown as World;
  return requiredCheckPasses(world, branch, "h");
}

test.each(["success", "neutral", "skipped"])("passes on %s, as GitHub does", (conclusion) => {
  expect(passes([run("gate", conclusion)])).toBe("yes");
});

test.each([null, "failure", "action_required", "cancelled", "timed_out", "stale"])(
  "does not pass on %s",
  (conclusion) => {
    expect(passes([run("gate", conclusion)])).toBe("no");
  },
);

test("counts only the newest run, of the pinned App, of that name", () => {
  expect(passes([])).toBe("no");
  expect(passes([run("other", "success")])).toBe("no");
  expect(passes([run("gate", "success", "Countersign")])).toBe("no");
  expect(passes([run("gate", "success"), run("gate", "failure")])).toBe("no");
  expect(passes([run("gate", "failure"), run("gate", "success")])).toBe("yes");
});

test("requires a status of the same name by the App as well, and ignores anybody else's", () => {
  expect(passes([run("gate", "success")], [status("gate[bot]", "pending")])).toBe("no");
  expect(passes([run("gate", "success")], [status("alice", "failure")])).toBe("yes");
  expect(passes([], [status("alice", "success")])).toBe("no");
});

test("lets a branch without the rule through", () => {
  expect(passes([], [], "other")).toBe("yes");
});
