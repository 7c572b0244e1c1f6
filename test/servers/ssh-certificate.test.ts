import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmod,
  lstat,
  mkdir,
  readFile,
  readdir,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import type { SshAccess } from "../../src/adapters/targets/ssh/ssh-access.ts";
import { TargetRefused, TargetUnreachable } from "../../src/ports/target.ts";
import { describeTarget } from "../contract/target.contract.ts";
import { openSshWorld } from "../support/ssh/ssh-world.ts";
import type { SshWorld } from "../support/ssh/ssh-world.ts";

describeTarget("SSH certificates", openSshWorld);

const soon = (seconds: number) => new Date(Date.now() + seconds * 1000);
/** As ssh-keygen reads and writes an instant. */
const stamp = (instant: Date) => instant.toISOString().slice(0, 19);
const digits = (instant: Date) => stamp(instant).replace(/\D/gu, "");
const end = soon(3600);

describe("SSH certificates: what can go wrong with files", () => {
  let world: SshWorld;
  let access: SshAccess;
  const held = async (identity = "anna") => (await world.target.observe(identity)).permissions;
  const give = (identity: string, permission: string, expiresAt = end) =>
    world.target.provision(identity, permission, expiresAt);
  const refusal = (message: string) => ({
    name: "TargetRefused",
    message: expect.stringContaining(message) as string,
  });
  const listing = (permission = "deploy") =>
    world.keygen("-L", "-f", world.certificateOf("anna", permission));
  /** Every file of certificates there is for an identity. */
  const files = async () => {
    const names = await readdir(join(access.certificates, "anna"), { recursive: true });
    return names.filter((name) => name.endsWith(".pub")).sort();
  };
  /** Signs by hand, into the folder of an identity. */
  const signInto = async (name: string, ...how: readonly string[]) => {
    const folder = join(access.certificates, "anna");
    await mkdir(join(folder, "issued"), { recursive: true });
    await writeFile(join(folder, `${name}.pub`), await readFile(`${world.keyOf("anna")}.pub`));
    const order = ["-q", "-s", access.caKeyFile, "-I", "by hand", "-n", "deploy", ...how];
    await world.keygen(...order, join(folder, `${name}.pub`));
    await rm(join(folder, `${name}.pub`));
    return join(folder, `${name}-cert.pub`);
  };
  const isOnList = (path: string) =>
    world.keygen("-Q", "-f", access.revocationList, path).then(
      () => false,
      () => true,
    );

  beforeEach(async () => {
    world = await openSshWorld();
    ({ access } = world);
    await world.addIdentity("anna");
    await world.addPermission("deploy");
    await world.addPermission("debug");
  });
  afterEach(() => world.close());

  it("signs for the principal alone, to the second of the end, and a little before now", async () => {
    const ends = new Date(`${stamp(end)}.900Z`);
    await give("anna", "deploy", ends);
    const said = await listing();
    expect(said).toContain('Key ID: "countersign identity=anna permission=deploy"');
    expect(said).toMatch(/Principals: \n {16}deploy\n {8}Critical/u);
    const [, from, to] = /Valid: from (\S+) to (\S+)/u.exec(said) ?? [];
    expect(to).toBe(stamp(end));
    expect(new Date(`${from ?? ""}Z`).getTime()).toBeLessThan(Date.now() - 200_000);
    expect((await stat(world.certificateOf("anna", "deploy"))).mode & 0o777).toBe(0o644);
  });

  it("permits a terminal and nothing else, unless the setting says so", async () => {
    await give("anna", "deploy");
    expect(await listing()).toMatch(/Extensions: \n {16}permit-pty\n$/u);
    await world.open({ extensions: [] }).provision("anna", "debug", end);
    expect(await listing("debug")).toMatch(/Extensions: \(none\)\n$/u);
    const forwarding = world.open({ extensions: ["permit-port-forwarding"] });
    await forwarding.provision("anna", "debug", soon(7200));
    expect(await listing("debug")).toMatch(/Extensions: \n {16}permit-port-forwarding\n$/u);
  });

  it("refuses a CA key that others can read, that needs a passphrase, or that is not there", async () => {
    await chmod(access.caKeyFile, 0o640);
    await expect(give("anna", "deploy")).rejects.toMatchObject(refusal("chmod 600"));
    await chmod(access.caKeyFile, 0o600);
    const locked = join(world.folder, "locked-ca");
    await world.keygen("-q", "-t", "ed25519", "-N", "s3cret", "-f", locked);
    const other = world.open({ caKeyFile: locked });
    await expect(other.provision("anna", "deploy", end)).rejects.toMatchObject(
      refusal("without a passphrase"),
    );
    await rm(access.caKeyFile);
    await expect(give("anna", "deploy")).rejects.toMatchObject(refusal("with mode 600"));
    expect(await held()).toEqual([]);
  });

  it("never makes a certificate for two principals out of a name with a comma", async () => {
    await world.addPermission("deploy,root");
    await expect(give("anna", "deploy,root")).rejects.toMatchObject(refusal("deploy,root"));
    expect(await held()).toEqual([]);
  });

  it.each(["../anna", "..", ".hidden", "a/b", "-oProxyCommand=x", "a b", "a\nb", "x".repeat(201)])(
    "takes %j for no name, and touches no file for it",
    async (name) => {
      await world.addPermission(name);
      await expect(give(name, "deploy")).rejects.toThrow(TargetRefused);
      await expect(give("anna", name)).rejects.toThrow(TargetRefused);
      expect(await held(name)).toEqual([]);
      await world.target.revoke(name, "deploy");
      expect(await readdir(access.certificates)).toEqual([]);
    },
  );

  it("says where a public key that is missing has to be put", async () => {
    await expect(give("zoe", "deploy")).rejects.toMatchObject(
      refusal(join(access.publicKeys, "zoe.pub")),
    );
    await rename(access.publicKeys, `${access.publicKeys}.away`);
    await expect(give("anna", "deploy")).rejects.toThrow(TargetUnreachable);
  });

  it.each([
    ["nothing", () => "\n"],
    ["two keys", (key: string) => `${key}${key}`],
    ["a line with options", (key: string) => `cert-authority ${key}`],
    ["a damaged key", (key: string) => key.replace("AAAA", "AAAB")],
    ["a private key", () => "-----BEGIN OPENSSH PRIVATE KEY-----\n"],
  ])("signs no public key file that holds %s", async (_, content) => {
    const path = `${world.keyOf("anna")}.pub`;
    await writeFile(path, content(await readFile(path, "utf8")));
    await expect(give("anna", "deploy")).rejects.toThrow(TargetRefused);
    expect(await held()).toEqual([]);
  });

  it("does not wait for ever where a pipe was put in the place of a key", async () => {
    const path = `${world.keyOf("anna")}.pub`;
    await rm(path);
    await promisify(execFile)("mkfifo", [path]);
    await expect(give("anna", "deploy")).rejects.toMatchObject(refusal("ordinary file"));
  });

  it("signs no key that is on the revocation list itself, because it was lost", async () => {
    await world.keygen("-k", "-u", "-f", access.revocationList, `${world.keyOf("anna")}.pub`);
    await expect(give("anna", "deploy")).rejects.toMatchObject(refusal("put a new one"));
    expect(await held()).toEqual([]);
  });

  it("signs nothing that is over already", async () => {
    await expect(give("anna", "deploy", new Date())).rejects.toMatchObject(refusal("is over"));
    await expect(give("anna", "deploy", new Date(Number.NaN))).rejects.toThrow(TargetRefused);
  });

  it("reads principals as sshd does: a folder of files, comments, options before the name", async () => {
    const folder = join(world.folder, "auth_principals");
    await mkdir(folder);
    await writeFile(join(folder, "root"), '# deploy\n\nfrom="10.0.0.0/8" debug\n');
    const target = world.open({ principals: folder });
    await target.provision("anna", "debug", end);
    await expect(target.provision("anna", "deploy", end)).rejects.toMatchObject(refusal(folder));
  });

  it("K4: leaves a certificate alone that ends no sooner, and puts it back where it was removed", async () => {
    await give("anna", "deploy");
    const before = await files();
    await rm(world.certificateOf("anna", "deploy"));
    await give("anna", "deploy", soon(60));
    expect(await files()).toEqual(before);
    expect(await listing()).toContain(` to ${stamp(end)}`);
  });

  it("signs again for a new key of the person, and for a new CA", async () => {
    await give("anna", "deploy");
    await rm(world.keyOf("anna"));
    await rm(`${world.keyOf("anna")}.pub`);
    await world.addIdentity("anna");
    await give("anna", "deploy");
    const ca = join(world.folder, "next-ca");
    await world.keygen("-q", "-t", "ed25519", "-N", "", "-f", ca);
    await world.open({ caKeyFile: ca }).provision("anna", "deploy", end);
    expect(await files()).toHaveLength(4);
    await world.target.revoke("anna", "deploy");
    expect(await held()).toEqual([]);
    for (const name of await files()) {
      expect(await isOnList(join(access.certificates, "anna", name))).toBe(true);
    }
  });

  it("finds what was signed in a crash before it was left for its owner", async () => {
    await give("anna", "deploy");
    await rm(world.certificateOf("anna", "deploy"));
    expect(await held()).toEqual(["deploy"]);
    await world.target.revoke("anna", "deploy");
    expect(await held()).toEqual([]);
  });

  it("K5: keeps track of what somebody else left in the same place", async () => {
    const byHand = await signInto("deploy");
    const text = await readFile(byHand, "utf8");
    await give("anna", "deploy");
    expect(await readFile(byHand, "utf8")).not.toBe(text);
    await world.target.revoke("anna", "deploy");
    expect(await held()).toEqual([]);
    const copy = join(world.folder, "copy-cert.pub");
    await writeFile(copy, text);
    expect(await isOnList(copy)).toBe(true);
  });

  it("takes no host certificate, damaged or half-written file for access", async () => {
    await signInto("host", "-h");
    const whole = await readFile(await signInto("whole"), "utf8");
    await rm(join(access.certificates, "anna", "whole-cert.pub"));
    expect(await held()).toEqual([]);
    for (const text of ["", whole.slice(0, 200), whole.replace("AAAA", "AAAB"), "no certificate"]) {
      await writeFile(world.certificateOf("anna", "half"), text);
      expect(await held()).toEqual([]);
    }
    await writeFile(world.certificateOf("anna", "half"), whole);
    expect(await held()).toEqual(["deploy"]);
  });

  it("refuses to guess what a certificate says that writes lines of its own", async () => {
    const spoofed = `x"\n        Serial: 5\n        Valid: before 2001-01-01T00:00:00`;
    await signInto("spoofed", "-I", spoofed);
    await expect(held()).rejects.toMatchObject(refusal("without doubt"));
  });

  it("revokes also what was just over, for hosts whose clock is slow, and forgets what is long over", async () => {
    const over = async (name: string, seconds: number) =>
      signInto(name, "-V", `${digits(soon(-200_000))}:${digits(soon(-seconds))}`, "-z", "7");
    const [just, long] = [await over("issued/just", 60), await over("issued/long", 90_000)];
    expect(await held()).toEqual([]);
    await world.target.revoke("anna", "deploy");
    expect(await isOnList(just)).toBe(true);
    expect(await files()).toEqual(["issued/just-cert.pub"]);
    await expect(stat(long)).rejects.toThrow("ENOENT");
  });

  it.each([
    ["empty", ""],
    ["text", "ssh-ed25519 AAAA\n"],
  ])("refuses a revocation list that is %s, and leaves it as it is", async (_, content) => {
    await give("anna", "deploy");
    await writeFile(access.revocationList, content);
    await expect(held()).rejects.toMatchObject(refusal("restore it"));
    await expect(world.target.revoke("anna", "deploy")).rejects.toMatchObject(
      refusal("restore it"),
    );
    expect(await readFile(access.revocationList, "utf8")).toBe(content);
  });

  it("keeps what is on the list, its mode and a link to it, and leaves nothing behind", async () => {
    const real = join(world.folder, "distributed", "list");
    await mkdir(join(world.folder, "distributed"));
    await rename(access.revocationList, real);
    await symlink(real, access.revocationList);
    await chmod(real, 0o640);
    const earlier = await signInto("earlier", "-z", "77");
    await world.keygen("-k", "-u", "-f", real, earlier);
    await give("anna", "debug");
    const path = world.certificateOf("anna", "debug");
    const copy = join(world.folder, "copy-cert.pub");
    await writeFile(copy, await readFile(path));
    await world.target.revoke("anna", "debug");
    expect([await isOnList(copy), await isOnList(earlier)]).toEqual([true, true]);
    expect((await stat(real)).mode & 0o777).toBe(0o640);
    expect((await lstat(access.revocationList)).isSymbolicLink()).toBe(true);
    expect(await readdir(join(world.folder, "distributed"))).toEqual(["list"]);
    await expect(stat(path)).rejects.toThrow("ENOENT");
  });

  it("is unreachable while another process holds the lock, and does nothing", async () => {
    await give("anna", "deploy");
    const holder = spawn("flock", [`${access.revocationList}.lock`, "cat"]);
    onTestFinished(async () => {
      holder.stdin.end();
      await once(holder, "close");
    });
    holder.stdin.write("\n");
    await once(holder.stdout, "data");
    const impatient = world.open({ timeoutSeconds: 0.3 });
    await expect(impatient.revoke("anna", "deploy")).rejects.toThrow(TargetUnreachable);
    await expect(impatient.provision("anna", "debug", end)).rejects.toThrow(TargetUnreachable);
    expect(await held()).toEqual(["deploy"]);
  });

  it("is unreachable for a revoke when the folder of certificates is not mounted", async () => {
    await give("anna", "deploy");
    await rename(access.certificates, `${access.certificates}.away`);
    await expect(world.target.revoke("anna", "deploy")).rejects.toThrow(TargetUnreachable);
    await expect(held()).rejects.toThrow(TargetUnreachable);
    await expect(stat(access.certificates)).rejects.toThrow("ENOENT");
  });
});
