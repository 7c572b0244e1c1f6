import { escapeIdentifier } from "pg";
import { TargetRefused } from "../../ports/target.ts";
import { orPrivilegeNeeded } from "./postgres-errors.ts";
import { adminSql, grantorsVersion } from "./postgres-membership.ts";
import type { Membership } from "./postgres-membership.ts";
import { isPossibleName } from "./postgres-name.ts";
import type { PostgresSession } from "./postgres-session.ts";

/**
 * Makes the identity a member of the role, never with the ADMIN OPTION. Repeatable. Refuses, with the
 * statement that mends it, whatever a later revoke could not take back.
 */
export async function giveMembership(
  session: PostgresSession,
  membership: Membership,
): Promise<undefined> {
  await requireExisting(session, membership);
  await requireHarmless(session, membership.permission);
  // Without SET TRUE a membership that carries the ADMIN OPTION alone would stay as useless as it was.
  const options = session.version >= grantorsVersion ? " WITH SET TRUE" : "";
  const { permission, identity } = membership;
  try {
    await session.query(
      `GRANT ${escapeIdentifier(permission)} TO ${escapeIdentifier(identity)}${options}`,
    );
  } catch (error) {
    throw orPrivilegeNeeded(
      error,
      `The executor's role ${session.executor} may not grant ${permission}. As an administrator run: ` +
        `${adminSql(session, permission)};`,
    );
  }
}

async function requireExisting(session: PostgresSession, membership: Membership): Promise<void> {
  const { identity, permission } = membership;
  for (const name of [identity, permission]) {
    if (!isPossibleName(name)) {
      throw new TargetRefused(
        `${JSON.stringify(name)} cannot be the name of a database role (1 to 63 bytes): correct governance/.`,
      );
    }
  }
  const [facts] = await session.query(roleFacts, [identity, permission]);
  const quoted = { identity: escapeIdentifier(identity), permission: escapeIdentifier(permission) };
  refuseIf(
    facts?.["identity_exists"] !== true,
    `The target has no role ${quoted.identity}. If the name in people.yaml is right, run there: ` +
      `CREATE ROLE ${quoted.identity} LOGIN;`,
  );
  refuseIf(
    facts?.["permission_exists"] !== true,
    `The target has no role ${quoted.permission}. If the name in the catalogue is right, run there: ` +
      `CREATE ROLE ${quoted.permission} NOLOGIN;`,
  );
  refuseIf(
    facts?.["identity_super"] !== false,
    `${identity} is a superuser: it has every access already, and no revoke would take it away. ` +
      `Use an ordinary role, or run: ALTER ROLE ${quoted.identity} NOSUPERUSER;`,
  );
  refuseIf(
    facts?.["identity_executes"] !== false,
    `${identity} is the role that the executor logs in as: it can hold no grant.`,
  );
  refuseIf(
    facts?.["permission_login"] !== false,
    `${permission} can log in: a member could give it a password and come back after the end. ` +
      `Run: ALTER ROLE ${quoted.permission} NOLOGIN;`,
  );
  refuseIf(
    facts?.["ends_sessions"] !== true,
    `The executor's role ${session.executor} could not end the sessions of ${identity} at the revoke. ` +
      `Run: GRANT pg_signal_backend TO ${escapeIdentifier(session.executor)};`,
  );
}

async function requireHarmless(session: PostgresSession, permission: string): Promise<void> {
  const rows = await session.query(powersOf, [permission, predefinedRolesThatOnlyWatch]);
  const worst = rows.find((row) => row["powers"] !== "");
  refuseIf(
    rows.length === 0 || worst !== undefined,
    `${permission} is or contains ${String(worst?.["role"])} (${String(worst?.["powers"])}): ` +
      "its holder could keep or widen the access after the end. " +
      "Make a role with the privileges on tables that are needed, and nothing else.",
  );
}

function refuseIf(wrong: boolean, message: string): void {
  if (wrong) throw new TargetRefused(message);
}

/**
 * All other predefined roles are refused: they reach the server's files and programs, read the password
 * hashes in pg_authid (pg_read_all_data), or can hinder the executor (pg_signal_backend, pg_maintain).
 */
const predefinedRolesThatOnlyWatch = [
  "pg_monitor",
  "pg_read_all_settings",
  "pg_read_all_stats",
  "pg_stat_scan_tables",
  "pg_checkpoint",
];

const roleFacts = `
  SELECT i.oid IS NOT NULL AS identity_exists,
         p.oid IS NOT NULL AS permission_exists,
         i.rolsuper AS identity_super,
         i.rolname = CURRENT_USER OR i.rolname = SESSION_USER AS identity_executes,
         p.rolcanlogin AS permission_login,
         pg_catalog.pg_has_role('pg_signal_backend', 'USAGE')
           OR pg_catalog.pg_has_role(i.oid, 'USAGE') AS ends_sessions
    FROM (SELECT 1) one
    LEFT JOIN pg_catalog.pg_roles i ON i.rolname::text = $1
    LEFT JOIN pg_catalog.pg_roles p ON p.rolname::text = $2`;

// Everything the permission can become by SET ROLE, itself first, with what makes it dangerous.
const powersOf = `
  SELECT r.rolname::text AS role,
         pg_catalog.concat_ws(', ',
           CASE WHEN r.rolsuper THEN 'SUPERUSER' END,
           CASE WHEN r.rolcreaterole THEN 'CREATEROLE' END,
           CASE WHEN r.rolreplication THEN 'REPLICATION' END,
           CASE WHEN r.rolbypassrls THEN 'BYPASSRLS' END,
           CASE WHEN r.rolcanlogin THEN 'LOGIN' END,
           CASE WHEN r.rolname::text LIKE 'pg\\_%' AND r.rolname::text <> ALL ($2::text[])
                THEN 'predefined role' END,
           CASE WHEN EXISTS (SELECT 1 FROM pg_catalog.pg_auth_members m
                              WHERE m.member = r.oid AND m.admin_option)
                THEN 'ADMIN OPTION on another role' END) AS powers
    FROM pg_catalog.pg_roles p
    JOIN pg_catalog.pg_roles r ON pg_catalog.pg_has_role(p.oid, r.oid, 'MEMBER')
   WHERE p.rolname::text = $1
   ORDER BY r.oid <> p.oid, r.rolname`;
