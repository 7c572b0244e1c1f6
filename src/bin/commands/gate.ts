import type { Command } from "../command.ts";
import { longRunningOptions } from "../command-environment.ts";
import { optional } from "../environment.ts";
import { startGate } from "../gate.ts";
import { jsonLog } from "../json-log.ts";
import { untilSignal } from "../until-signal.ts";

/** Runs the gate until it is told to stop, or its key was retired (3): `gate [--env-file FILE] [--json]`. */
export const gate: Command = async (args, io) => {
  const { env, output } = longRunningOptions(args);
  const log = jsonLog("gate", optional(env, "LOG_LEVEL", "info"), io.stderr);
  const started = await startGate(env, log, untilSignal());
  io.stdout(
    output === "json"
      ? `${JSON.stringify({ url: started.url })}\n`
      : `The gate listens for webhooks at ${started.url}/api/github/webhooks. Stop it with Ctrl-C.\n`,
  );
  await started.stopped;
  const retired = started.whyRetired();
  if (retired === null) return 0;
  io.stderr(`countersign gate: ${retired}\n`);
  return 3;
};
