import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Octokit } from "@octokit/rest";
import { simpleGit } from "simple-git";
import type { SimpleGit } from "simple-git";
import type { DemoWorld } from "./world.ts";

/** A person of the demo with nothing but their own token: they use GitHub and git as anybody does. */
export interface Person {
  readonly login: string;
  readonly github: Octokit;
  /** Clones the repository into a folder of their own and returns git there. */
  clone(folder: string): Promise<SimpleGit>;
}

/** Lets a person act in the world. `id` is their account id: their commits carry its noreply address. */
export function person(world: DemoWorld, login: string, id: number): Person {
  const token = world.tokens[login];
  if (token === undefined) throw new Error(`The sandbox has no token for ${login}.`);
  const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
  return {
    login,
    github: new Octokit({ baseUrl: world.apiUrl, auth: token, log: quiet }),
    async clone(folder) {
      await mkdir(folder, { recursive: true });
      const git = simpleGit(folder, gitOptions).env(gitEnvironment(world, token));
      await git.clone(`${world.serverUrl}/${world.repository}.git`, ".");
      await git.addConfig("user.name", login);
      await git.addConfig("user.email", `${id}+${login}@users.noreply.github.com`);
      return git;
    },
  };
}

/** Writes one file and commits it. */
export async function commitFile(
  git: SimpleGit,
  { folder, path, text, message }: { folder: string; path: string; text: string; message: string },
): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), text);
  await git.add(path);
  await git.commit(message);
}

const gitOptions = {
  allowEnvironment: [
    "GIT_TERMINAL_PROMPT",
    "GIT_CONFIG_NOSYSTEM",
    "GIT_CONFIG_GLOBAL",
    "GIT_CONFIG_COUNT",
    "GIT_CONFIG_KEY_0",
    "GIT_CONFIG_VALUE_0",
  ],
  unsafe: { allowUnsafeConfigEnvCount: true, allowUnsafeConfigPaths: true },
};

function gitEnvironment(world: DemoWorld, token: string): Record<string, string> {
  const basic = Buffer.from(`x-access-token:${token}`).toString("base64");
  return {
    PATH: process.env["PATH"] ?? "",
    HOME: process.env["HOME"] ?? "",
    GIT_TERMINAL_PROMPT: "0",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_CONFIG_COUNT: "1",
    GIT_CONFIG_KEY_0: `http.${world.serverUrl}/.extraHeader`,
    GIT_CONFIG_VALUE_0: `Authorization: Basic ${basic}`,
  };
}
