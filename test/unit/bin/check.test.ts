import { chmod, cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { check } from "../../../src/bin/commands/check.ts";

const project = fileURLToPath(new URL("../../../", import.meta.url));
const example = "access-requests/payments-db/2026-11-21-alice-settlement.yaml";

interface Shown {
  readonly files: readonly {
    readonly path: string;
    readonly ok: boolean;
    readonly problems: readonly {
      readonly code: string;
      readonly line: number;
      readonly fix: string;
    }[];
  }[];
}

describe("check", () => {
  let root = "";
  const at = (path: string) => join(root, path);

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), "countersign-check-"));
    for (const part of ["governance", "access-requests"]) {
      await cp(join(project, part), at(part), { recursive: true });
    }
  });

  afterEach(() => rm(root, { recursive: true, force: true }));

  async function run(...args: readonly string[]) {
    const written = { stdout: "", stderr: "" };
    const code = await check(args, {
      stdout: (text) => (written.stdout += text),
      stderr: (text) => (written.stderr += text),
    });
    return { code, ...written };
  }

  async function json(...args: readonly string[]) {
    const { code, stdout } = await run(...args, "--json");
    const { files } = JSON.parse(stdout) as Shown;
    const problems = files.flatMap((file) =>
      file.problems.map((problem) => `${file.path}:${problem.line} ${problem.code}`),
    );
    return { code, problems, files };
  }

  async function change(path: string, from: string, to: string) {
    const text = await readFile(at(path), "utf8");
    expect(text).toContain(from);
    await writeFile(at(path), text.replace(from, to));
  }

  test("the example requests and all of governance are right", async () => {
    const requests = [example, "access-requests/analytics-db/2026-11-21-lena-monthly-report.yaml"];
    const { code, stdout, stderr } = await run(...requests.map(at), at("governance/people.yaml"));
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout.match(/: ok$/gm)).toHaveLength(3);
  });

  test("a problem is shown with file, line, column and fix", async () => {
    await change(example, "duration: PT4H", "duration: PT9H");
    const { code, stdout, stderr } = await run(at(example));
    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
    expect(stdout).toBe(
      `${relative("", at(example))}:10:13: The policy privileged allows PT8H at most, not PT9H.\n` +
        "  fix: Write `duration: PT8H` or less.\n",
    );
  });

  test("--json has one entry a file", async () => {
    await change(example, "target: payments-db", "target: paymets-db");
    const { code, files } = await json(at(example), at("governance/ROLES"));
    expect(code).toBe(1);
    expect(files).toMatchObject([
      { path: example, ok: false, problems: [{ path: example, line: 8, column: 11 }] },
      { path: "governance/ROLES", ok: true, problems: [] },
    ]);
  });

  test("a decision table is checked with everything that it names", async () => {
    const table = "governance/policy/standard.test.yaml";
    await change(table, "approvals: [bob, carol]", "approvals: [bob, carla]");
    const wrong = { code: 1, problems: [`${table}:14 unknown-name`] };
    expect(await json(at(table))).toMatchObject(wrong);
    expect(await json(at("governance/ROLES"))).toMatchObject(wrong);
    // A request is not judged by it.
    expect(await json(at(example))).toMatchObject({ code: 0, problems: [] });
  });

  test("a symbolic link is refused, wherever it points", async () => {
    const link = "access-requests/payments-db/link.yaml";
    await symlink(at(example), at(link));
    expect(await json(at(link))).toMatchObject({ code: 1, problems: [`${link}:1 symbolic-link`] });
    await symlink("/nowhere/at/all", at("access-requests/payments-db/dangling.yaml"));
    expect((await json(at("access-requests/payments-db/dangling.yaml"))).code).toBe(1);
  });

  test("a symbolic link under governance/ is refused", async () => {
    await rm(at("governance/conflicts.yaml"));
    await symlink(at("governance/people.yaml"), at("governance/conflicts.yaml"));
    const { code, problems } = await json(at("governance/conflicts.yaml"));
    expect({ code, problems }).toMatchObject({
      code: 1,
      problems: [
        "governance/conflicts.yaml:1 wrong-mode",
        "governance/conflicts.yaml:1 wrong-kind",
      ],
    });
  });

  test("an executable file is refused", async () => {
    await chmod(at(example), 0o755);
    expect(await json(at(example))).toMatchObject({
      code: 1,
      problems: [`${example}:1 wrong-mode`],
    });
  });

  test("a file that is far too large is not even read", async () => {
    await writeFile(at(example), Buffer.alloc(5 * 1024 * 1024, "#"));
    expect(await json(at(example))).toMatchObject({
      code: 1,
      problems: [`${example}:1 too-large`],
    });
  });

  test("bytes that are no UTF-8 are refused, in requests and in governance", async () => {
    await writeFile(at(example), new Uint8Array([0x61, 0xff]));
    expect((await json(at(example))).problems).toEqual([`${example}:1 not-utf8`]);
    await writeFile(at("governance/ROLES"), new Uint8Array([0x61, 0xff]));
    expect((await json(at("governance/ROLES"))).problems).toEqual([
      "governance/ROLES:1 forbidden-character",
    ]);
  });

  test("the wrong folder is refused", async () => {
    const wrong = example.replace("payments-db", "analytics-db");
    await cp(at(example), at(wrong));
    expect(await json(at(wrong))).toMatchObject({ code: 1, problems: [`${wrong}:8 wrong-folder`] });
  });

  test("a file that nothing governs is no request, even beside one", async () => {
    await mkdir(at("access-request/payments-db"), { recursive: true });
    await cp(at(example), at("access-request/payments-db/a.yaml"));
    const { code, problems } = await json(at("access-request/payments-db/a.yaml"));
    expect({ code, problems }).toEqual({
      code: 1,
      problems: ["access-request/payments-db/a.yaml:1 ungoverned"],
    });
    await cp(at(example), at("access-requests/payments-db/a.yml"));
    expect((await json(at("access-requests/payments-db/a.yml"))).problems).toEqual([
      "access-requests/payments-db/a.yml:1 wrong-path",
    ]);
  });

  test("one file of governance is right only if it fits the others", async () => {
    await change("governance/people.yaml", "name: audit,", "name: auditors,");
    const { code, problems } = await json(at("governance/people.yaml"));
    expect({ code, problems }).toEqual({
      code: 1,
      problems: ["governance/people.yaml:30 unknown-name", "governance/ROLES:25 unknown-name"],
    });
  });

  test("a request is not called right while governance is wrong", async () => {
    await change("governance/ROLES", "[control]", "[contrl]");
    const { code, files } = await json(at(example));
    expect({ code, files }).toMatchObject({
      code: 1,
      files: [{ path: "governance/ROLES", ok: false }],
    });
    await change(example, "PT4H", "4h");
    expect((await json(at(example))).problems).toEqual([`${example}:10 wrong-duration`]);
  });

  test("a stranger under governance/ is an error", async () => {
    await writeFile(at("governance/notes.txt"), "");
    expect((await json(at("governance/notes.txt"))).problems).toEqual([
      "governance/notes.txt:1 wrong-path",
    ]);
  });

  test("what cannot be read is 2, and the rest is checked all the same", async () => {
    const { code, stdout, stderr } = await run(
      at("access-requests/payments-db/none.yaml"),
      at(example),
    );
    expect(code).toBe(2);
    expect(stderr).toContain("none.yaml: ENOENT");
    expect(stdout).toContain(": ok\n");
  });

  test("outside of an access repository nothing can be said", async () => {
    await rm(at("governance"), { recursive: true });
    const { code, stderr } = await run(at(example));
    expect(code).toBe(2);
    expect(stderr).toContain("--root DIR");
    expect((await run(at(example), "--root", root)).code).toBe(2);
  });

  test("--root names the repository", async () => {
    expect((await run(at(example), "--root", root)).code).toBe(0);
    const inner = await json(at(example), "--root", at("access-requests"));
    expect(inner.code).toBe(2);
    expect(inner.files).toEqual([]);
  });

  test.each([[], ["--json"], ["--what"], ["x.yaml", "--root"]])(
    "misuse is 3: %j",
    async (...args) => {
      const { code, stdout, stderr } = await run(...args);
      expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
      expect(stderr).toContain("Usage: countersign check FILE…");
    },
  );
});
