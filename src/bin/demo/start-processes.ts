import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { readWorld } from "./world.ts";
import type { DemoWorld } from "./world.ts";

const cli = fileURLToPath(new URL("../countersign.js", import.meta.url));

/** The three processes of the design, each a real one, and how to end them. */
export interface Processes {
  readonly world: DemoWorld;
  readonly evidence: string;
  stop(): Promise<void>;
}

/** Starts sandbox, gate and executor as three processes that share nothing but files and sockets. */
export async function startProcesses(folder: string): Promise<Processes> {
  const children: ChildProcess[] = [];
  const logs = join(folder, "logs");
  await mkdir(logs, { recursive: true });
  const start = async (name: string, args: readonly string[]): Promise<string> => {
    const child = spawn(process.execPath, [cli, name, ...args, "--json"], {
      stdio: ["ignore", "pipe", "pipe"],
      env: { PATH: process.env["PATH"], HOME: process.env["HOME"], LOG_LEVEL: "debug" },
    });
    children.push(child);
    child.stderr.pipe(createWriteStream(join(logs, `${name}.log`)));
    return firstLine(name, child, join(logs, `${name}.log`));
  };
  const stop = async (): Promise<void> => {
    await Promise.all(children.reverse().map(end));
  };
  try {
    const sandboxFolder = join(folder, "sandbox");
    const gatePort = String(await freePort());
    const line = await start("sandbox", ["--folder", sandboxFolder, "--gate-port", gatePort]);
    const world = readWorld(line);
    await Promise.all([
      start("gate", ["--env-file", join(sandboxFolder, "gate.env")]),
      start("executor", ["--env-file", join(sandboxFolder, "executor.env")]),
    ]);
    const [sandbox, gate, executor] = children.map(({ pid }) => pid);
    const evidence = `sandbox ${world.apiUrl} (process ${sandbox ?? 0}), gate (${gate ?? 0}), executor (${executor ?? 0})`;
    return { world, evidence, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function firstLine(name: string, child: ChildProcess, log: string): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) =>
      reject(new Error(`${name} ended with ${code ?? "a signal"} before it was up; see ${log}`)),
    );
    if (child.stdout !== null) createInterface(child.stdout).once("line", resolve);
  });
}

function end(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) {
      resolve();
      return;
    }
    const force = setTimeout(() => child.kill("SIGKILL"), 3000);
    child.once("exit", () => {
      clearTimeout(force);
      resolve();
    });
    child.kill("SIGTERM");
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
