import { randomBytes } from "node:crypto";
import { chmod, rm, writeFile } from "node:fs/promises";
import { TargetRefused } from "../../../ports/target.ts";
import { readTextFile } from "../files/read-files.ts";
import { authorityFingerprint, signCertificate } from "./certificate-authority.ts";
import { publish, readCertificates, recordPath } from "./certificate-folder.ts";
import { readCertificate } from "./certificate.ts";
import type { Certificate } from "./certificate.ts";
import { requirePrincipal } from "./principals.ts";
import { readPublicKey } from "./public-key.ts";
import type { PublicKey } from "./public-key.ts";
import { isRevoked, refuseRevokedKey } from "./revocation-list.ts";
import type { SshAccess } from "./ssh-access.ts";
import { isPossibleName } from "./ssh-names.ts";

/** Who may log in as what, and until when. */
export interface CertificateGrant {
  readonly identity: string;
  readonly permission: string;
  readonly expiresAt: Date;
}

/**
 * Signs a certificate that ends with the grant, unless there is one already that ends no sooner (K4), and leaves it for its owner. It is on
 * record from the first byte on, so that a revoke finds it also after a crash. The caller holds the lock. Throws TargetRefused
 * for an identity without a public key, and a principal that nobody has listed.
 */
export async function issueCertificate(access: SshAccess, grant: CertificateGrant): Promise<void> {
  const { identity, permission } = grant;
  requirePossible(grant);
  await requirePrincipal(access, permission);
  const publicKey = await readPublicKey(access, identity);
  const issue = {
    ...grant,
    publicKey,
    authority: await authorityFingerprint(access),
    validBefore: wholeSecond(grant.expiresAt),
  };
  const certificate = (await lastingCertificate(access, issue)) ?? (await sign(access, issue));
  await publish(access, identity, permission, certificate);
}

interface Issue extends CertificateGrant {
  readonly publicKey: PublicKey;
  readonly authority: string;
  readonly validBefore: Date;
}

function requirePossible({ identity, permission, expiresAt }: CertificateGrant): void {
  const impossible = [identity, permission].find((name) => !isPossibleName(name));
  if (impossible !== undefined) {
    throw new TargetRefused(
      `"${impossible}" cannot be a name here: use letters, digits and _ . @ : + = - only, at most 200.`,
    );
  }
  if (wholeSecond(expiresAt).getTime() > Date.now()) return;
  throw new TargetRefused("The end of the grant is over: nothing was signed.");
}

/** The certificate in effect that already does what is asked; the one with the latest end. */
async function lastingCertificate(access: SshAccess, issue: Issue): Promise<Certificate | null> {
  const fitting = (await readCertificates(access, issue.identity))
    .filter((certificate) => isSuch(certificate, issue))
    .sort((a, b) => Number(b.validBefore) - Number(a.validBefore));
  for (const certificate of fitting) {
    if (!(await isRevoked(access, certificate))) return certificate;
  }
  return null;
}

/** Only what was signed here counts: another's certificate may be bound to an address or a command. */
function isSuch(certificate: Certificate, issue: Issue): boolean {
  return (
    certificate.keyId === keyIdOf(issue) &&
    certificate.publicKey === issue.publicKey.fingerprint &&
    certificate.authority === issue.authority &&
    certificate.principals.join() === issue.permission &&
    certificate.validBefore !== null &&
    certificate.validBefore >= issue.validBefore
  );
}

async function sign(access: SshAccess, issue: Issue): Promise<Certificate> {
  const serial = newSerial();
  const name = await recordPath(access, issue.identity, serial);
  const path = `${name}-cert.pub`;
  await writeFile(`${name}.pub`, `${issue.publicKey.line}\n`, { flag: "wx" });
  try {
    await refuseRevokedKey(access, `${name}.pub`, issue.identity);
    await signCertificate(access, `${name}.pub`, {
      permission: issue.permission,
      keyId: keyIdOf(issue),
      serial,
      validFrom: new Date(Date.now() - earlySeconds * 1000),
      validBefore: issue.validBefore,
    });
  } finally {
    await rm(`${name}.pub`, { force: true });
  }
  await chmod(path, 0o644);
  return readSigned(access, path);
}

async function readSigned({ timeoutSeconds }: SshAccess, path: string): Promise<Certificate> {
  const text = await readTextFile(path);
  const certificate = text === null ? null : await readCertificate(path, text, timeoutSeconds);
  if (certificate !== null) return certificate;
  throw new TargetRefused(
    `ssh-keygen left no certificate in ${path}: check the disk, and the CA key.`,
  );
}

/** sshd writes it into its log at every login, so that who used which access can be told from there. */
function keyIdOf({ identity, permission }: CertificateGrant): string {
  return `countersign identity=${identity} permission=${permission}`;
}

/** Never 0, which OpenSSH takes for none, and never one that was used: chance, because two executors may not agree. */
function newSerial(): bigint {
  return (randomBytes(8).readBigUInt64BE() >> 1n) | 1n;
}

/** A certificate counts whole seconds; a fraction is left out, so that it never outlasts the grant. */
function wholeSecond(instant: Date): Date {
  return new Date(Math.floor(instant.getTime() / 1000) * 1000);
}

/** The clock of a host may be slower than ours: it would refuse a certificate that begins now. */
const earlySeconds = 300;
