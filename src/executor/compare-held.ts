import type { OpenGrant } from "../core/plan/access-state.ts";
import { externallyRemoved } from "./drafts.ts";
import type { Executor } from "./executor.ts";
import { keep } from "./records.ts";
import { takeUsage } from "./watch-use.ts";
import type { TargetSession } from "./target-session.ts";

/**
 * Compares active grants with what their target shows, and records those that somebody else took out. Before
 * it says so it revokes by itself, so that no session outlives a grant whose end nobody will look at again.
 * Returns whether every identity could be asked.
 */
export async function compareHeld(
  executor: Executor,
  session: TargetSession,
  active: readonly OpenGrant[],
): Promise<"complete" | "incomplete"> {
  let outcome: "complete" | "incomplete" = "complete";
  for (const [identity, grants] of Map.groupBy(active, ({ grant }) => grant.identity)) {
    const seen = await session.ask((target) => target.observe(identity));
    if (seen.answer !== "yes") {
      outcome = "incomplete";
      continue;
    }
    const missing = grants.filter(
      ({ grant }) => !seen.value.permissions.includes(grant.permission),
    );
    for (const { grant } of missing) await recordRemoved(executor, session, grant);
  }
  return outcome;
}

async function recordRemoved(
  executor: Executor,
  session: TargetSession,
  grant: OpenGrant["grant"],
): Promise<void> {
  const { identity, permission, preexisting } = grant;
  if (preexisting === "no") {
    const revoked = await session.ask((target) => target.revoke(identity, permission));
    if (revoked.answer !== "yes") return;
  }
  const seen = await session.ask((target) => target.observe(identity));
  if (seen.answer !== "yes" || seen.value.permissions.includes(permission)) return;
  const fields = { grant: grant.id, target: grant.target };
  executor.log("warn", "An active grant was taken out by somebody else", fields);
  await keep(executor, [...takeUsage(executor, { grant }), externallyRemoved(grant, seen.value)]);
}
