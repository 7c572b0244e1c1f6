import { providerFacts } from "../../core/model/providers.ts";
import { TargetRefused } from "../../ports/target.ts";
import type { Target } from "../../ports/target.ts";
import { endSessions } from "./postgres-end-sessions.ts";
import { heldPermissions, takeMembership } from "./postgres-membership.ts";
import { giveMembership } from "./postgres-provision.ts";
import { sessionsOf } from "./postgres-sessions.ts";
import { withPostgres } from "./postgres-session.ts";
import type { PostgresAccess } from "./postgres-session.ts";

/** Where the database is and how long a single statement or connection attempt may take. */
export interface PostgresTargetOptions {
  /** `postgres://…` with the executor's own login. It is a secret: no message ever repeats it. */
  readonly url: string;
  readonly timeoutSeconds: number;
}

/**
 * Opens a PostgreSQL cluster whose permissions are database roles: holding one is being its member.
 *
 * PostgreSQL has no end of its own for a membership (`VALID UNTIL` ends a password), so the end is the
 * executor's alone. A session that did `SET ROLE` keeps the role after REVOKE: `revoke` therefore returns
 * only when no session of the identity is left, and `residualSeconds` is 0. Every call makes a connection
 * of its own and drops it, so that a read-back never shares anything with what it verifies.
 *
 * Throws TargetRefused at once when the options cannot be used; connects to nothing yet.
 */
export function openPostgresTarget(options: PostgresTargetOptions): Target {
  let access: PostgresAccess | null = usableAccess(options);
  const opened = (): PostgresAccess => {
    if (access !== null) return access;
    throw new TargetRefused("The target was closed and its credential dropped: open it again.");
  };
  return {
    capabilities: providerFacts.postgres,
    observe: async (identity) => {
      // Taken before the question: the answer is at least as new as the instant it carries.
      const at = new Date().toISOString();
      const permissions = await withPostgres(opened(), (session) =>
        heldPermissions(session, identity),
      );
      return { at, identity, permissions };
    },
    provision: (identity, permission) =>
      withPostgresOf(opened, (session) => giveMembership(session, { identity, permission })),
    revoke: async (identity, permission) => {
      await withPostgresOf(opened, (session) => takeMembership(session, { identity, permission }));
      // Only after the commit: a session that starts in between can no longer take the role.
      await withPostgresOf(opened, (session) => endSessions(session, identity));
    },
    sessions: (identity) => withPostgres(opened(), (session) => sessionsOf(session, identity)),
    close: () => {
      access = null;
      return Promise.resolve();
    },
  };
}

async function withPostgresOf(
  opened: () => PostgresAccess,
  work: Parameters<typeof withPostgres<undefined>>[1],
): Promise<void> {
  await withPostgres(opened(), work);
}

function usableAccess({ url, timeoutSeconds }: PostgresTargetOptions): PostgresAccess {
  const protocol = URL.parse(url)?.protocol;
  const isPostgres = protocol === "postgres:" || protocol === "postgresql:";
  if (!isPostgres) {
    throw new TargetRefused(
      "The target's URL cannot be read: write it as postgres://user:password@host:port/database.",
    );
  }
  // NaN or 0 would mean "wait for ever" to the driver.
  if (timeoutSeconds > 0 && timeoutSeconds <= longestTimeoutSeconds) return { url, timeoutSeconds };
  throw new TargetRefused(
    `The target's time-out must be more than 0 and at most ${longestTimeoutSeconds} seconds.`,
  );
}

const longestTimeoutSeconds = 3600;
