import type { Command } from "../../src/bin/command.ts";

/** What a command returned and wrote. */
export interface CommandRun {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command in this process. */
export async function runCommand(
  command: Command,
  ...args: readonly string[]
): Promise<CommandRun> {
  const output = { stdout: "", stderr: "" };
  const exitCode = await command(args, {
    stdout: (text) => void (output.stdout += text),
    stderr: (text) => void (output.stderr += text),
  });
  return { exitCode, ...output };
}
