import { spawn } from "node:child_process";
import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { TargetUnreachable } from "../../../ports/target.ts";
import { programEnvironment, programError } from "./run-program.ts";

/**
 * Does `work` while nobody else holds the lock on `file`, in this process or in another. The file is made and stays. The lock is the kernel's,
 * kept by a child that ends when this process does: nothing has to be cleaned up after a crash, and no number of a process is
 * trusted, which in a container is always the same.
 *
 * Throws TargetUnreachable when the lock is not free within the time-out: nothing was done then.
 */
export async function withFileLock<T>(
  file: string,
  timeoutSeconds: number,
  work: () => Promise<T>,
): Promise<T> {
  const release = await lock(file, timeoutSeconds);
  try {
    return await work();
  } finally {
    await release();
  }
}

function lock(file: string, timeoutSeconds: number): Promise<() => Promise<void>> {
  const wait = ["--wait", String(timeoutSeconds), "--conflict-exit-code", String(conflict)];
  const child = spawn(flock.command, [...wait, file, "cat"], { env: programEnvironment() });
  // An open of the file can hang as well, which --wait does not count.
  const patience = setTimeout(() => child.kill("SIGKILL"), timeoutSeconds * 1000 + 1000);
  const stderr: Buffer[] = [];
  child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
  child.stdin.on("error", () => undefined);
  return new Promise((resolve, reject) => {
    const closed = new Promise<void>((done) => child.on("close", () => done()));
    child.on("error", (error) =>
      reject(programError(flock, error, "code" in error ? error.code : null)),
    );
    child.on("close", (code) => {
      clearTimeout(patience);
      reject(notLocked(file, code, Buffer.concat(stderr).toString().trim()));
    });
    child.stdout.once("data", () => {
      clearTimeout(patience);
      resolve(() => unlock(child, closed));
    });
    // cat runs once the lock is held, and only then gives this back.
    child.stdin.write("\n");
  });
}

async function unlock(child: ChildProcessWithoutNullStreams, closed: Promise<void>): Promise<void> {
  child.stdin.end();
  await closed;
}

function notLocked(file: string, code: number | null, stderr: string): TargetUnreachable {
  const reason = code === conflict || code === null ? "another process holds it" : stderr;
  return new TargetUnreachable(
    `The lock ${file} could not be taken (${reason}): nothing was changed; try again. ` +
      "The executor must be able to write to its folder.",
  );
}

const flock = { command: "flock", package: "util-linux" };
const conflict = 75;
