import { rm } from "node:fs/promises";
import { join } from "node:path";
import { TargetRefused } from "../../../ports/target.ts";
import { flush } from "../files/replace-file.ts";
import { dropInName } from "./drop-in-name.ts";
import { heldRules } from "./held-rules.ts";
import type { SudoersAccess, SudoersGrant } from "./sudoers-access.ts";

/**
 * Removes the rule of a grant. The caller holds the lock. Throws TargetRefused when a file of somebody else still gives the same: it
 * may say more than that, and is theirs to change.
 */
export async function takeRule(access: SudoersAccess, grant: SudoersGrant): Promise<void> {
  await rm(join(access.sudoersFolder, dropInName(grant)), { force: true });
  await flush(access.sudoersFolder);
  const left = (await heldRules(access, grant.identity)).find(
    ({ permission }) => permission === grant.permission,
  );
  if (left === undefined) return;
  throw new TargetRefused(
    `${left.path}, which Countersign did not write, gives ${grant.identity} what ${grant.permission} ` +
      "allows: remove that rule with visudo -f.",
  );
}
