import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gitIn } from "./run-git.ts";
import { updateHook } from "./update-hook.ts";
import type { Git } from "./run-git.ts";
import type { SandboxOptions } from "../sandbox-options.ts";

/** Creates the bare repository with its refusing hook and the first commit of `main`. */
export async function createRepository(options: SandboxOptions): Promise<Git> {
  await mkdir(options.folder, { recursive: true });
  const git = gitIn(options.folder);
  await git.text(["init", "--quiet", "--bare", "--initial-branch=main", "."]);
  for (const [key, value] of configuration) await git.text(["config", key, value]);
  await mkdir(join(options.folder, "hooks"), { recursive: true });
  await writeFile(join(options.folder, "hooks", "update"), updateHook, { mode: 0o755 });
  await seed(git, options);
  return git;
}

const configuration = [
  ["http.receivepack", "true"],
  // A pull request's head must be fetchable by anyone who may read, and be writable by nobody.
  ["receive.hideRefs", "refs/pull"],
  ["uploadpack.allowAnySHA1InWant", "true"],
  ["uploadpack.allowFilter", "true"],
  ["receive.autogc", "false"],
  ["gc.auto", "0"],
  ["core.logAllRefUpdates", "false"],
] as const;

async function seed(git: Git, options: SandboxOptions): Promise<void> {
  const lines: string[] = [];
  for (const { path, content } of options.files) {
    const blob = await git.text(["hash-object", "-w", "--stdin"], { input: content });
    lines.push(`100644 ${blob}\t${path}\0`);
  }
  const env = { GIT_INDEX_FILE: join(git.folder, "seed.index") };
  await git.text(["update-index", "-z", "--index-info"], { env, input: lines.join("") });
  const tree = await git.text(["write-tree"], { env });
  const name = { NAME: options.owner, EMAIL: `owner@${options.owner}.example` };
  const commit = await git.text(["commit-tree", tree], {
    input: "Set up the repository\n",
    env: {
      GIT_AUTHOR_NAME: name.NAME,
      GIT_AUTHOR_EMAIL: name.EMAIL,
      GIT_COMMITTER_NAME: name.NAME,
      GIT_COMMITTER_EMAIL: name.EMAIL,
    },
  });
  await git.text(["update-ref", "refs/heads/main", commit]);
}
