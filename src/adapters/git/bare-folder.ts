import { mkdir } from "node:fs/promises";
import { runGit } from "./git-client.ts";
import { gitEnvironment } from "./git-environment.ts";

/** Makes `folder` a bare repository if it is not one yet, readable by its owner alone. Repeatable. */
export async function prepareBareFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const environment = gitEnvironment(null, "none");
  const answer = await runGit(environment, ["init", "--bare", "--quiet", "--template=", folder]);
  if (answer.code === 0) return;
  throw new Error(`git could not prepare ${folder}: ${answer.stderr}`);
}
