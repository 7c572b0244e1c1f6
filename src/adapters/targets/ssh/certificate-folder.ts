import { createHash } from "node:crypto";
import { mkdir, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { listFiles, readTextFile } from "../files/read-files.ts";
import { replaceFile } from "../files/replace-file.ts";
import { readCertificate, wasOverAt } from "./certificate.ts";
import type { Certificate } from "./certificate.ts";
import type { SshAccess } from "./ssh-access.ts";

/**
 * Reads every certificate of an identity that is there, whoever signed it. Those that were replaced by one with a later
 * end are still valid: they stay in `<identity>/issued`, which is the record of what has to be revoked.
 */
export async function readCertificates(
  access: SshAccess,
  identity: string,
): Promise<readonly Certificate[]> {
  // Without the folder itself nothing is known; without the identity's folder it holds nothing.
  await stat(access.certificates);
  const folder = join(access.certificates, identity);
  const texts = new Map<string, { readonly path: string; readonly text: string }>();
  // What is recorded keeps its file when the one for the owner is replaced.
  for (const place of [join(folder, recordFolder), folder]) {
    for (const path of await certificateFiles(place)) {
      const text = await readTextFile(path);
      if (text !== null) texts.set(text, texts.get(text) ?? { path, text });
    }
  }
  const { timeoutSeconds } = access;
  const found = await Promise.all(
    [...texts.values()].map(({ path, text }) => readCertificate(path, text, timeoutSeconds)),
  );
  return found.filter((certificate) => certificate !== null);
}

/** Makes the folders of an identity, and returns the path, without its ending, for a new certificate on record. */
export async function recordPath(
  { certificates }: SshAccess,
  identity: string,
  serial: bigint,
): Promise<string> {
  await makeFolders(certificates, identity);
  return join(certificates, identity, recordFolder, String(serial));
}

/** Leaves a certificate for its owner. What somebody else has put in that place goes on record. */
export async function publish(
  access: SshAccess,
  identity: string,
  permission: string,
  certificate: Certificate,
): Promise<void> {
  const path = join(access.certificates, identity, `${permission}${certificateEnding}`);
  const before = await readTextFile(path);
  if (before === certificate.text) return;
  if (before !== null) await keepOnRecord(access, identity, before);
  await replaceFile(path, (file) => writeFile(file, certificate.text, { mode: 0o644 }));
}

/** Takes revoked certificates out of where their owner finds them, and keeps them on record. */
export async function withdraw(
  access: SshAccess,
  identity: string,
  revoked: readonly Certificate[],
): Promise<void> {
  const texts = new Set(revoked.map(({ text }) => text));
  for (const path of await certificateFiles(join(access.certificates, identity))) {
    const text = await readTextFile(path);
    if (text === null || !texts.has(text)) continue;
    await keepOnRecord(access, identity, text);
    await rm(path, { force: true });
  }
}

/** Removes what has been over for a day. A clock of a host that is slower than that is beyond what an end can protect. */
export async function forgetOver(certificates: readonly Certificate[]): Promise<void> {
  const dayAgo = new Date(Date.now() - 86_400_000);
  for (const certificate of certificates) {
    if (wasOverAt(certificate, dayAgo)) await rm(certificate.path, { force: true });
  }
}

async function keepOnRecord(
  { certificates }: SshAccess,
  identity: string,
  text: string,
): Promise<void> {
  const folder = join(certificates, identity, recordFolder);
  for (const path of await certificateFiles(folder)) {
    if ((await readTextFile(path)) === text) return;
  }
  await makeFolders(certificates, identity);
  const name = createHash("sha256").update(text).digest("hex").slice(0, 32);
  const path = join(folder, `${name}${certificateEnding}`);
  await replaceFile(path, (file) => writeFile(file, text, { mode: 0o644 }));
}

/** Never makes the folder of all certificates: where it is missing, a disk may be. */
async function makeFolders(certificates: string, identity: string): Promise<void> {
  await stat(certificates);
  await mkdir(join(certificates, identity, recordFolder), { recursive: true, mode: 0o755 });
}

async function certificateFiles(folder: string): Promise<readonly string[]> {
  const names = (await listFiles(folder)) ?? [];
  return names
    .filter((name) => name.endsWith(certificateEnding) && !name.startsWith("."))
    .map((name) => join(folder, name));
}

const recordFolder = "issued";
const certificateEnding = "-cert.pub";
