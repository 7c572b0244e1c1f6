#!/usr/bin/env node
/**
 * Holds one PGlite for everybody: `node src/bin/embedded-postgres.ts --port 0 [--folder DIR] [--seed FILE.sql]`.
 * Prints one JSON line `{ url, port, pid, folder }` on stdout when it can be used and runs until SIGTERM or
 * SIGINT. For the demo and the tests only: it has no authentication (startEmbeddedPostgres says what else).
 */
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { startEmbeddedPostgres } from "../adapters/targets/embedded-postgres.ts";
import type { EmbeddedPostgresOptions } from "../adapters/targets/embedded-postgres.ts";

const usage =
  "usage: node src/bin/embedded-postgres.ts [--port N] [--folder DIR] [--seed FILE.sql] [--json]";

const options = await readOptions();
if (options !== null) await run(options);

async function readOptions(): Promise<EmbeddedPostgresOptions | null> {
  try {
    const { values } = parseArgs({
      options: {
        port: { type: "string", default: "0" },
        folder: { type: "string" },
        seed: { type: "string" },
        // The line is JSON with or without it; every command takes it.
        json: { type: "boolean" },
      },
    });
    const port = /^\d{1,5}$/.test(values.port) ? Number(values.port) : NaN;
    if (!(port <= 65_535)) throw new Error(`--port ${values.port} is not a port: write 0 to 65535`);
    const seed = values.seed === undefined ? null : await readFile(values.seed, "utf8");
    return { port, folder: values.folder ?? null, seed };
  } catch (error) {
    fail(`${messageOf(error)}\n${usage}`, 3);
    return null;
  }
}

async function run(chosen: EmbeddedPostgresOptions): Promise<void> {
  try {
    const postgres = await startEmbeddedPostgres(chosen);
    const { url, port } = postgres;
    const stop = (): void => {
      postgres.stop().then(
        () => process.exit(0),
        (error: unknown) => {
          fail(messageOf(error), 2);
          process.exit();
        },
      );
    };
    // `disconnect`: whoever started it with a channel is gone, without having been able to say so.
    for (const event of ["SIGTERM", "SIGINT", "disconnect"]) process.once(event, stop);
    process.stderr.write("PGlite is ready: no authentication, for demonstrations and tests only\n");
    process.stdout.write(
      `${JSON.stringify({ url, port, pid: process.pid, folder: chosen.folder })}\n`,
    );
  } catch (error) {
    fail(messageOf(error), 2);
  }
}

function fail(message: string, exitCode: number): void {
  process.stderr.write(`embedded-postgres: ${message}\n`);
  process.exitCode = exitCode;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
