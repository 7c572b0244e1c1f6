import { createHash } from "node:crypto";
import { join } from "node:path";
import { TargetRefused, TargetUnreachable } from "../../../ports/target.ts";
import { listFiles, readTextFile } from "../files/read-files.ts";
import type { SshAccess } from "./ssh-access.ts";
import { runKeygen } from "./ssh-keygen.ts";

/** The key that a person logs in with, as the operator put it there. */
export interface PublicKey {
  /** Type and key, without options and comment. */
  readonly line: string;
  readonly fingerprint: string;
}

/** Reads the one public key of an identity. Throws TargetRefused when there is none, more than one, or something else. */
export async function readPublicKey(access: SshAccess, identity: string): Promise<PublicKey> {
  const path = join(access.publicKeys, `${identity}.pub`);
  const text = await readTextFile(path);
  if (text === null) throw await missing(access, identity, path);
  const lines = text.split("\n").filter((line) => /^\s*[^\s#]/u.test(line));
  const [type = "", key = ""] = lines[0]?.trim().split(/\s+/u) ?? [];
  const line = `${type} ${key}`;
  if (lines.length === 1 && keyTypes.test(type) && (await isKey(access, line))) {
    return { line, fingerprint: fingerprintOf(key) };
  }
  throw new TargetRefused(
    `${path} is not one public key: put the one line there that ssh-keygen writes to a .pub file, ` +
      "of type ed25519, ecdsa or rsa, and no certificate.",
  );
}

/** Computes what OpenSSH prints as the fingerprint of a key, from its base64. */
export function fingerprintOf(key: string): string {
  const digest = createHash("sha256").update(Buffer.from(key, "base64")).digest("base64");
  return `SHA256:${digest.replace(/=+$/u, "")}`;
}

async function isKey({ timeoutSeconds }: SshAccess, line: string): Promise<boolean> {
  const { code } = await runKeygen(["-l", "-f", "-"], { timeoutSeconds, input: `${line}\n` });
  return code === 0;
}

async function missing(
  { publicKeys }: SshAccess,
  identity: string,
  path: string,
): Promise<TargetRefused | TargetUnreachable> {
  if ((await listFiles(publicKeys)) === null) {
    return new TargetUnreachable(
      `The folder ${publicKeys} is not there: mount it, or make it with one <identity>.pub a person.`,
    );
  }
  return new TargetRefused(
    `There is no public key of ${identity}: put it into ${path}, after checking with them that it is theirs.`,
  );
}

const keyTypes =
  /^(?:ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(?:256|384|521)|sk-(?:ssh-ed25519|ecdsa-sha2-nistp256)@openssh\.com)$/u;
