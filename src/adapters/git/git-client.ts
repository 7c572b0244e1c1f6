import { spawn } from "node:child_process";
import { simpleGit } from "simple-git";
import { gitEnvironment } from "./git-environment.ts";
import type { GitSetting, GitTransports } from "./git-environment.ts";
import { accessSettings } from "./git-remote.ts";
import type { GitRemote } from "./git-remote.ts";

/** What a git process answered. The exit code is part of the answer, so a refusal is no exception. */
export interface GitAnswer {
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** Runs git on one repository in the environment of `gitEnvironment`. */
export interface GitClient {
  readonly gitDir: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Runs a local command. Rejects only when git could not be run at all. */
  run(args: readonly string[], input?: string | Buffer): Promise<GitAnswer>;
  /**
   * Runs a command that talks to `remote`, with a fresh credential and within `timeoutSeconds`. Rejects
   * when no credential was given, git could not be run or the time was over; then the outcome is unknown.
   */
  online(remote: GitRemote, args: readonly string[], timeoutSeconds: number): Promise<GitAnswer>;
}

/** Opens a client on a git folder. `gitDir` is never searched for upwards: another repository is never met. */
export function gitClient(gitDir: string, transports: GitTransports): GitClient {
  const environment = gitEnvironment(gitDir, transports);
  return {
    gitDir,
    environment,
    run: (args, input) => runGit(environment, args, input),
    online: (remote, args, timeoutSeconds) => runOnline(gitDir, remote, args, timeoutSeconds),
  };
}

/** Runs one local git command in a given environment. Rejects only when git could not be run or hung. */
export function runGit(
  environment: Readonly<Record<string, string>>,
  args: readonly string[],
  input: string | Buffer = "",
): Promise<GitAnswer> {
  return new Promise((resolve, reject) => {
    const child = spawn("git", args, { env: environment, timeout: localTimeoutSeconds * 1000 });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
    // git may answer and leave before it has read everything; its exit code tells.
    child.stdin.on("error", () => undefined);
    child.on("error", (cause) => reject(new Error("git could not be run", { cause })));
    child.on("close", (code) => {
      if (code === null) reject(new Error(`git ${args[0] ?? ""} was killed`));
      else resolve({ code, stdout: Buffer.concat(stdout), stderr: textOf(stderr) });
    });
    child.stdin.end(input);
  });
}

const localTimeoutSeconds = 600;

async function runOnline(
  gitDir: string,
  remote: GitRemote,
  args: readonly string[],
  timeoutSeconds: number,
): Promise<GitAnswer> {
  const { settings, secrets } = await accessSettings(remote);
  const environment = gitEnvironment(gitDir, "remote", [...settings, ...patience(timeoutSeconds)]);
  const deadline = AbortSignal.timeout(timeoutSeconds * 1000);
  const answers: GitAnswer[] = [];
  const git = simpleGit({
    baseDir: gitDir,
    abort: deadline,
    // The transport outlives a git that is killed and keeps its pipes open: its end is not waited for.
    completion: { onClose: true, onExit: 500 },
    allowEnvironment: Object.keys(environment),
    unsafe: ourOwnSettings,
    // simple-git resolves when git exits 1 and says nothing, and mixes output into its errors otherwise:
    // the exit code is taken from here, and an error is only what kept git from ending by itself.
    errors: (error, { exitCode, stdOut, stdErr }) => {
      answers.push({ code: exitCode, stdout: Buffer.concat(stdOut), stderr: textOf(stdErr) });
      return exitCode > 0 && !deadline.aborted ? undefined : error;
    },
  }).env(environment);
  await git.raw([...args]).catch((error: unknown) => {
    const cause = new Error(withoutSecrets(String(error), secrets));
    throw new Error(`git ${args[0] ?? ""} did not end: the outcome is unknown`, { cause });
  });
  return withoutSecretsIn(answers.at(-1) ?? unknownOutcome, secrets);
}

/** Lets the transport give up by itself too: killing git does not reach it. */
function patience(timeoutSeconds: number): readonly GitSetting[] {
  return [
    { key: "http.lowSpeedLimit", value: "1" },
    { key: "http.lowSpeedTime", value: String(Math.ceil(timeoutSeconds)) },
  ];
}

const unknownOutcome: GitAnswer = {
  code: -1,
  stdout: Buffer.alloc(0),
  stderr: "git gave no answer",
};

/** simple-git's guard is against settings from strangers; these are the ones of `gitEnvironment`. */
const ourOwnSettings = {
  allowUnsafeAskPass: true,
  allowUnsafeConfigEnvCount: true,
  allowUnsafeConfigPaths: true,
  allowUnsafeCredentialHelper: true,
  allowUnsafeFsMonitor: true,
  allowUnsafeHooksPath: true,
} as const;

function withoutSecretsIn(answer: GitAnswer, secrets: readonly string[]): GitAnswer {
  return { ...answer, stderr: withoutSecrets(answer.stderr, secrets) };
}

function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets.reduce((rest, secret) => rest.replaceAll(secret, "[secret]"), text);
}

function textOf(chunks: readonly Buffer[]): string {
  return Buffer.concat(chunks).toString("utf8").trim();
}
