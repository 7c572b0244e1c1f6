import { execFile, spawn } from "node:child_process";
import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { access, chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { userInfo } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { expect } from "vitest";
import type { SshWorld } from "./ssh-world.ts";

/** A real sshd on 127.0.0.1 that lets in whoever has a certificate of the world's CA for a principal that it names. */
export interface RunningSshd {
  /** Logs in with an identity's key and a certificate: `in`, or what sshd wrote to its log while it refused. */
  login(identity: string, certificate: string): Promise<string>;
  /** Starts a session that stays: what is written to it comes back. */
  session(identity: string, certificate: string): ChildProcessWithoutNullStreams;
  /** Everything that sshd wrote to its log so far. */
  log(): string;
  stop(): Promise<void>;
}

/** Starts Debian's sshd as the user who runs the test, who is also who everybody logs in as. Fails when there is none. */
export async function startSshd(
  world: SshWorld,
  principals: readonly string[],
): Promise<RunningSshd> {
  if (!existsSync(program)) {
    throw new Error(`No ${program} on this machine: apt-get install -y openssh-server`);
  }
  const port = await freePort();
  const config = await writeConfiguration(world, principals, port);
  const server = spawn(program, ["-D", "-e", "-f", config]);
  let log = "";
  server.stderr.on("data", (chunk: Buffer) => (log += chunk.toString()));
  const ended = once(server, "exit").then(() => Promise.reject(new Error(`sshd ended: ${log}`)));
  await Promise.race([saying(() => log, /Server listening/u), ended]);
  ended.catch(() => undefined);
  const options = (identity: string, certificate: string): readonly string[] => [
    ...["-F", "none", "-p", String(port), "-i", world.keyOf(identity)],
    ...["-o", `CertificateFile=${certificate}`],
    ...[
      "IdentitiesOnly=yes",
      "BatchMode=yes",
      "StrictHostKeyChecking=no",
      "LogLevel=ERROR",
      "KexAlgorithms=curve25519-sha256",
    ]
      .concat("UserKnownHostsFile=/dev/null")
      .flatMap((option) => ["-o", option]),
    `${userInfo().username}@127.0.0.1`,
  ];
  return {
    log: () => log,
    login: async (identity, certificate) => {
      // Without it ssh would be refused for the wrong reason.
      await access(certificate);
      const before = log.length;
      const args = [...options(identity, certificate), "echo in"];
      const client = await promisify(execFile)("ssh", args, { timeout: 20_000 }).catch(
        (error: unknown) => error as { readonly stdout: string; readonly stderr: string },
      );
      if (client.stderr === "") return client.stdout.trim();
      expect(client.stderr).toContain("Permission denied");
      await saying(() => log.slice(before), /Connection (?:closed|reset) by .*\[preauth\]/u);
      return log.slice(before);
    },
    session: (identity, certificate) => spawn("ssh", [...options(identity, certificate), "cat"]),
    stop: async () => {
      if (server.exitCode !== null) return;
      server.kill();
      await once(server, "exit");
    },
  };
}

async function writeConfiguration(
  { access: files, folder, keygen }: SshWorld,
  principals: readonly string[],
  port: number,
): Promise<string> {
  // sshd insists on this folder when it runs as root; the package makes it at boot only.
  if (userInfo().uid === 0) await mkdir("/run/sshd", { recursive: true, mode: 0o755 });
  const path = (name: string) => join(folder, name);
  await chmod(folder, 0o755);
  await keygen("-q", "-t", "ed25519", "-N", "", "-f", path("host-key"));
  await writeFile(path("user-ca-of-host.pub"), await readFile(`${files.caKeyFile}.pub`));
  await writeFile(path("principals-of-host"), `${principals.join("\n")}\n`);
  const settings = [
    `ListenAddress 127.0.0.1:${String(port)}`,
    `HostKey ${path("host-key")}`,
    `TrustedUserCAKeys ${path("user-ca-of-host.pub")}`,
    `RevokedKeys ${files.revocationList}`,
    `AuthorizedPrincipalsFile ${path("principals-of-host")}`,
    "AuthorizedKeysFile none",
    "AuthenticationMethods publickey",
    "PermitRootLogin prohibit-password",
    "StrictModes no",
    "UsePAM no",
    "PidFile none",
    "LogLevel VERBOSE",
  ];
  await writeFile(path("sshd_config"), `${settings.join("\n")}\n`);
  return path("sshd_config");
}

/** Waits until the log has a line; the time-out of the test ends it when it never comes. */
async function saying(log: () => string, line: RegExp): Promise<void> {
  while (!line.test(log())) await sleep(10);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

const program = "/usr/sbin/sshd";
