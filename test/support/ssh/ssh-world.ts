import { execFile } from "node:child_process";
import { appendFile, copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { SshAccess } from "../../../src/adapters/targets/ssh/ssh-access.ts";
import { openSshCertificateTarget } from "../../../src/adapters/targets/ssh/ssh-certificate-target.ts";
import type { Target } from "../../../src/ports/target.ts";
import type { TargetWorld } from "../../contract/target.contract.ts";

/** A user CA with its folders, and the hands of the operator who keeps them. */
export interface SshWorld extends TargetWorld {
  readonly access: SshAccess;
  readonly folder: string;
  /** A second executor on the same folders, with other settings where they are given. */
  open(changes?: Partial<SshAccess>): Target;
  readonly keygen: (...args: readonly string[]) => Promise<string>;
  /** The private key of an identity that was added. */
  keyOf(identity: string): string;
  /** Where the certificate of an identity for a permission is left for them. */
  certificateOf(identity: string, permission: string): string;
  /** What a person does: copies their certificate to a place that nobody cleans up. Returns its path. */
  fetch(identity: string, permission: string): Promise<string>;
}

/** Makes a CA, an empty revocation list and empty folders in a temporary one, which `close` removes. */
export async function openSshWorld(): Promise<SshWorld> {
  const folder = await mkdtemp(join(tmpdir(), "countersign-ssh-"));
  const access: SshAccess = {
    caKeyFile: join(folder, "user-ca"),
    publicKeys: join(folder, "keys"),
    certificates: join(folder, "certificates"),
    principals: join(folder, "principals"),
    revocationList: join(folder, "revoked-keys"),
    extensions: ["permit-pty"],
    timeoutSeconds: 5,
  };
  await mkdir(access.publicKeys);
  await mkdir(access.certificates);
  await writeFile(access.principals, "# What can be asked for\n");
  await keygen("-q", "-t", "ed25519", "-N", "", "-C", "CA", "-f", access.caKeyFile);
  await keygen("-q", "-k", "-f", access.revocationList, "/dev/null");
  const keyOf = (identity: string) => join(folder, "keys", identity);
  const target = openSshCertificateTarget(access);
  const certificateOf = (identity: string, permission: string) =>
    join(access.certificates, identity, `${permission}-cert.pub`);
  let fetched = 0;
  return {
    access,
    folder,
    target,
    keygen,
    keyOf,
    certificateOf,
    fetch: async (identity, permission) => {
      const copy = join(folder, `fetched-${String((fetched += 1))}-cert.pub`);
      await copyFile(certificateOf(identity, permission), copy);
      return copy;
    },
    open: (changes = {}) => openSshCertificateTarget({ ...access, ...changes }),
    spell: (permission) => permission.replaceAll(" ", "-"),
    canName: (name) => /^\w+$/u.test(name),
    addIdentity: async (name) => {
      await keygen("-q", "-t", "ed25519", "-N", "", "-C", `${name}@laptop`, "-f", keyOf(name));
    },
    addPermission: (name) => appendFile(access.principals, `${name.replaceAll(" ", "-")}\n`),
    dropIdentity: (name) => rm(`${keyOf(name)}.pub`),
    dropPermission: async (name) => {
      const listed = (await readFile(access.principals, "utf8")).split("\n");
      await writeFile(access.principals, listed.filter((line) => line !== name).join("\n"));
    },
    give: (identity, permission) => giveByHand(access, identity, permission),
    unreachable: () =>
      openSshCertificateTarget({ ...access, certificates: join(folder, "not-mounted") }),
    close: async () => {
      await target.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** What an administrator does who has the CA key: no serial, a key id of their own, and for ever. */
async function giveByHand(access: SshAccess, identity: string, permission: string): Promise<void> {
  const folder = join(access.certificates, identity);
  await mkdir(folder, { recursive: true });
  const copy = join(folder, `${permission}.pub`);
  await writeFile(copy, await readFile(join(access.publicKeys, `${identity}.pub`)));
  await keygen("-q", "-s", access.caKeyFile, "-I", `by hand ${identity}`, "-n", permission, copy);
  await rm(copy);
}

async function keygen(...args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)("ssh-keygen", [...args], {
    env: { PATH: process.env["PATH"] ?? "", TZ: "UTC" },
  });
  return stdout;
}
