import { escapeIdentifier } from "pg";
import { TargetUnreachable } from "../../ports/target.ts";
import { orPrivilegeNeeded, sqlState } from "./postgres-errors.ts";
import { isPossibleName } from "./postgres-name.ts";
import type { PostgresSession, Row } from "./postgres-session.ts";

/** One identity's hold of one permission. */
export interface Membership {
  readonly identity: string;
  readonly permission: string;
}

/**
 * Lists the roles that `identity` is a direct member of and can use, sorted.
 *
 * Direct only, because that is what a grant gives and a revoke takes. What comes through another role (a
 * team's role, or a role that contains a smaller one) is not a grant of its own: counting it would leave
 * the grant itself behind as "held before", or make its end look as if it had failed for ever. Such access
 * is neither given, seen nor taken here; it belongs to whoever built the roles.
 *
 * From PostgreSQL 16 on a membership may carry the ADMIN OPTION alone: it gives no access and does not count.
 */
export async function heldPermissions(
  session: PostgresSession,
  identity: string,
): Promise<readonly string[]> {
  if (!isPossibleName(identity)) return [];
  const rows = await session.query(
    `SELECT DISTINCT p.rolname::text AS permission ${memberships} WHERE i.rolname::text = $1 AND ${usable}`,
    [identity],
  );
  return rows.map((row) => textOf(row, "permission")).sort();
}

/**
 * Takes the membership away, whoever granted it: PostgreSQL 16 and later keep one grant for each grantor
 * and revoke only one at a time, while earlier ones keep a single grant. What the identity passed on by an
 * ADMIN OPTION of its own goes with it. A role or membership that does not exist is done.
 */
export async function takeMembership(
  session: PostgresSession,
  membership: Membership,
): Promise<undefined> {
  if (!isPossibleName(membership.identity) || !isPossibleName(membership.permission)) return;
  for (const grantor of await grantors(session, membership)) {
    const sql = revokeSql(session.version, membership, grantor);
    try {
      await session.query(sql);
    } catch (error) {
      // Dropped by somebody since the list was read; the read-back says what is left.
      if (sqlState(error) === "42704") throw vanished(membership, error);
      throw orPrivilegeNeeded(
        error,
        `The executor's role ${session.executor} may not end this membership. As an administrator run: ` +
          `${sql}; and, so that the executor can: ${adminSql(session, membership.permission)};`,
      );
    }
  }
}

/** Composes the statement that lets the executor grant `permission`, and nothing more where that is possible. */
export function adminSql(session: PostgresSession, permission: string): string {
  const options =
    session.version >= grantorsVersion ? "ADMIN TRUE, INHERIT FALSE, SET FALSE" : "ADMIN OPTION";
  return `GRANT ${escapeIdentifier(permission)} TO ${escapeIdentifier(session.executor)} WITH ${options}`;
}

/** From this version on a membership names its grantor, and ADMIN, INHERIT and SET are separate. */
export const grantorsVersion = 160_000;

async function grantors(
  session: PostgresSession,
  { identity, permission }: Membership,
): Promise<readonly string[]> {
  const rows = await session.query(
    `SELECT pg_catalog.pg_get_userbyid(m.grantor)::text AS grantor ${memberships}
      WHERE i.rolname::text = $1 AND p.rolname::text = $2 AND ${usable}`,
    [identity, permission],
  );
  return rows.map((row) => textOf(row, "grantor"));
}

function revokeSql(version: number, { identity, permission }: Membership, grantor: string): string {
  const revoke = `REVOKE ${escapeIdentifier(permission)} FROM ${escapeIdentifier(identity)}`;
  // Before 16 the grantor is a remark that may name a role long gone, and must not be given.
  return version >= grantorsVersion
    ? `${revoke} GRANTED BY ${escapeIdentifier(grantor)} CASCADE`
    : revoke;
}

function vanished({ identity, permission }: Membership, cause: unknown): TargetUnreachable {
  return new TargetUnreachable(
    `The roles ${identity} or ${permission} changed while the membership was taken away: try again.`,
    { cause },
  );
}

function textOf(row: Row, column: string): string {
  const value = row[column];
  if (typeof value === "string") return value;
  throw new TypeError(`PostgreSQL answered without the column ${column}`);
}

const memberships = `
  FROM pg_catalog.pg_auth_members m
  JOIN pg_catalog.pg_roles p ON p.oid = m.roleid
  JOIN pg_catalog.pg_roles i ON i.oid = m.member`;

// Read as JSON because the two columns exist only from PostgreSQL 16 on; before, every membership is usable.
const usable = `
  (COALESCE((pg_catalog.to_jsonb(m) ->> 'inherit_option')::boolean, true)
    OR COALESCE((pg_catalog.to_jsonb(m) ->> 'set_option')::boolean, true))`;
