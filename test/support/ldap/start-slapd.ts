import { execFile, spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, chown, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { freePort } from "../e2e/free-port.ts";

/** A real OpenLDAP in a temporary folder, on 127.0.0.1, with an empty directory `dc=example,dc=org`. */
export interface RunningSlapd {
  /** `ldap://127.0.0.1:PORT`, where STARTTLS is offered too. */
  readonly url: string;
  readonly tlsUrl: string;
  /** The authority of the server's certificate, in PEM; the certificate is for 127.0.0.1. */
  readonly ca: string;
  /** Makes the server hang, or go on. */
  signal(signal: "SIGSTOP" | "SIGCONT"): void;
  /** Stops the server and removes its folder. Repeatable. */
  stop(): Promise<void>;
}

export interface SlapdOptions {
  /** `access to …` lines of the database. */
  readonly acl: string;
  /** More lines of the database, such as limits. */
  readonly database?: string;
  /** Definitions to use instead of those of Debian's `nis.schema`. */
  readonly schema?: string;
}

/** Who may do everything in the directory of `startSlapd`. */
export const slapdAdministrator = { dn: "cn=admin,dc=example,dc=org", password: "admin" };

/** Starts slapd as an ordinary user. Fails when there is none on this machine. */
export async function startSlapd(options: SlapdOptions): Promise<RunningSlapd> {
  const [program, openssl] = [findProgram("slapd"), findProgram("openssl")];
  const folder = await mkdtemp(join(tmpdir(), "countersign-slapd-"));
  const ca = await makeCertificate(openssl, folder);
  const configuration = join(folder, "slapd.conf");
  await writeFile(configuration, configurationOf(folder, options));
  await mkdir(join(folder, "database"));
  await handOver(folder);
  const [port, tlsPort] = [await freePort(), await freePort()];
  const url = `ldap://127.0.0.1:${String(port)}`;
  const tlsUrl = `ldaps://127.0.0.1:${String(tlsPort)}`;
  const server = runOrdinary(program, ["-d", "0", "-f", configuration, "-h", `${url} ${tlsUrl}`]);
  const stop = async () => {
    if (server.exitCode === null && server.signalCode === null) {
      const ended = new Promise((resolve) => server.once("exit", resolve));
      server.kill("SIGKILL");
      await ended;
    }
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await Promise.all([answers(server, port), answers(server, tlsPort)]);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, tlsUrl, ca, signal: (signal) => server.kill(signal), stop };
}

const isRoot = process.getuid?.() === 0;

function findProgram(name: "slapd" | "openssl"): string {
  const folders = ["/usr/sbin", "/usr/bin", ...(process.env["PATH"] ?? "").split(delimiter)];
  const found = folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
  if (found !== undefined) return found;
  throw new Error(`No ${name} on this machine: apt-get install -y ${name}`);
}

function runOrdinary(program: string, args: readonly string[]): ChildProcess {
  const asNobody = ["--reuid=nobody", "--regid=nogroup", "--clear-groups", program, ...args];
  const [command, all] = isRoot ? ["setpriv", asNobody] : [program, [...args]];
  return spawn(command, all, { stdio: "ignore" });
}

async function handOver(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  if (!isRoot) return;
  const { stdout: uid } = await promisify(execFile)("id", ["-u", "nobody"]);
  for (const path of [folder, join(folder, "database"), join(folder, "key.pem")]) {
    await chown(path, Number(uid), -1);
  }
}

async function makeCertificate(openssl: string, folder: string): Promise<string> {
  const [key, certificate] = [join(folder, "key.pem"), join(folder, "certificate.pem")];
  const { stdout } = await promisify(execFile)(openssl, [
    ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"],
    ...["-days", "2", "-subj", "/CN=slapd of a test", "-addext", "subjectAltName=IP:127.0.0.1"],
    ...["-keyout", key],
  ]);
  await writeFile(certificate, stdout);
  return stdout;
}

function configurationOf(folder: string, options: SlapdOptions): string {
  const { acl, database = "", schema = include("nis") } = options;
  return [
    ...["core", "cosine", "inetorgperson"].map(include),
    schema,
    "modulepath /usr/lib/ldap",
    ...["back_mdb", "back_ldap", "retcode"].map((module) => `moduleload ${module}`),
    `TLSCertificateFile ${join(folder, "certificate.pem")}`,
    `TLSCertificateKeyFile ${join(folder, "key.pem")}`,
    // A server that proxies to one that is down answers `unavailable`.
    "database ldap",
    'suffix "dc=down,dc=org"',
    "uri ldap://127.0.0.1:1",
    "database mdb",
    'suffix "dc=example,dc=org"',
    `rootdn "${slapdAdministrator.dn}"`,
    `rootpw ${slapdAdministrator.password}`,
    `directory ${join(folder, "database")}`,
    "dbnosync",
    database,
    acl,
    // Below it every question is answered with the result code of the entry's name.
    "overlay retcode",
    'retcode-parent "ou=codes,dc=example,dc=org"',
    ...["51", "52", "80"].map((code) => `retcode-item "cn=${code}" ${code}`),
    "",
  ].join("\n");
}

function include(schema: string): string {
  return `include /etc/ldap/schema/${schema}.schema`;
}

async function answers(server: ChildProcess, port: number): Promise<void> {
  for (let attempt = 0; attempt < 400; attempt += 1) {
    if (server.exitCode !== null)
      throw new Error("slapd ended: see `slapd -d 1` with its slapd.conf");
    if (await isOpen(port)) return;
    await sleep(25);
  }
  throw new Error("slapd did not begin to listen");
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: "127.0.0.1", port });
    socket.once("error", () => resolve(false));
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
  });
}
