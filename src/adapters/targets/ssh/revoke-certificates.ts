import { forgetOver, readCertificates, withdraw } from "./certificate-folder.ts";
import { wasOverAt } from "./certificate.ts";
import type { Certificate } from "./certificate.ts";
import { addToList, isRevoked } from "./revocation-list.ts";
import type { SshAccess } from "./ssh-access.ts";

/**
 * Revokes every certificate of an identity that names the principal, also those that were replaced by one with a later end. One that was just over
 * is revoked as well: a host whose clock is slow would still take it. The list comes first, because it is what ends
 * the access. The caller holds the lock.
 */
export async function revokeCertificates(
  access: SshAccess,
  identity: string,
  permission: string,
): Promise<void> {
  const certificates = await readCertificates(access, identity);
  const named = certificates.filter(
    (certificate) =>
      certificate.principals.includes(permission) && !wasOverAt(certificate, slowestClock()),
  );
  const open = await notRevoked(access, named);
  if (open.length > 0) await addToList(access, open);
  await withdraw(access, identity, named);
  await forgetOver(certificates);
}

/** Names the principals that an identity can log in as now: their certificates are neither over nor revoked. */
export async function heldPrincipals(
  access: SshAccess,
  identity: string,
): Promise<readonly string[]> {
  // The fraction of a second that a certificate cannot carry belongs to the grant: nobody took it away.
  const latest = new Date(Date.now() - 1000);
  const certificates = await readCertificates(access, identity);
  const valid = certificates.filter((certificate) => !wasOverAt(certificate, latest));
  const live = await notRevoked(access, valid);
  return [...new Set(live.flatMap(({ principals }) => principals))].sort();
}

async function notRevoked(
  access: SshAccess,
  certificates: readonly Certificate[],
): Promise<readonly Certificate[]> {
  const answers = await Promise.all(
    certificates.map((certificate) => isRevoked(access, certificate)),
  );
  return certificates.filter((_, index) => answers[index] === false);
}

function slowestClock(): Date {
  return new Date(Date.now() - 300_000);
}
