import { stat } from "node:fs/promises";
import { TargetRefused } from "../../../ports/target.ts";
import { fileErrorCode } from "../files/file-errors.ts";
import { fingerprintOf } from "./public-key.ts";
import type { SshAccess } from "./ssh-access.ts";
import { runKeygen } from "./ssh-keygen.ts";

/** What a certificate is to say. */
export interface CertificateOrder {
  readonly permission: string;
  readonly keyId: string;
  readonly serial: bigint;
  readonly validFrom: Date;
  readonly validBefore: Date;
}

/**
 * Reads the CA's fingerprint from its private key, which proves that it can be used. Throws TargetRefused for one that others
 * than its owner can read: whoever has it signs access for everybody, and nobody would see it.
 */
export async function authorityFingerprint(access: SshAccess): Promise<string> {
  const { caKeyFile, timeoutSeconds } = access;
  await requirePrivate(caKeyFile);
  const answer = await runKeygen(["-y", "-P", "", "-f", caKeyFile], { timeoutSeconds });
  const [, key] = /^\S+ (\S+)/u.exec(answer.stdout) ?? [];
  if (answer.code === 0 && key !== undefined) return fingerprintOf(key);
  throw new TargetRefused(
    `The CA key ${caKeyFile} cannot be used: it must be a private key of OpenSSH without a passphrase. ` +
      "Make one with ssh-keygen -t ed25519.",
  );
}

/** Signs the public key in `<name>.pub` and leaves the certificate in `<name>-cert.pub`. */
export async function signCertificate(
  { caKeyFile, extensions, timeoutSeconds }: SshAccess,
  publicKeyFile: string,
  order: CertificateOrder,
): Promise<void> {
  const validity = `${inSeconds(order.validFrom)}:${inSeconds(order.validBefore)}`;
  const permits = ["clear", ...extensions].flatMap((extension) => ["-O", extension]);
  const names = ["-I", order.keyId, "-n", order.permission, "-z", String(order.serial)];
  const answer = await runKeygen(
    ["-q", "-s", caKeyFile, "-P", "", ...names, "-V", validity, ...permits, publicKeyFile],
    { timeoutSeconds },
  );
  if (answer.code === 0) return;
  throw new TargetRefused(
    `ssh-keygen did not sign (${answer.stderr}): correct the public key or the CA key.`,
  );
}

async function requirePrivate(path: string): Promise<void> {
  const mode = await stat(path).then(
    (status) => status.mode,
    (error: unknown) => {
      const code = fileErrorCode(error) ?? "unreadable";
      throw new TargetRefused(
        `The CA key ${path} cannot be read (${code}): put the private key of the user CA there, with mode 600.`,
        { cause: error },
      );
    },
  );
  if ((mode & 0o077) === 0) return;
  throw new TargetRefused(
    `The CA key ${path} can be read by others than its owner. Run: chmod 600 ${path}`,
  );
}

/** ssh-keygen reads it as UTC, because it runs in that time zone; the letter Z is only known since OpenSSH 9.1. */
function inSeconds(instant: Date): string {
  return instant.toISOString().replace(/\.\d+Z$|[-:T]/gu, "");
}
