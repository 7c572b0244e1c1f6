import { Socket } from "node:net";
import { Client } from "pg";
import { TargetRefused, TargetUnreachable } from "../../ports/target.ts";
import { targetError } from "./postgres-errors.ts";

/** What is needed to reach one PostgreSQL. `url` is a secret. */
export interface PostgresAccess {
  readonly url: string;
  readonly timeoutSeconds: number;
}

/** One open transaction on a connection that nobody else uses. */
export interface PostgresSession {
  /** As PostgreSQL counts them: 150004 is 15.4. */
  readonly version: number;
  /** Name of the database role that the executor logged in as. */
  readonly executor: string;
  readonly timeoutSeconds: number;
  query(text: string, values?: readonly unknown[]): Promise<readonly Row[]>;
}

/** A row by column name; what reads it converts each value. */
export type Row = Readonly<Record<string, unknown>>;

/**
 * Runs `work` in one transaction on a new connection and commits it. Throws TargetUnreachable when the
 * outcome is unknown and TargetRefused when the database said no; then nothing was committed, unless the
 * connection was lost during the commit itself.
 *
 * The explicit transaction keeps the time-out local, and the messages of one client together on the
 * embedded PostgreSQL, whose clients share one backend and take turns message by message outside of one.
 */
export async function withPostgres<T>(
  access: PostgresAccess,
  work: (session: PostgresSession) => Promise<T>,
): Promise<T> {
  const socket = new Socket();
  const client = newClient(access, socket);
  // A connection may break while nobody waits for an answer; the next query reports it.
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.query("BEGIN");
    const outcome = await work(await describeSession(client, access));
    await client.query("COMMIT");
    return outcome;
  } catch (cause) {
    const error = targetError(cause);
    if (error instanceof TargetRefused) await rollBack(client);
    throw error;
  } finally {
    await hangUp(client, socket);
  }
}

function newClient({ url, timeoutSeconds }: PostgresAccess, socket: Socket): Client {
  const milliseconds = timeoutSeconds * 1000;
  return new Client({
    connectionString: url,
    application_name: "countersign-executor",
    stream: () => socket,
    connectionTimeoutMillis: milliseconds,
    // The server's own time-out comes first where it has one (see below).
    query_timeout: milliseconds + 500,
  });
}

async function describeSession(client: Client, access: PostgresAccess): Promise<PostgresSession> {
  const { rows } = await client.query<Row>(
    `SELECT pg_catalog.set_config('statement_timeout', $1, true) AS timeout,
            pg_catalog.current_setting('server_version_num') AS version,
            CURRENT_USER::text AS executor,
            pg_catalog.pg_is_in_recovery() AS standby`,
    [String(Math.ceil(access.timeoutSeconds * 1000))],
  );
  const { version, executor, standby } = rows[0] ?? {};
  if (standby === true) {
    throw new TargetRefused(
      "The target's URL leads to a standby, which lags and cannot be written: name the primary.",
    );
  }
  if (typeof version !== "string" || typeof executor !== "string") {
    throw new TargetUnreachable("PostgreSQL did not say which version it is.");
  }
  return {
    version: Number(version),
    executor,
    timeoutSeconds: access.timeoutSeconds,
    query: async (text, values = []) => (await client.query<Row>(text, [...values])).rows,
  };
}

async function rollBack(client: Client): Promise<void> {
  try {
    await client.query("ROLLBACK");
  } catch {
    // The connection goes next, and the transaction with it.
  }
}

async function hangUp(client: Client, socket: Socket): Promise<void> {
  // A server that hangs never answers the goodbye.
  const patience = setTimeout(() => socket.destroy(), 1000);
  try {
    await client.end();
  } catch {
    socket.destroy();
  } finally {
    clearTimeout(patience);
  }
}
