import { execFile } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const run = promisify(execFile);
const project = fileURLToPath(new URL("../../../", import.meta.url));

describe("schemas/generate.ts", () => {
  let copy = "";

  beforeAll(async () => {
    copy = await mkdtemp(join(tmpdir(), "countersign-generate-"));
    for (const part of [
      "schemas",
      "src/generated",
      "docs/policy-reference.md",
      "package.json",
      ".prettierrc.json",
    ]) {
      await cp(join(project, part), join(copy, part), { recursive: true });
    }
    await symlink(join(project, "node_modules"), join(copy, "node_modules"), "dir");
  });

  afterAll(() => rm(copy, { recursive: true, force: true }));

  const generate = (...args: readonly string[]) =>
    run(process.execPath, [join(copy, "schemas/generate.ts"), ...args], { cwd: copy });

  test("what is committed is what the schemas give", { timeout: 60_000 }, async () => {
    await expect(generate("--check")).resolves.toMatchObject({ stderr: "" });
  });

  test("--check names what differs and writes nothing", { timeout: 60_000 }, async () => {
    const edited = join(copy, "src/generated/target.ts");
    const before = await readFile(edited, "utf8");
    await writeFile(edited, `${before}// by hand\n`);
    await writeFile(join(copy, "src/generated/stranger.ts"), "");
    await expect(generate("--check")).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        /differs: src\/generated\/stranger\.ts\n.*target\.ts\n/,
      ) as string,
    });
    expect(await readFile(edited, "utf8")).toContain("// by hand");
    await generate();
    expect(await readFile(edited, "utf8")).toBe(before);
    expect(await readdir(join(copy, "src/generated"))).not.toContain("stranger.ts");
  });

  test("--check names a stale reference", { timeout: 60_000 }, async () => {
    const reference = join(copy, "docs/policy-reference.md");
    const before = await readFile(reference, "utf8");
    await writeFile(reference, before.replace("| yes |", "| no |"));
    await expect(generate("--check")).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^differs: docs\/policy-reference\.md\n(?!differs)/) as string,
    });
    await rm(reference);
    await generate();
    expect(await readFile(reference, "utf8")).toBe(before);
  });

  test(
    "a part without description fails, writes nothing and says where",
    { timeout: 60_000 },
    async () => {
      const path = join(copy, "schemas/target.schema.json");
      const reference = join(copy, "docs/policy-reference.md");
      const before = [await readFile(path, "utf8"), await readFile(reference, "utf8")] as const;
      await writeFile(path, before[0].replace('"What the system is and what it offers."', '""'));
      await expect(generate()).rejects.toMatchObject({
        code: 1,
        stderr: "schemas/target.schema.json: `spec` has no `description`.\n",
      });
      expect(await readFile(reference, "utf8")).toBe(before[1]);
      await writeFile(path, before[0]);
    },
  );
});
