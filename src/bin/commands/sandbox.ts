import { resolve } from "node:path";
import { parseArgs } from "node:util";
import type { Command } from "../command.ts";
import { wholeNumber } from "../environment.ts";
import { startEverything } from "../sandbox/start-everything.ts";
import { startPostgres } from "../sandbox/start-postgres.ts";
import { StartRefused } from "../start-refused.ts";
import { aborted, untilSignal } from "../until-signal.ts";

/**
 * Runs a small GitHub with the example governance, and an embedded PostgreSQL as the system that holds
 * access: `sandbox [--json] [--folder DIR] [--port N] [--gate-port N] [--database-url URL]`.
 */
export const sandbox: Command = async (args, io) => {
  const values = readOptions(args);
  const numbers = { port: values.port, "gate-port": values["gate-port"] };
  const signal = untilSignal();
  const postgres =
    values["database-url"] === undefined
      ? await startPostgres()
      : { url: values["database-url"], stop: () => Promise.resolve() };
  try {
    const started = await startEverything({
      folder: resolve(values.folder),
      port: wholeNumber(numbers, "port", { least: 0, fallback: 0 }),
      gatePort: wholeNumber(numbers, "gate-port", { least: 1, fallback: 3000 }),
      databaseUrl: postgres.url,
      // One line a request would bury what to do next; who wants them says so.
      log: process.env["LOG_LEVEL"] === "debug" ? (line) => io.stderr(`${line}\n`) : () => {},
    });
    io.stdout(
      values.json ? `${JSON.stringify(started.json)}\n` : welcome(values.folder, started.json),
    );
    await aborted(signal);
    await started.sandbox.close();
  } finally {
    await postgres.stop();
  }
  return 0;
};

function readOptions(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        folder: { type: "string", default: ".sandbox" },
        port: { type: "string", default: "0" },
        "gate-port": { type: "string", default: "3000" },
        "database-url": { type: "string" },
        json: { type: "boolean", default: false },
      },
    }).values;
  } catch (cause) {
    throw new StartRefused(cause instanceof Error ? cause.message : "", { cause });
  }
}

function welcome(folder: string, facts: Readonly<Record<string, unknown>>): string {
  return [
    `A small GitHub is at ${String(facts["apiUrl"])} with the repository ${String(facts["repository"])}.`,
    `The example's target is the database at ${String(facts["databaseUrl"])}.`,
    "",
    "In a second terminal:  npx countersign gate --env-file " + `${folder}/gate.env`,
    "In a third terminal:   npx countersign executor --env-file " + `${folder}/executor.env`,
    "In a fourth, be alice: npx countersign demo --attach " + folder,
    "",
    "Stop with Ctrl-C; everything is forgotten.",
    "",
  ].join("\n");
}
