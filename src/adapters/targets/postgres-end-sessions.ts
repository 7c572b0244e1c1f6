import { setTimeout as sleep } from "node:timers/promises";
import { escapeIdentifier } from "pg";
import { TargetUnreachable } from "../../ports/target.ts";
import { orPrivilegeNeeded } from "./postgres-errors.ts";
import { isPossibleName } from "./postgres-name.ts";
import type { PostgresSession } from "./postgres-session.ts";

/**
 * Ends every session of `identity` and waits until they are gone: PostgreSQL does not show which of them
 * did SET ROLE, and one that did keeps the role after the REVOKE. When the identity was dropped its sessions
 * have no name any more: then every session whose login role no longer exists is ended.
 *
 * Throws TargetUnreachable when a session is still there after the time-out, TargetRefused when the
 * executor may not end sessions. Sees nothing on the embedded PostgreSQL, which has no list of sessions.
 */
export async function endSessions(session: PostgresSession, identity: string): Promise<undefined> {
  if (!isPossibleName(identity)) return;
  const pids = (await session.query(sessionsOf, [identity])).map((row) => row["pid"]);
  if (pids.length === 0) return;
  await terminate(session, identity, pids);
  const deadline = performance.now() + session.timeoutSeconds * 1000;
  while (await anyLeft(session, pids)) {
    if (performance.now() >= deadline) {
      throw new TargetUnreachable(
        `The membership of ${identity} was taken away, but sessions of it did not end in time: try again.`,
      );
    }
    await sleep(50);
  }
}

async function terminate(
  session: PostgresSession,
  identity: string,
  pids: readonly unknown[],
): Promise<void> {
  try {
    await session.query(
      "SELECT pg_catalog.pg_terminate_backend(pid) FROM pg_catalog.unnest($1::int[]) AS s(pid)",
      [pids],
    );
  } catch (error) {
    throw orPrivilegeNeeded(
      error,
      `The membership of ${identity} was taken away, but its sessions live on with it: the executor's role ` +
        `may not end them. Run: GRANT pg_signal_backend TO ${escapeIdentifier(session.executor)};`,
    );
  }
}

async function anyLeft(session: PostgresSession, pids: readonly unknown[]): Promise<boolean> {
  // Within a transaction the list is a copy until it is thrown away.
  await session.query("SELECT pg_catalog.pg_stat_clear_snapshot()");
  const rows = await session.query(
    "SELECT pid FROM pg_catalog.pg_stat_activity WHERE pid = ANY ($1::int[])",
    [pids],
  );
  return rows.length > 0;
}

const sessionsOf = `
  SELECT a.pid
    FROM pg_catalog.pg_stat_activity a
    LEFT JOIN pg_catalog.pg_roles r ON r.oid = a.usesysid
   WHERE a.pid <> pg_catalog.pg_backend_pid()
     AND a.usesysid IS NOT NULL AND a.usesysid <> 0
     AND (r.rolname::text = $1
          OR (r.oid IS NULL
              AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_roles i WHERE i.rolname::text = $1)))`;
