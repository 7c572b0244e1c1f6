import { stat } from "node:fs/promises";
import { join } from "node:path";
import { TargetRefused } from "../../../ports/target.ts";
import { listFiles, readTextFile } from "../files/read-files.ts";
import { grantOfName, isReadBySudo } from "./drop-in-name.ts";
import { endOfDropIn } from "./drop-in.ts";
import { readRules } from "./sudo-rules.ts";
import type { SudoRule } from "./sudo-rules.ts";
import type { SudoersAccess } from "./sudoers-access.ts";
import { listTemplates, readTemplate } from "./template.ts";

/** A permission that an identity holds, and the file that gives it. */
export interface HeldRule {
  readonly permission: string;
  readonly path: string;
}

/**
 * Finds the permissions that an identity holds by the files of the folder: by a file of ours whose end is not over, and by a rule in
 * any other file that names the account and allows just what a template does.
 */
export async function heldRules(
  access: SudoersAccess,
  identity: string,
): Promise<readonly HeldRule[]> {
  // Without the folder itself nothing is known.
  await stat(access.sudoersFolder);
  const names = ((await listFiles(access.sudoersFolder)) ?? []).filter(isReadBySudo);
  // The fraction of a second that a rule cannot carry belongs to the grant: nobody took it away.
  const now = new Date(Date.now() - 1000);
  const held: HeldRule[] = [];
  const rules: ForeignRule[] = [];
  for (const name of names) {
    const path = join(access.sudoersFolder, name);
    const text = (await readTextFile(path)) ?? "";
    const grant = grantOfName(name);
    if (grant?.identity !== identity) rules.push(...(await rulesOf(access, identity, path, text)));
    else if (endOfDropIn(grant, text, now) !== "over") held.push({ ...grant, path });
  }
  const live = rules.filter(({ rule: { end } }) => end === null || end > now);
  return [...held, ...(await permissionsOf(access, identity, live))];
}

interface ForeignRule {
  readonly rule: SudoRule;
  readonly path: string;
}

/** The rules for an account in a file that somebody else wrote. A file that does not contain its name is not parsed. */
async function rulesOf(
  { timeoutSeconds }: SudoersAccess,
  identity: string,
  path: string,
  text: string,
): Promise<readonly ForeignRule[]> {
  if (!text.includes(identity)) return [];
  const rules = await readRules(text, { place: path, timeoutSeconds });
  return rules
    .filter(({ accounts }) => accounts.includes(identity))
    .map((rule) => ({ rule, path }));
}

async function permissionsOf(
  access: SudoersAccess,
  identity: string,
  rules: readonly ForeignRule[],
): Promise<readonly HeldRule[]> {
  if (rules.length === 0) return [];
  const held: HeldRule[] = [];
  for (const permission of await listTemplates(access)) {
    const meaning = await meaningOf(access, identity, permission);
    const given = rules.filter(({ rule }) => rule.meaning === meaning);
    held.push(...given.map(({ path }) => ({ permission, path })));
  }
  return held;
}

/** A template that cannot be used gives nothing, here as there: it says so when somebody asks for it. */
async function meaningOf(
  access: SudoersAccess,
  identity: string,
  permission: string,
): Promise<string | null> {
  try {
    const { hosts, runAs, commands } = await readTemplate(access, permission);
    const text = `${identity} ${hosts} = ${runAs} ${commands}\n`;
    const { timeoutSeconds } = access;
    const rules = await readRules(text, { place: permission, timeoutSeconds });
    return rules.length === 1 ? (rules[0]?.meaning ?? null) : null;
  } catch (error) {
    if (error instanceof TargetRefused) return null;
    throw error;
  }
}
