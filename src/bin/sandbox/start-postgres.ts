import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("../embedded-postgres.ts", import.meta.url));
const seed = fileURLToPath(new URL("../demo/seed.sql", import.meta.url));

/** The example's target: an embedded PostgreSQL in a process of its own, reached by an ordinary URL. */
export interface ExampleDatabase {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts PGlite behind its socket server with the roles and logins of the example catalogue. */
export async function startPostgres(): Promise<ExampleDatabase> {
  const child = spawn(process.execPath, [program, "--port", "0", "--seed", seed], {
    // The channel carries nothing: when this process dies, however it dies, it closes and the child ends.
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  const line = await new Promise<string>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) =>
      reject(new Error(`The embedded PostgreSQL ended with ${code ?? "a signal"}.`)),
    );
    if (child.stdout !== null) createInterface(child.stdout).once("line", resolve);
  });
  const { url } = JSON.parse(line) as { url: string };
  return {
    url,
    stop: () =>
      new Promise((resolve) => {
        if (child.exitCode !== null || child.signalCode !== null) {
          resolve();
          return;
        }
        child.once("exit", () => resolve());
        child.kill("SIGTERM");
      }),
  };
}
