import { cp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { policyTest } from "../../../../src/bin/commands/policy-test.ts";
import { StartRefused } from "../../../../src/bin/start-refused.ts";
import { temporaryFolder } from "../../../support/git/temporary-folder.ts";

const governance = fileURLToPath(new URL("../../../../governance", import.meta.url));
const examples = ["low-risk", "privileged", "standard"];

/** A working tree with the example governance and, instead of its tables, one of these cases. */
async function tree(cases: string | null): Promise<string> {
  const root = await temporaryFolder();
  await cp(governance, join(root, "governance"), { recursive: true });
  for (const name of examples) await rm(join(root, `governance/policy/${name}.test.yaml`));
  if (cases !== null) await writeFile(join(root, "governance/policy/x.test.yaml"), head + cases);
  return root;
}

const head = `apiVersion: countersign/v1
kind: PolicyTest
spec:
  request:
    requester: alice
    beneficiary: { kind: human, name: alice }
    target: payments-db
    entitlement: readwrite
    duration: PT4H
    reason: Fix the stuck settlement batch 8841
    references: [{ type: change, id: CHG-1042 }]
    compensatingControls: [statement logging on]
  cases:
`;

async function run(...args: readonly string[]) {
  const output = { stdout: "", stderr: "" };
  const exitCode = await policyTest(args, {
    stdout: (text) => void (output.stdout += text),
    stderr: (text) => void (output.stderr += text),
  });
  return { exitCode, ...output };
}

interface Shown {
  readonly ok: boolean;
  readonly problems: readonly {
    readonly line: number;
    readonly column: number;
    readonly code: string;
    readonly fix: string;
  }[];
  readonly tables: readonly {
    readonly path: string;
    readonly cases: readonly {
      readonly note: string;
      readonly line: number;
      readonly ok: boolean;
      readonly differences: readonly string[];
      readonly verdict: string;
    }[];
  }[];
}

async function tested(cases: string) {
  const { exitCode, stdout } = await run("--repo", await tree(cases), "--json");
  const shown = JSON.parse(stdout) as Shown;
  const [table] = shown.tables;
  return { exitCode, shown, differences: table?.cases.flatMap((one) => one.differences) ?? [] };
}

function row(given: string, want: string): string {
  return `    - { note: it, given: { ${given} }, want: { ${want} } }\n`;
}

describe("policy test", () => {
  it("says yes to the project's own tables, refusals beside approvals", async () => {
    const { exitCode, stdout, stderr } = await run("--repo", join(governance, ".."));
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(stdout.match(/✔/gu)?.length).toBeGreaterThan(25);
    expect(stdout).toMatch(/All \d+ cases are decided as wanted\.\n$/u);
    expect(stdout).not.toContain("✘");
  });

  it("shows what was wanted, what was got, and the whole decision", async () => {
    const root = await tree(
      "    - note: an owner alone\n      given: { approvals: [bob] }\n      want: { verdict: approved }\n" +
        row("approvals: [bob, carol]", "verdict: approved"),
    );
    const { exitCode, stdout } = await run("--repo", root);
    expect(exitCode).toBe(1);
    expect(stdout).toContain("  ✘ an owner alone\n");
    expect(stdout).toMatch(/x\.test\.yaml:14:7\n {6}verdict: wanted approved, got pending\n/u);
    expect(stdout).toContain("⏳ pending SOD-STEP-CONTROL: 1 more control approval is needed.");
    expect(stdout).toContain("APPROVED by bob, SOD-COUNTS: bob may approve as approver.");
    expect(stdout).toContain("  ✔ it\n");
    expect(stdout).toContain("1 of 2 cases is not decided as wanted.");
  });

  it("gives the same as JSON", async () => {
    const { exitCode, shown } = await tested(row("", "verdict: pending"));
    expect(exitCode).toBe(0);
    expect(shown).toMatchObject({
      ok: true,
      problems: [],
      tables: [
        {
          path: "governance/policy/x.test.yaml",
          cases: [{ note: "it", line: 14, ok: true, differences: [], verdict: "pending" }],
        },
      ],
    });
  });

  it.each([
    ["approvals: [bob, carol]", "verdict: pending", "verdict: wanted pending, got approved"],
    [
      "",
      "verdict: pending, findings: { SOD-STEP-CONTROL: satisfied }",
      "SOD-STEP-CONTROL: wanted satisfied, got pending",
    ],
    [
      "",
      "verdict: pending, findings: { SOD-STEP-CONTROLL: pending }",
      "SOD-STEP-CONTROLL: wanted pending, got no such finding",
    ],
    ["", "verdict: pending, says: by mallory", 'no reason says "by mallory"'],
    [
      "approvals: [bob]",
      "verdict: pending, reviews: { bob: SOD-ROLE }",
      "review of bob: wanted SOD-ROLE, got SOD-COUNTS",
    ],
  ])("given { %s }, want { %s }: %s", async (given, want, difference) => {
    const { exitCode, shown, differences } = await tested(row(given, want));
    expect(exitCode).toBe(1);
    expect(shown.ok).toBe(false);
    expect(differences).toEqual([difference]);
  });

  it.each([
    [
      "who opens it",
      "author: bob, approvals: [bob, carol]",
      "verdict: pending, reviews: { bob: SOD-REQUESTER }",
    ],
    [
      "who helps to write it",
      "coauthors: [carol], approvals: [bob, carol]",
      "verdict: pending, reviews: { carol: SOD-REQUESTER }",
    ],
    [
      "a person by each of their logins",
      "approvals: [alice-admin]",
      "verdict: pending, reviews: { alice-admin: SOD-REQUESTER }",
    ],
    [
      "a machine by its login",
      'approvals: ["countersign-gate[bot]"]',
      'verdict: pending, reviews: { "countersign-gate[bot]": SOD-HUMAN }',
    ],
    [
      "a machine by its name",
      "author: countersign-gate, approvals: [bob, carol]",
      "verdict: approved",
    ],
    [
      "a requester without an account",
      "request: { requester: settlement-bot }, approvals: [bob, carol]",
      "verdict: approved",
    ],
    [
      "the last of several reviews",
      "approvals: [bob, carol], reviews: [{ by: bob, state: CHANGES_REQUESTED }]",
      "verdict: denied, reviews: { bob: SOD-DENIED }",
    ],
    [
      "a denial that its giver lifts",
      "reviews: [{ by: bob, state: CHANGES_REQUESTED }, { by: bob }, { by: carol }]",
      "verdict: approved",
    ],
    [
      "a comment",
      "reviews: [{ by: bob, state: COMMENTED }]",
      "verdict: pending, reviews: { bob: SOD-COMMENT }",
    ],
    [
      "a dismissed approval",
      "reviews: [{ by: bob, state: DISMISSED }, { by: carol }]",
      "verdict: pending, reviews: { bob: SOD-DISMISSED }",
    ],
    [
      "an approval of yesterday",
      "reviews: [{ by: bob, at: 2026-05-31T11:00:00Z }, { by: carol }]",
      "verdict: pending, reviews: { bob: SOD-EXPIRED }",
    ],
    [
      "another instant",
      "request: { activateBy: 2026-11-21T11:00:00Z }, now: 2026-11-21T12:00:00Z, approvals: [bob, carol]",
      "verdict: denied, findings: { SOD-TIME: violated }",
    ],
    ["a removed field", "request: { references: null }", "verdict: denied, says: references"],
    [
      "access that somebody holds",
      "holds: [{ person: bob, target: payments-db, entitlement: readwrite }], approvals: [bob, carol]",
      "verdict: pending, reviews: { bob: SOD-INDEPENDENCE }",
    ],
    [
      "access that a machine of somebody holds",
      "holds: [{ person: settlement-bot, target: analytics-db, entitlement: readonly }]",
      "verdict: denied, findings: { SOD-CONFLICT: violated }",
    ],
    [
      "earlier requests",
      "earlier: [{ duration: P1D }, { duration: P1D, at: 2026-05-25T12:00:00Z }]",
      "verdict: denied, findings: { SOD-LIMITS: violated }",
    ],
    [
      "an earlier request before the window",
      "earlier: [{ duration: P2D, at: 2026-05-01T12:00:00Z }]",
      "verdict: pending, findings: { SOD-LIMITS: satisfied }",
    ],
  ])("takes account of %s", async (_, given, want) => {
    const { exitCode, differences, shown } = await tested(row(given, want));
    expect([differences, shown.problems]).toEqual([[], []]);
    expect(exitCode).toBe(0);
  });

  it.each([
    ["an unknown person", "approvals: [«bobb]", "", "unknown-name", "`bob`"],
    [
      "an unknown reviewer",
      "reviews: [{ by: «nobody }]",
      "",
      "unknown-name",
      "a name in people.yaml",
    ],
    ["an unknown author", "author: «frnak", "", "unknown-name", "`frank`"],
    [
      "somebody without an account",
      "coauthors: [«settlement-bot]",
      "",
      "no-account",
      "who has one",
    ],
    [
      "an unknown holder",
      "holds: [{ person: «bobb, target: payments-db, entitlement: readonly }]",
      "",
      "unknown-name",
      "`bob`",
    ],
    [
      "an unknown target of a holding",
      "holds: [{ person: bob, target: «payment-db, entitlement: x }]",
      "",
      "unknown-name",
      "`payments-db`",
    ],
    [
      "an unknown entitlement of a holding",
      "holds: [{ person: bob, target: payments-db, entitlement: «readonli }]",
      "",
      "unknown-name",
      "`readonly`",
    ],
    ["an unknown requester", "request: { requester: «alicia }", "", "unknown-name", "`alice`"],
    [
      "an unknown beneficiary",
      "request: { beneficiary: { kind: human, name: «alicia } }",
      "",
      "unknown-name",
      "`alice`",
    ],
    ["an unknown target", "request: { target: «payment-db }", "", "unknown-name", "`payments-db`"],
    [
      "an unknown entitlement",
      "request: { entitlement: «readwritee }",
      "",
      "unknown-name",
      "`readwrite`",
    ],
    ["a malformed field", "request: { duration: «P1M }", "", "wrong-duration", "ISO 8601"],
    ["a field of the wrong type", "request: { references: «CHG-1 }", "", "wrong-type", "Write it"],
    [
      "a removed field that every request needs",
      "request: «{ reason: null }",
      "",
      "missing-key",
      "reason",
    ],
    ["an unknown field", "request: { «approvers: [bob] }", "", "unknown-key", "Remove it"],
    [
      "a review from the future",
      "reviews: [{ by: bob, at: «2026-07-01T00:00:00Z }]",
      "",
      "wrong-order",
      "earlier instant",
    ],
    [
      "an earlier request that is later",
      "earlier: [{ duration: P1D, at: «2026-07-01T00:00:00Z }]",
      "",
      "wrong-order",
      "earlier instant",
    ],
    [
      "a code that none could have",
      "",
      ", findings: { «sod_request: violated }",
      "wrong-code",
      "SOD-REQUEST",
    ],
    [
      "a code of a review that none could have",
      "approvals: [bob]",
      ", reviews: { bob: «counts }",
      "wrong-format",
      "SOD-COUNTS",
    ],
    [
      "a review that nobody gives",
      "approvals: [bob]",
      ", reviews: { «bib: SOD-COUNTS }",
      "unknown-name",
      "`bob`",
    ],
    [
      "a review where there is none",
      "",
      ", reviews: { «bob: SOD-COUNTS }",
      "unknown-name",
      "under `approvals`",
    ],
  ])("refuses %s, at its place", async (_, given, want, code, fix) => {
    const marked = row(given, `verdict: pending${want}`);
    const { exitCode, shown } = await tested(marked.replace("«", ""));
    expect(exitCode).toBe(1);
    expect(shown).toMatchObject({ ok: false, tables: [] });
    expect(shown.problems).toMatchObject([{ line: 14, column: marked.indexOf("«") + 1, code }]);
    expect(shown.problems[0]?.fix).toContain(fix);
  });

  it("refuses two cases of the same note", async () => {
    const { exitCode, shown } = await tested(row("", "verdict: pending").repeat(2));
    expect(exitCode).toBe(1);
    expect(shown.problems).toMatchObject([{ line: 15, code: "duplicate-name" }]);
  });

  it("shows a fault of the request that all cases start from once, with file, line, column and fix", async () => {
    const root = await tree(
      row("", "verdict: pending") + row("", "verdict: denied").replace("it", "other"),
    );
    const path = join(root, "governance/policy/x.test.yaml");
    await writeFile(path, (await readFile(path, "utf8")).replace("PT4H", "4h"));
    const { exitCode, stdout } = await run("--repo", root);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(
      /x\.test\.yaml:9:15: `spec\.duration` is "4h"\.\n {2}fix: Write an ISO 8601/u,
    );
    expect(stdout.match(/fix:/gu)).toHaveLength(1);
  });

  it("refuses a name that is the login of somebody else", async () => {
    const root = await tree(row("approvals: [bob]", "verdict: pending"));
    const path = join(root, "governance/people.yaml");
    const people = await readFile(path, "utf8");
    await writeFile(
      path,
      people.replace("login: bob,", "login: bob-x,").replace("login: carol,", "login: bob,"),
    );
    const { exitCode, stdout } = await run("--repo", root);
    expect(exitCode).toBe(1);
    expect(stdout).toContain("bob is the name of one and the login of another, carol.");
    expect(stdout).toContain("Write another login of bob, or the name carol.");
  });

  it("says what is wrong with governance, and tests nothing", async () => {
    const root = await tree(row("", "verdict: pending"));
    await rm(join(root, "governance/people.yaml"));
    const { exitCode, stdout } = await run("--repo", root);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/people\.yaml:1:1: The file is missing\.\n {2}fix: Add it\.\n/u);
    expect(stdout).not.toMatch(/[✔✘]/u);
  });

  it("could not tell without a table: nothing was tested", async () => {
    const root = await tree(null);
    const { exitCode, stdout, stderr } = await run("--repo", root);
    expect([exitCode, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("nothing was tested");
    const json = await run("--repo", root, "--json");
    expect(json.exitCode).toBe(2);
    expect(JSON.parse(json.stdout)).toEqual({ ok: false, problems: [], tables: [] });
  });

  it.each([[["--nonsense"]], [["somewhere"]], [["--repo", "/"]]])("refuses %j", async (args) => {
    await expect(run(...args)).rejects.toThrow(StartRefused);
  });
});
