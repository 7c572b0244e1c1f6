import { runProgram } from "../files/run-program.ts";
import type { ProgramAnswer, ProgramRun } from "../files/run-program.ts";

/** Runs ssh-keygen; what it says is for machines only as far as its exit code goes. */
export function runKeygen(args: readonly string[], run: ProgramRun): Promise<ProgramAnswer> {
  return runProgram({ command: "ssh-keygen", package: "openssh-client" }, args, run);
}
