import { spawn } from "node:child_process";

/** Runs git in the bare repository, away from every configuration of the machine. */
export interface Git {
  readonly folder: string;
  /** Runs and returns whatever came out; never throws for an exit code. */
  run(args: readonly string[], options?: RunOptions): Promise<GitRun>;
  /** Runs and returns the trimmed text; throws when git refuses. */
  text(args: readonly string[], options?: RunOptions): Promise<string>;
}

/** Gives standard input and further environment variables. */
export interface RunOptions {
  readonly input?: string | Buffer;
  readonly env?: Readonly<Record<string, string>>;
}

/** What one run left. */
export interface GitRun {
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** Binds git to a folder. */
export function gitIn(folder: string): Git {
  const run = (args: readonly string[], options: RunOptions = {}): Promise<GitRun> =>
    runGit(folder, args, options);
  return {
    folder,
    run,
    text: async (args, options) => {
      const { code, stdout, stderr } = await run(args, options);
      if (code === 0) return stdout.toString("utf8").trim();
      throw new Error(`git ${args.join(" ")} ended with ${code}: ${stderr.trim()}`);
    },
  };
}

/** The environment in which git sees no configuration but its own. */
export function gitEnvironment(folder: string): Record<string, string> {
  return {
    PATH: process.env["PATH"] ?? "/usr/bin:/bin",
    HOME: folder,
    LC_ALL: "C",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_TERMINAL_PROMPT: "0",
  };
}

function runGit(folder: string, args: readonly string[], options: RunOptions): Promise<GitRun> {
  return new Promise((resolve, reject) => {
    const child = spawn("git", args, {
      cwd: folder,
      env: { ...gitEnvironment(folder), ...options.env },
    });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => err.push(chunk));
    child.on("error", reject);
    // git may end before it has read everything: its exit code says what happened.
    child.stdin.on("error", () => undefined);
    child.on("close", (code) =>
      resolve({
        code: code ?? 128,
        stdout: Buffer.concat(out),
        stderr: Buffer.concat(err).toString("utf8"),
      }),
    );
    child.stdin.end(options.input ?? "");
  });
}
