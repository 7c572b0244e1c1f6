import { TargetRefused } from "../../../ports/target.ts";
import { readTextFile } from "../files/read-files.ts";
import { runProgram } from "../files/run-program.ts";
import type { SudoersAccess } from "./sudoers-access.ts";

/** Requires that the host has an account of exactly this name. Throws TargetRefused for one that does not exist. */
export async function requireAccount(access: SudoersAccess, identity: string): Promise<void> {
  const names = (await accountLines(access, identity)).map((line) => line.split(":")[0]);
  // A number is also found as the id of an account, and a directory may not tell capitals from small letters.
  if (names.includes(identity)) return;
  throw new TargetRefused(
    `There is no account ${identity} on the host: make it there, or correct the identity in people.yaml.`,
  );
}

async function accountLines(
  { accounts, timeoutSeconds }: SudoersAccess,
  identity: string,
): Promise<readonly string[]> {
  if (accounts === null) {
    const found = await runProgram(getent, ["passwd", "--", identity], { timeoutSeconds });
    return found.stdout.split("\n");
  }
  const text = await readTextFile(accounts);
  if (text !== null) return text.split("\n");
  throw new TargetRefused(
    `The file of accounts ${accounts} is not there: bring /etc/passwd of the host to that place.`,
  );
}

const getent = { command: "getent", package: "libc-bin" };
