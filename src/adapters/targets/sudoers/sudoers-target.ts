import { stat } from "node:fs/promises";
import { join } from "node:path";
import { providerFacts } from "../../../core/model/providers.ts";
import type { Target } from "../../../ports/target.ts";
import { withFileLock } from "../files/file-lock.ts";
import { fileTarget, requireAbsolute, requireTimeout } from "../files/file-target.ts";
import { giveRule } from "./give-rule.ts";
import { heldRules } from "./held-rules.ts";
import type { SudoersAccess } from "./sudoers-access.ts";
import { isPossibleIdentity, isPossiblePermission } from "./sudoers-names.ts";
import { takeRule } from "./take-rule.ts";

/**
 * Opens a folder of sudoers drop-ins whose permissions are templates of rules: holding one is being named in such a rule that is not
 * over. sudo ends it by itself with the grant. A command that runs goes on: sudo looks at the rules only when it is called.
 *
 * Throws TargetRefused at once when the options cannot be used; reads nothing yet.
 */
export function openSudoersTarget(access: SudoersAccess): Target {
  requireTimeout(access.timeoutSeconds);
  requireAbsolute({
    SUDOERS_DIR: access.sudoersFolder,
    TEMPLATES: access.templates,
    ACCOUNTS: access.accounts,
  });
  return fileTarget(providerFacts.sudoers, {
    held: async (identity) => {
      if (!isPossibleIdentity(identity)) return [];
      const held = await heldRules(access, identity);
      return [...new Set(held.map(({ permission }) => permission))].sort();
    },
    provision: (identity, permission, expiresAt) =>
      alone(access, () => giveRule(access, { identity, permission }, expiresAt)),
    revoke: async (identity, permission) => {
      // No rule can ever have been written for such a name.
      if (!isPossibleIdentity(identity) || !isPossiblePermission(permission)) return;
      await alone(access, () => takeRule(access, { identity, permission }));
    },
  });
}

/** The lock's name contains a dot, so that sudo passes over it. */
async function alone(access: SudoersAccess, work: () => Promise<void>): Promise<void> {
  await stat(access.sudoersFolder);
  await withFileLock(join(access.sudoersFolder, ".countersign.lock"), access.timeoutSeconds, work);
}
