import { isAncestor, readRef, zeroOid } from "../git/refs.ts";
import { refuse } from "../http/refusal.ts";
import { refMoved } from "./ref-moved.ts";
import { requiredCheckPasses } from "../world/required-check.ts";
import type { Movement } from "./ref-moved.ts";
import type { Actor } from "../world/account.ts";
import type { World } from "../world/world.ts";

/** What an API call wants done to a ref. */
export interface Wanted {
  readonly ref: string;
  readonly to: string | null;
  readonly how: Movement["how"];
  readonly force: "yes" | "no";
}

/**
 * Moves a ref for an API call, under the same protections that the hook enforces on pushes, by git's
 * own compare-and-swap; then lets everything follow from it.
 */
export async function moveRef(world: World, actor: Actor, wanted: Wanted): Promise<void> {
  const { ref, to, how } = wanted;
  const before = await readRef(world.git, ref);
  await checkProtection(world, actor, wanted, before);
  const change = to === null ? ["-d", ref, before ?? zeroOid] : [ref, to, before ?? zeroOid];
  const { code } = await world.git.run(["update-ref", ...change]);
  if (code !== 0) throw refuse(422, "Reference update failed");
  await refMoved(world, { ref, before, after: to, by: actor.account, how });
}

async function checkProtection(
  world: World,
  actor: Actor,
  { ref, to, how, force }: Wanted,
  before: string | null,
): Promise<void> {
  if (force === "no" && before !== null && to !== null) {
    const forward = await isAncestor(world.git, before, to);
    if (!forward) throw refuse(422, "Update is not a fast forward");
  }
  if (to === null && ref === "refs/heads/main") throw violation("Cannot delete the default branch");
  const rule = world.protection.find((one) => `refs/heads/${one.branch}` === ref);
  if (rule === undefined) return;
  if (to === null) throw violation("Cannot delete this branch");
  if (rule.onlyApp !== undefined && !isApp(actor, rule.onlyApp)) {
    throw violation("Cannot update this protected ref.");
  }
  if (before !== null && !(await isAncestor(world.git, before, to))) {
    throw violation("Cannot force-push to this branch");
  }
  if (how === "pr_merge") return;
  if (rule.pullRequestOnly === "yes") {
    throw violation("Changes must be made through a pull request.");
  }
  if (requiredCheckPasses(world, rule.branch, to) === "no") {
    throw violation(`Required status check "${rule.requiredCheck?.context ?? ""}" is expected.`);
  }
}

function isApp(actor: Actor, slug: string): boolean {
  return actor.kind === "installation" && actor.app.slug === slug;
}

function violation(rule: string): Error {
  return refuse(422, `Repository rule violations found\n\n${rule}\n\n`);
}
