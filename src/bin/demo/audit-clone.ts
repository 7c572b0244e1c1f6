import { execFile } from "node:child_process";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { auditVerify } from "../commands/audit-verify.ts";
import type { Stage } from "./step.ts";
import { tamper } from "./tamper.ts";
import type { DemoWorld } from "./world.ts";

const run = promisify(execFile);

/** The last two steps: a stranger with a fresh clone verifies the evidence; after one changed byte it fails. */
export async function auditClone(stage: Stage, world: DemoWorld, folder: string): Promise<void> {
  const clone = join(folder, "clone.git");

  await stage.step("an auditor clones and verifies, without network or account", async () => {
    const token = world.tokens["frank"] ?? "";
    const header = `Authorization: Basic ${Buffer.from(`x-access-token:${token}`).toString("base64")}`;
    await run(
      "git",
      ["clone", "--quiet", "--bare", `${world.serverUrl}/${world.repository}.git`, clone],
      {
        env: {
          PATH: process.env["PATH"],
          GIT_CONFIG_COUNT: "1",
          GIT_CONFIG_KEY_0: `http.${world.serverUrl}/.extraHeader`,
          GIT_CONFIG_VALUE_0: header,
        },
      },
    );
    const { exitCode, output } = await verify(clone, world);
    if (exitCode !== 0) throw new Error(`It exited ${exitCode}:\n${output}`);
    if (!/held, [1-9]\d* signatures checked/u.test(output)) {
      throw new Error(`No signature of the forge was checked:\n${output}`);
    }
    return `audit verify --root ${world.trustRoot.slice(0, 19)}… --forge-keys …\n${output.trim()}`;
  });

  await stage.step("one byte of one entry is changed in a copy: the audit names it", async () => {
    const copy = join(folder, "tampered.git");
    await cp(clone, copy, { recursive: true });
    const changed = await tamper(copy);
    const { exitCode, output } = await verify(copy, world);
    if (exitCode !== 1) throw new Error(`It exited ${exitCode}:\n${output}`);
    const finding = findingAbout(output, changed.commit);
    if (finding === null) throw new Error(`It does not name entry ${changed.seq}:\n${output}`);
    return `changed a byte of entry ${changed.seq} (${changed.type}); audit verify exits 1:\n${finding}`;
  });
}

/** The block of the report that names the commit; `null` when none does. */
function findingAbout(output: string, commit: string): string | null {
  return (
    output
      .split("\n\n")
      .find((block) => block.includes(commit))
      ?.trim() ?? null
  );
}

async function verify(
  repo: string,
  { trustRoot, forgeKeys }: DemoWorld,
): Promise<{ readonly exitCode: number; readonly output: string }> {
  let output = "";
  const write = (text: string): void => {
    output += text;
  };
  const exitCode = await auditVerify(
    ["--repo", repo, "--root", trustRoot, "--forge-keys", forgeKeys],
    { stdout: write, stderr: write },
  );
  return { exitCode, output };
}
