import { execFile } from "node:child_process";
import { TargetRefused, TargetUnreachable } from "../../../ports/target.ts";

/** A program of the operating system that a target asks or changes its files with. */
export interface Program {
  readonly command: string;
  /** The Debian package that has it, for the message when it is missing. */
  readonly package: string;
}

/** How a program is run: what it reads, and when it is given up. */
export interface ProgramRun {
  readonly timeoutSeconds: number;
  readonly input?: string;
}

/** What a program answered. The exit code is part of the answer, so that saying no is no exception. */
export interface ProgramAnswer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a program without a shell, in English and UTC, and with nothing of the executor's environment but the search path: it
 * holds credentials. Throws TargetUnreachable when the program did not end in time, TargetRefused when it is not installed.
 */
export function runProgram(
  program: Program,
  args: readonly string[],
  { timeoutSeconds, input = "" }: ProgramRun,
): Promise<ProgramAnswer> {
  const options = {
    env: programEnvironment(),
    timeout: timeoutSeconds * 1000,
    killSignal: "SIGKILL",
    maxBuffer: 16e6,
  } as const;
  return new Promise((resolve, reject) => {
    const child = execFile(program.command, args, options, (error, stdout, stderr) => {
      const code = error === null ? 0 : error.code;
      if (typeof code === "number") resolve({ code, stdout, stderr: stderr.trim() });
      else reject(programError(program, error, code));
    });
    // A program may answer before it has read everything; its exit code tells.
    child.stdin?.on("error", () => undefined);
    child.stdin?.end(input);
  });
}

/** The environment of every program that is run; the folders of administrators' programs are searched as well. */
export function programEnvironment(): Readonly<Record<string, string>> {
  const path = process.env["PATH"] ?? "/usr/bin:/bin";
  return { PATH: `${path}:/usr/sbin:/sbin`, LC_ALL: "C", TZ: "UTC" };
}

/** Names the port's error for a program that could not be run or did not end by itself. */
export function programError(
  { command, package: name }: Program,
  cause: unknown,
  code: unknown,
): TargetRefused | TargetUnreachable {
  if (code === "ENOENT" || code === "EACCES") {
    return new TargetRefused(
      `${command} cannot be run (${code}): install it where the executor runs, with apt-get install -y ${name}.`,
      { cause },
    );
  }
  return new TargetUnreachable(
    `${command} did not end in time: what the target holds is unknown; try again.`,
    { cause },
  );
}
