import { chmod, writeFile } from "node:fs/promises";
import { userInfo } from "node:os";
import { join } from "node:path";
import { TargetRefused } from "../../../ports/target.ts";
import { readTextFile } from "../files/read-files.ts";
import { replaceFile } from "../files/replace-file.ts";
import { runProgram } from "../files/run-program.ts";
import { requireAccount } from "./accounts.ts";
import { dropInName } from "./drop-in-name.ts";
import { dropInText, endOfDropIn } from "./drop-in.ts";
import { readRules } from "./sudo-rules.ts";
import type { SudoersAccess, SudoersGrant } from "./sudoers-access.ts";
import { isPossibleIdentity, isPossiblePermission } from "./sudoers-names.ts";
import { readTemplate } from "./template.ts";

/**
 * Puts a rule into effect that sudo takes up to `expiresAt`, or up to the later end that is there already (K4). Nothing is put in place that
 * sudo's own tools do not read as exactly this: a broken file would be a hole in every rule. The caller holds the lock. Throws TargetRefused
 * for an account or a permission that does not exist, and a template that is no plain rule.
 */
export async function giveRule(
  access: SudoersAccess,
  grant: SudoersGrant,
  expiresAt: Date,
): Promise<void> {
  requirePossible(grant);
  const template = await readTemplate(access, grant.permission);
  await requireAccount(access, grant.identity);
  const now = new Date();
  // An invalid date is not later than anything either.
  if (!(expiresAt.getTime() >= now.getTime() + 1000)) {
    throw new TargetRefused("The end of the grant is over: nothing was written.");
  }
  const path = join(access.sudoersFolder, dropInName(grant));
  const before = await readTextFile(path);
  const present = before === null ? "over" : endOfDropIn(grant, before, now);
  if (present === "never") return;
  const end = present === "over" || present < expiresAt ? expiresAt : present;
  const text = dropInText(grant.identity, template, end);
  if (text !== before) await putInPlace(access, grant, { path, text, end });
}

function requirePossible(grant: SudoersGrant): void {
  const { identity, permission } = grant;
  if (!isPossibleIdentity(identity)) {
    throw new TargetRefused(
      `"${identity}" cannot be an account in a rule of sudo: it must begin with a letter, contain only ` +
        "letters, digits and _ . @ -, and not be all capitals, which is an alias.",
    );
  }
  if (!isPossiblePermission(permission) || dropInName(grant).length > longestName) {
    throw new TargetRefused(
      `"${permission}" cannot be a permission here: use at most 100 letters, digits and _ . @ : + = -.`,
    );
  }
  if (identity !== userInfo().username) return;
  throw new TargetRefused(
    `${identity} is the account of the executor, which gives itself nothing: use another for people.`,
  );
}

interface DropIn {
  readonly path: string;
  readonly text: string;
  readonly end: Date;
}

async function putInPlace(
  access: SudoersAccess,
  grant: SudoersGrant,
  { path, text, end }: DropIn,
): Promise<void> {
  await replaceFile(path, async (unfinished) => {
    await writeFile(unfinished, text, { mode: 0o440, flag: "wx" });
    await chmod(unfinished, 0o440);
    const { timeoutSeconds } = access;
    const checked = await runProgram(visudo, ["-c", "-f", unfinished], { timeoutSeconds });
    if (checked.code !== 0) throw refusedBySudo(grant, checked.stderr);
    await requireMeaning(access, grant, text, end);
  });
}

/** What would end later than the grant, or be for somebody else, is no rule that can be given: a second list of hosts has no end. */
async function requireMeaning(
  { timeoutSeconds }: SudoersAccess,
  grant: SudoersGrant,
  text: string,
  end: Date,
): Promise<void> {
  const place = `The rule for ${grant.permission}`;
  const rules = await readRules(text, { place, timeoutSeconds });
  const isAsMeant = rules.every(
    (rule) =>
      rule.others === "none" &&
      rule.accounts.join() === grant.identity &&
      rule.end !== null &&
      rule.end <= end,
  );
  if (rules.length === 1 && isAsMeant) return;
  throw refusedBySudo(grant, "it would not end with the grant, or be for others as well");
}

function refusedBySudo({ permission }: SudoersGrant, detail: string): TargetRefused {
  return new TargetRefused(
    `The template of ${permission} cannot be used (${detail}): write one rule without a user, ` +
      "with one list of hosts, such as ALL=(postgres) /usr/bin/psql.",
  );
}

const visudo = { command: "visudo", package: "sudo" };
/** A file name has at most 255 bytes, and an unfinished file a little more than its own name. */
const longestName = 220;
