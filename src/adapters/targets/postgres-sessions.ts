import { isPossibleName } from "./postgres-name.ts";
import type { PostgresSession } from "./postgres-session.ts";

/**
 * Counts the sessions that `identity` has now, by its login. `null` where the server does not even show our own: the embedded
 * PostgreSQL has no list of sessions, so that nothing can be told from an empty one.
 */
export async function sessionsOf(
  session: PostgresSession,
  identity: string,
): Promise<number | null> {
  if (!isPossibleName(identity)) return 0;
  const [row] = await session.query(
    `SELECT (count(*) FILTER (WHERE usename::text = $1))::int AS sessions,
            COALESCE(bool_or(pid = pg_catalog.pg_backend_pid()), false) AS sees_itself
       FROM pg_catalog.pg_stat_activity`,
    [identity],
  );
  const sessions = row?.["sessions"];
  return row?.["sees_itself"] === true && typeof sessions === "number" ? sessions : null;
}
