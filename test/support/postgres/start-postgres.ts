import { execFile } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { chmod, chown, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";

/** A real PostgreSQL in a temporary folder, without passwords, on 127.0.0.1. */
export interface RunningPostgres {
  readonly url: string;
  /** Stops the server but keeps its folder. Repeatable. */
  halt(): Promise<void>;
  /** Stops the server and removes its folder. */
  stop(): Promise<void>;
}

/** Starts the newest PostgreSQL of this machine as an ordinary user. Fails when there is none. */
export async function startPostgres(): Promise<RunningPostgres> {
  const programs = findPrograms();
  const folder = await mkdtemp(join(tmpdir(), "countersign-postgres-"));
  await chmod(folder, 0o755);
  if (isRoot) await giveToNobody(folder);
  const cluster = join(folder, "cluster");
  const port = await freePort();
  const run = (program: string, args: readonly string[]) =>
    runOrdinary(join(programs, program), args, folder);
  const halt = async () => {
    if (!existsSync(join(cluster, "postmaster.pid"))) return;
    await run("pg_ctl", ["-D", cluster, "-m", "immediate", "-w", "stop"]);
  };
  const stop = async () => {
    await halt();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await run("initdb", ["-D", cluster, "-U", "postgres", ...initOptions]);
    const settings = `-k ${folder} -p ${String(port)} -c listen_addresses=127.0.0.1 -c fsync=off -c max_prepared_transactions=2`;
    await run("pg_ctl", ["-D", cluster, "-l", join(folder, "log"), "-o", settings, "-w", "start"]);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: `postgres://postgres@127.0.0.1:${String(port)}/postgres`, halt, stop };
}

const initOptions = ["--auth=trust", "--no-sync", "-E", "UTF8", "--locale=C"];
const isRoot = process.getuid?.() === 0;

/** PostgreSQL refuses to run as root. */
async function runOrdinary(
  program: string,
  args: readonly string[],
  folder: string,
): Promise<void> {
  const asNobody = ["--reuid=nobody", "--regid=nogroup", "--clear-groups", program, ...args];
  const [command, all] = isRoot ? ["setpriv", asNobody] : [program, [...args]];
  await promisify(execFile)(command, all, { cwd: folder, timeout: 60_000 });
}

async function giveToNobody(folder: string): Promise<void> {
  const { stdout: uid } = await promisify(execFile)("id", ["-u", "nobody"]);
  await chown(folder, Number(uid), -1);
}

function findPrograms(): string {
  const installed = "/usr/lib/postgresql";
  const versions = existsSync(installed) ? readdirSync(installed).map(Number) : [];
  const found = [
    ...versions.sort((a, b) => b - a).map((version) => join(installed, String(version), "bin")),
    ...(process.env["PATH"] ?? "").split(delimiter),
  ].find((folder) => existsSync(join(folder, "initdb")));
  if (found !== undefined) return found;
  throw new Error("No PostgreSQL server on this machine: apt-get install -y postgresql");
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => {
        if (address !== null && typeof address === "object") resolve(address.port);
        else reject(new Error("no port"));
      });
    });
  });
}
