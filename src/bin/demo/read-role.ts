import { Client } from "pg";

/** Asks the database itself, over a connection of the demo's own, which roles a login is a member of. */
export async function rolesOf(databaseUrl: string, login: string): Promise<readonly string[]> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ role: string }>(
      `select granted.rolname as role from pg_auth_members m
         join pg_roles granted on granted.oid = m.roleid
         join pg_roles member on member.oid = m.member
        where member.rolname = $1 order by 1`,
      [login],
    );
    return rows.map(({ role }) => role);
  } finally {
    await client.end();
  }
}
