import type { Command } from "../command.ts";
import { longRunningOptions } from "../command-environment.ts";
import { optional } from "../environment.ts";
import { startExecutor } from "../executor.ts";
import { jsonLog } from "../json-log.ts";
import { untilSignal } from "../until-signal.ts";

/** Runs the executor until it is told to stop: `executor [--env-file FILE] [--json]`. */
export const executor: Command = async (args, io) => {
  const { env, output } = longRunningOptions(args);
  const log = jsonLog("executor", optional(env, "LOG_LEVEL", "info"), io.stderr);
  const started = await startExecutor(env, log, untilSignal());
  io.stdout(
    output === "json"
      ? `${JSON.stringify({ up: "yes" })}\n`
      : "The executor is up: it grants what was decided and takes it out on time. Stop it with Ctrl-C.\n",
  );
  await started.stopped;
  return 0;
};
