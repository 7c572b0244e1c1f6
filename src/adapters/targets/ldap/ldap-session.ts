import { once } from "node:events";
import { connect as connectTcp, isIP } from "node:net";
import type { Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import type { ConnectionOptions } from "node:tls";
import { Client } from "ldapts";
import { TargetRefused, TargetUnreachable } from "../../../ports/target.ts";
import type { LdapAccess } from "./ldap-access.ts";
import { ldapError, resultCode } from "./ldap-errors.ts";

/** One bound connection that nobody else uses. */
export interface LdapSession {
  readonly client: Client;
  readonly access: LdapAccess;
}

/**
 * Runs `work` on a new connection, logged in as the executor's account, and drops the connection. All of it takes at most
 * the access's time-out. Throws TargetUnreachable when the outcome is unknown and TargetRefused when the server said no.
 */
export async function withLdap<T>(
  access: LdapAccess,
  work: (session: LdapSession) => Promise<T>,
): Promise<T> {
  const socket = openSocket(access);
  const deadline = startDeadline(access.timeoutSeconds);
  try {
    return await Promise.race([converse(socket, access, work), deadline.passed]);
  } catch (error) {
    throw ldapError(error, access.password);
  } finally {
    deadline.stop();
    // The client takes its own listeners away, and an error that nobody hears ends the process.
    socket.on("error", () => undefined);
    socket.destroy();
  }
}

async function converse<T>(
  socket: Socket,
  access: LdapAccess,
  work: (session: LdapSession) => Promise<T>,
): Promise<T> {
  // A TLS socket is connected before the certificate was checked: only `secureConnect` says that it was.
  await once(socket, access.encryption === "tls" ? "secureConnect" : "connect");
  const client = clientOn(socket);
  if (access.encryption === "starttls") await startTls(client, access);
  await client.bind(access.bindDn, access.password);
  return work({ client, access });
}

function openSocket(access: LdapAccess): Socket {
  const { host, port } = access;
  return access.encryption === "tls"
    ? connectTls({ ...tlsOptions(access), port })
    : connectTcp({ host, port });
}

/**
 * The client connects again by itself when a connection breaks, and would go on without login and encryption: it gets this
 * socket and never another, so that a second attempt ends with the deadline.
 */
function clientOn(socket: Socket): Client {
  return new Client({ url: "ldap://localhost", createConnection: () => socket });
}

async function startTls(client: Client, access: LdapAccess): Promise<void> {
  try {
    await client.startTLS(tlsOptions(access));
  } catch (error) {
    if (!isRefusal(error, access)) throw error;
    throw new TargetRefused(
      "The LDAP server offers no STARTTLS, and without it the password would be sent in clear: use an ldaps:// URL, or " +
        "give the server a certificate.",
      { cause: error },
    );
  }
}

function isRefusal(error: unknown, access: LdapAccess): boolean {
  return resultCode(error) !== null && ldapError(error, access.password) instanceof TargetRefused;
}

function tlsOptions({ host, ca }: LdapAccess): ConnectionOptions {
  return {
    host,
    rejectUnauthorized: true,
    ...(isIP(host) === 0 ? { servername: host } : {}),
    ...(ca === null ? {} : { ca }),
  };
}

function startDeadline(seconds: number): { passed: Promise<never>; stop: () => void } {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    reject(
      new TargetUnreachable(
        `LDAP did not answer within ${seconds} seconds: what the target holds is unknown; try again.`,
      ),
    );
  }, seconds * 1000);
  return { passed: promise, stop: () => clearTimeout(timer) };
}
