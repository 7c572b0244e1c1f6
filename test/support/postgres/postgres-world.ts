import { Client, escapeIdentifier } from "pg";
import { openPostgresTarget } from "../../../src/adapters/targets/postgres-target.ts";
import type { TargetWorld } from "../../contract/target.contract.ts";

/** A PostgreSQL with a superuser's hands: `sql` runs statements past Countersign. */
export interface PostgresWorld extends TargetWorld {
  readonly url: string;
  sql(text: string): Promise<readonly Record<string, unknown>[]>;
}

/** Opens a target on a running PostgreSQL; its `close` drops every role that was made through it. */
export async function openPostgresWorld(url: string): Promise<PostgresWorld> {
  const administrator = new Client({ connectionString: url });
  await administrator.connect();
  const target = openPostgresTarget({ url, timeoutSeconds: 5 });
  const run = async (text: string) => {
    const result = await administrator.query<Record<string, unknown>>(text);
    return result.rows;
  };
  const sql = async (text: string): Promise<void> => {
    await run(text);
  };
  const before = (await run("SELECT rolname FROM pg_roles")).map((row) => String(row["rolname"]));
  const dropAdded = async (): Promise<void> => {
    const added = (await run("SELECT rolname FROM pg_roles"))
      .map((row) => String(row["rolname"]))
      .filter((name) => !before.includes(name));
    for (const name of added) await sql(`DROP OWNED BY ${escapeIdentifier(name)}`);
    for (const name of added) await sql(`DROP ROLE ${escapeIdentifier(name)}`);
  };
  return {
    url,
    target,
    sql: run,
    addIdentity: (name) => sql(`CREATE ROLE ${escapeIdentifier(name)} LOGIN`),
    addPermission: (name) => sql(`CREATE ROLE ${escapeIdentifier(name)} NOLOGIN`),
    dropIdentity: (name) => sql(`DROP ROLE ${escapeIdentifier(name)}`),
    dropPermission: (name) => sql(`DROP ROLE ${escapeIdentifier(name)}`),
    give: (identity, permission) =>
      sql(`GRANT ${escapeIdentifier(permission)} TO ${escapeIdentifier(identity)}`),
    unreachable: () =>
      openPostgresTarget({ url: "postgres://postgres@127.0.0.1:1/postgres", timeoutSeconds: 2 }),
    close: async () => {
      await target.close();
      await dropAdded();
      await administrator.end();
    },
  };
}
