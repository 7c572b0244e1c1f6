import type { Usage } from "../core/model/grant.ts";
import type { OpenGrant } from "../core/plan/access-state.ts";
import { usageSeen } from "./drafts.ts";
import type { Executor } from "./executor.ts";
import type { Waiting } from "./outbox.ts";
import type { TargetSession } from "./target-session.ts";

/** Says whether somebody looks at a grant again after its end: then it is read back, and its use is looked at, in every pass. */
export function isWatched({ memory }: Executor, { grant }: OpenGrant): boolean {
  return memory.watched.has(grant.id);
}

/**
 * Asks the target how many sessions the holders of watched grants have now, and adds it up in memory. A target that does not
 * answer, or cannot tell, adds nothing: use is evidence for the review, and holds up nothing.
 */
export async function lookAtUse(
  executor: Executor,
  session: TargetSession,
  open: readonly OpenGrant[],
): Promise<void> {
  for (const one of open.filter((grant) => isWatched(executor, grant))) {
    const { grant } = one;
    const seen = await session.ask((target) => target.sessions(grant.identity));
    if (seen.answer !== "yes" || seen.value === null) continue;
    const { usage } = executor.memory;
    const at = executor.clock.now().toISOString();
    usage.set(grant.id, added(usage.get(grant.id) ?? nothing, seen.value, at));
  }
}

/** What was seen of the use of a grant that has ended; nothing where the target could not tell. */
export function takeUsage(
  { memory }: Executor,
  { grant }: Pick<OpenGrant, "grant">,
): readonly Waiting[] {
  const usage = memory.usage.get(grant.id);
  memory.usage.delete(grant.id);
  return usage === undefined ? [] : [usageSeen(grant, usage)];
}

const nothing: Usage = {
  samples: 0,
  used: 0,
  sessionsAtMost: 0,
  firstSeenAt: null,
  lastSeenAt: null,
};

function added(before: Usage, sessions: number, at: string): Usage {
  const isUsed = sessions > 0;
  return {
    samples: before.samples + 1,
    used: before.used + (isUsed ? 1 : 0),
    sessionsAtMost: Math.max(before.sessionsAtMost, sessions),
    firstSeenAt: before.firstSeenAt ?? (isUsed ? at : null),
    lastSeenAt: isUsed ? at : before.lastSeenAt,
  };
}
