import { join } from "node:path";
import { stat } from "node:fs/promises";
import { TargetRefused } from "../../../ports/target.ts";
import { listFiles, readTextFile } from "../files/read-files.ts";
import type { SshAccess } from "./ssh-access.ts";

/**
 * Requires that the operator has listed a principal. The format is that of sshd's AuthorizedPrincipalsFile, so that its very folder can be
 * named: one a line, comments after `#`, options before the name. Throws TargetRefused for one that is not listed.
 */
export async function requirePrincipal(access: SshAccess, permission: string): Promise<void> {
  const { principals } = access;
  for (const file of await filesOf(principals)) {
    if (listedIn((await readTextFile(file)) ?? "").includes(permission)) return;
  }
  throw new TargetRefused(
    `There is no principal ${permission}: add it to ${principals}, and to the AuthorizedPrincipalsFile ` +
      "of the hosts where it may log in.",
  );
}

async function filesOf(principals: string): Promise<readonly string[]> {
  if (!(await stat(principals)).isDirectory()) return [principals];
  return ((await listFiles(principals)) ?? []).map((name) => join(principals, name));
}

function listedIn(text: string): readonly string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => !line.startsWith("#"))
    .map((line) => line.split(/\s+/u).at(-1) ?? "");
}
