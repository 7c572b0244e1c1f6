import { spawn } from "node:child_process";

/**
 * Runs git in a folder, without the machine's configuration, and returns what it printed. Rejects when it
 * fails. Written apart from the adapters, so that a test does not lean on what it tests.
 */
export async function gitIn(
  folder: string,
  args: readonly string[],
  input: string | Buffer = "",
): Promise<string> {
  return (await gitBytesIn(folder, args, input)).toString("utf8").trim();
}

/** Runs git as `gitIn` does and returns every byte that it printed. */
export function gitBytesIn(
  folder: string,
  args: readonly string[],
  input: string | Buffer = "",
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = spawn("git", args, { cwd: folder, env: environment });
    const output: Buffer[] = [];
    const complaints: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => complaints.push(chunk));
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve(Buffer.concat(output));
      else
        reject(new Error(`git ${args.join(" ")}: ${Buffer.concat(complaints).toString("utf8")}`));
    });
    // git may leave before it has read everything; its exit code tells.
    child.stdin.on("error", () => undefined);
    child.stdin.end(input);
  });
}

const environment = {
  PATH: process.env["PATH"],
  HOME: "/dev/null",
  LC_ALL: "C",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_AUTHOR_NAME: "A Tester",
  GIT_AUTHOR_EMAIL: "tester@example.com",
  GIT_COMMITTER_NAME: "A Tester",
  GIT_COMMITTER_EMAIL: "tester@example.com",
};
