import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { mkdtemp, mkdir, rm, symlink, writeFile, copyFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const project = fileURLToPath(new URL("../../", import.meta.url));
const cruiser = join(project, "node_modules/.bin/depcruise");

interface Cruise {
  readonly modules: readonly { readonly source: string }[];
  readonly summary: {
    readonly violations: readonly { readonly rule: { readonly name: string } }[];
  };
}

function cruise(folder: string): Promise<Cruise> {
  const args = ["--config", ".dependency-cruiser.js", "--output-type", "json", "src"];
  return new Promise((resolve, reject) => {
    execFile(cruiser, args, { cwd: folder, maxBuffer: 64e6 }, (error, stdout) => {
      if (stdout === "") reject(error ?? new Error("The checker printed nothing."));
      else resolve(JSON.parse(stdout) as Cruise);
    });
  });
}

/** A project of two files, the first of which imports the second. */
async function violationsOf(from: string, to: string): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), "layers-"));
  try {
    await copyFile(join(project, ".dependency-cruiser.js"), join(folder, ".dependency-cruiser.js"));
    await copyFile(join(project, "tsconfig.json"), join(folder, "tsconfig.json"));
    await writeFile(join(folder, "package.json"), '{"type":"module"}');
    await symlink(join(project, "node_modules"), join(folder, "node_modules"));
    const isFile = to.startsWith("src/");
    for (const path of isFile ? [from, to] : [from]) {
      await mkdir(join(folder, path, ".."), { recursive: true });
      await writeFile(join(folder, path), "export const one = 1;\n");
    }
    const specifier = isFile ? relative(join(from, ".."), to) : to;
    const dotted = isFile && !specifier.startsWith(".") ? `./${specifier}` : specifier;
    await writeFile(
      join(folder, from),
      `import * as it from "${dotted}";\nexport const two = it;\n`,
    );
    return (await cruise(folder)).summary.violations.map(({ rule }) => rule.name);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

describe("the layers", () => {
  it("hold, and the checker saw every source file", { timeout: 60_000 }, async () => {
    const { modules, summary } = await cruise(project);
    const seen = new Set(modules.map(({ source }) => source));
    const files = readdirSync(join(project, "src"), { recursive: true, encoding: "utf8" })
      .filter((name) => /\.[jt]s$/u.test(name))
      .map((name) => `src/${name}`);
    expect(files.length).toBeGreaterThan(100);
    expect(files.filter((name) => !seen.has(name))).toEqual([]);
    expect(summary.violations).toEqual([]);
  });

  it.each([
    ["src/core/decide/a.ts", "node:fs", "core-has-no-io"],
    ["src/core/decide/a.ts", "src/ports/clock.ts", "core-is-pure"],
    ["src/core/evaluate/a.ts", "pg", "core-libraries"],
    ["src/core/evaluate/a.ts", "@marcbachmann/cel-js", "conditions-are-bounded"],
    ["src/gate/a.ts", "re2js", "conditions-are-bounded"],
    ["src/ports/a.ts", "src/adapters/github/b.ts", "ports-know-only-the-model"],
    ["src/adapters/github/a.ts", "src/core/decide/b.ts", "adapters-know-ports-and-the-model"],
    ["src/gate/a.ts", "src/ports/target.ts", "gate-never-sees-a-target"],
    ["src/gate/a.ts", "src/executor/b.ts", "gate-never-sees-a-target"],
    ["src/gate/a.ts", "src/adapters/targets/b.ts", "gate-holds-no-target"],
    ["src/executor/a.ts", "src/ports/forge-writer.ts", "executor-cannot-publish"],
    ["src/executor/a.ts", "src/gate/b.ts", "executor-cannot-decide"],
    ["src/facts/a.ts", "src/adapters/github/b.ts", "facts-read-through-ports"],
    ["src/record/a.ts", "src/facts/b.ts", "record-only-records"],
    ["src/audit/a.ts", "src/ports/forge-reader.ts", "audit-never-asks-a-forge-or-target"],
    ["src/audit/a.ts", "src/adapters/github/b.ts", "audit-works-offline"],
    ["src/sandbox/a.ts", "src/core/model/b.ts", "sandbox-stands-alone"],
  ])("refuse that %s imports %s (%s)", { timeout: 60_000 }, async (from, to, rule) => {
    expect(await violationsOf(from, to)).toContain(rule);
  });
});
