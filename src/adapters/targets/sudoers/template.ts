import { stat } from "node:fs/promises";
import { join } from "node:path";
import { TargetRefused } from "../../../ports/target.ts";
import { listFiles, readTextFile } from "../files/read-files.ts";
import type { RuleTemplate } from "./drop-in.ts";
import type { SudoersAccess } from "./sudoers-access.ts";
import { isPossiblePermission } from "./sudoers-names.ts";

/** Reads the template of a permission. Throws TargetRefused when there is none, or it is not one plain rule without a user. */
export async function readTemplate(
  { templates }: SudoersAccess,
  permission: string,
): Promise<RuleTemplate> {
  await stat(templates);
  const path = join(templates, permission);
  const text = await readTextFile(path);
  if (text === null) {
    throw new TargetRefused(
      `There is no permission ${permission}: write its rule, without a user, into ${path}.`,
    );
  }
  const template = parseTemplate(text);
  if (template !== null) return template;
  throw new TargetRefused(
    `${path} is not one rule: write one line such as ALL=(postgres) /usr/bin/psql into it, ` +
      "without a user, NOTBEFORE, NOTAFTER, line continuation or anything but ASCII.",
  );
}

/** Lists the permissions that have a template. */
export async function listTemplates({ templates }: SudoersAccess): Promise<readonly string[]> {
  await stat(templates);
  return ((await listFiles(templates)) ?? []).filter(isPossiblePermission);
}

/** Splits a template where the end belongs; `null` for anything but one plain line. Comment lines may stand around it. */
function parseTemplate(text: string): RuleTemplate | null {
  const lines = text.split("\n").filter((line) => line.trim() !== "" && !line.startsWith("#"));
  const line = lines[0]?.trim() ?? "";
  const isPlain = /^[\x20-\x7e]+$/u.test(line) && !/[#]|\\$|NOTBEFORE|NOTAFTER/u.test(line);
  if (lines.length !== 1 || !isPlain) return null;
  const [, hosts, runAs = "", commands] =
    /^([^=():"\\]*[^=():"\\ ]) *= *(\([^()]*\))? *([^ ].*)$/u.exec(line) ?? [];
  if (hosts === undefined || commands === undefined) return null;
  return { hosts, runAs, commands };
}
