import { copyFile, realpath, stat } from "node:fs/promises";
import { TargetRefused, TargetUnreachable } from "../../../ports/target.ts";
import { fileErrorCode } from "../files/file-errors.ts";
import { replaceFile } from "../files/replace-file.ts";
import type { Certificate } from "./certificate.ts";
import type { SshAccess } from "./ssh-access.ts";
import { runKeygen } from "./ssh-keygen.ts";

/** Whether the revocation list names a certificate. Throws TargetRefused when the list is missing or damaged. */
export async function isRevoked(access: SshAccess, certificate: Certificate): Promise<boolean> {
  return isNamedIn(await existingList(access), certificate.path, access.timeoutSeconds);
}

/**
 * Refuses to sign a key that is itself on the revocation list, because it was lost: sshd would not take the certificate.
 * Also asks for the list before anything is given that could not be taken back.
 */
export async function refuseRevokedKey(
  access: SshAccess,
  publicKeyFile: string,
  identity: string,
): Promise<void> {
  if (!(await isNamedIn(await existingList(access), publicKeyFile, access.timeoutSeconds))) return;
  throw new TargetRefused(
    `The public key of ${identity} is on the revocation list: put a new one into ${access.publicKeys}.`,
  );
}

/**
 * Adds certificates to the revocation list: by their serial, so that other certificates of the same key go on. Everything that was on it
 * stays. sshd refuses everybody when the list is missing or damaged: a copy is extended, read back, and only then
 * takes its place in one step. The caller holds the lock, or the revocation of another process would be lost.
 */
export async function addToList(
  access: SshAccess,
  certificates: readonly Certificate[],
): Promise<void> {
  // A link stays one: what it leads to is replaced.
  const list = await realpath(await existingList(access));
  const { timeoutSeconds } = access;
  await replaceFile(list, async (copy) => {
    await copyFile(list, copy);
    const version = String(Math.floor(Date.now() / 1000));
    const paths = certificates.map(({ path }) => path);
    const added = await runKeygen(["-k", "-u", "-f", copy, "-z", version, ...paths], {
      timeoutSeconds,
    });
    if (added.code !== 0) throw damaged(list, added.stderr);
    for (const path of paths) {
      if (await isNamedIn(copy, path, timeoutSeconds)) continue;
      throw damaged(list, `${path} is not on it after it was added`);
    }
  });
}

async function existingList({ revocationList }: SshAccess): Promise<string> {
  try {
    if ((await stat(revocationList)).isFile()) return revocationList;
  } catch (error) {
    if (fileErrorCode(error) !== "ENOENT") throw error;
  }
  throw new TargetRefused(
    `The revocation list ${revocationList} does not exist, and sshd refuses everybody without it: restore it. ` +
      `Only if there never was one, make an empty one: ssh-keygen -k -f ${revocationList} /dev/null`,
  );
}

async function isNamedIn(list: string, path: string, timeoutSeconds: number): Promise<boolean> {
  const { code, stdout, stderr } = await runKeygen(["-Q", "-f", list, path], { timeoutSeconds });
  if (code === 0) return false;
  if (code === 1 && stdout.trimEnd().endsWith(": REVOKED")) return true;
  if (stderr.includes("KRL")) throw damaged(list, stderr);
  throw new TargetUnreachable(
    `ssh-keygen could not look up ${path} (${stderr}): it may just have been replaced; try again.`,
  );
}

function damaged(list: string, detail: string): TargetRefused {
  return new TargetRefused(
    `The revocation list ${list} cannot be used (${detail}): restore it from the hosts or a backup. ` +
      "It must be a list of ssh-keygen -k, no text.",
  );
}
