import { openPostgresTarget } from "../adapters/targets/postgres-target.ts";
import type { Target } from "../ports/target.ts";
import { TargetRefused } from "../ports/target.ts";
import { wholeNumber } from "./environment.ts";
import type { Environment } from "./environment.ts";

/**
 * Finds targets by name in the environment: `COUNTERSIGN_TARGET_<NAME>_URL`, the name in capitals with `_` for
 * everything but letters and digits. The credential is read for one plan and dropped with the target (P12).
 */
export function configuredTargets(env: Environment): (name: string) => Promise<Target> {
  const timeoutSeconds = wholeNumber(env, "COUNTERSIGN_TARGET_TIMEOUT_SECONDS", {
    least: 1,
    fallback: 10,
  });
  return (name) => {
    const variable = targetVariable(name);
    const url = env[variable];
    if (url === undefined || url === "") {
      return Promise.reject(
        new TargetRefused(`${variable} is not set: give the executor the URL of ${name}.`),
      );
    }
    return Promise.resolve(openPostgresTarget({ url, timeoutSeconds }));
  };
}

/** Names the variable that holds the URL of a target. */
export function targetVariable(name: string): string {
  return `COUNTERSIGN_TARGET_${name.toUpperCase().replace(/[^A-Z0-9]/gu, "_")}_URL`;
}
