import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";

const cli = fileURLToPath(new URL("../../../src/bin/countersign.js", import.meta.url));

export interface Finished {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command to its end, as a person in a terminal would. */
export async function runCli(
  args: readonly string[],
  options: { readonly env?: Record<string, string>; readonly cwd?: string } = {},
): Promise<Finished> {
  const child = start(args, options);
  let stdout = "";
  let stderr = "";
  child.stdout?.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  return { exitCode, stdout, stderr };
}

/** A command that goes on until it is stopped. */
export interface Running {
  /** Resolves with the first line on stdout; rejects when the command ends before it. */
  readonly firstLine: Promise<string>;
  stderr(): string;
  /** Sends SIGTERM; resolves with the exit code once it and everything that shares its output is gone. */
  stop(): Promise<number | null>;
  /** Sends SIGKILL, as a crash would; resolves when it is gone. */
  crash(): Promise<void>;
}

/** Starts a command that goes on. */
export function startCli(
  args: readonly string[],
  options: { readonly env?: Record<string, string>; readonly cwd?: string } = {},
): Running {
  const child = start(args, options);
  let stdout = "";
  let stderr = "";
  child.stderr?.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  // `close` and not `exit`: it comes when nobody, no grandchild either, holds the output open any more.
  const closed = new Promise<number | null>((resolve) => child.once("close", resolve));
  const firstLine = new Promise<string>((resolve, reject) => {
    child.stdout?.on("data", (chunk: Buffer) => {
      stdout += chunk.toString();
      if (stdout.includes("\n")) resolve(stdout.split("\n")[0] ?? "");
    });
    child.once("close", (code) =>
      reject(new Error(`It ended with ${code ?? "a signal"}: ${stderr}`)),
    );
  });
  firstLine.catch(() => undefined);
  return {
    firstLine,
    stderr: () => stderr,
    stop: () => end(child, closed, "SIGTERM"),
    crash: async () => {
      await end(child, closed, "SIGKILL");
    },
  };
}

function start(
  args: readonly string[],
  { env, cwd }: { readonly env?: Record<string, string>; readonly cwd?: string },
): ChildProcess {
  return spawn(process.execPath, [cli, ...args], {
    cwd,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      PATH: process.env["PATH"] ?? "",
      HOME: process.env["HOME"] ?? "",
      COUNTERSIGN_PATIENCE: process.env["COUNTERSIGN_PATIENCE"] ?? "1",
      ...env,
    },
  });
}

async function end(
  child: ChildProcess,
  closed: Promise<number | null>,
  signal: "SIGTERM" | "SIGKILL",
): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) child.kill(signal);
  return closed;
}
