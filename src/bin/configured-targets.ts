import { openTarget } from "../adapters/targets/open-target.ts";
import { targetSettings } from "../adapters/targets/target-settings.ts";
import type { Target } from "../ports/target.ts";
import { wholeNumber } from "./environment.ts";
import type { Environment } from "./environment.ts";

/**
 * Finds targets by name in the environment: `COUNTERSIGN_TARGET_<NAME>_…`. A credential is read for one plan and dropped
 * with the target (P12).
 */
export function configuredTargets(env: Environment): (name: string) => Promise<Target> {
  const timeoutSeconds = wholeNumber(env, "COUNTERSIGN_TARGET_TIMEOUT_SECONDS", {
    least: 1,
    fallback: 10,
  });
  return (name) => openTarget(targetSettings(env, name, timeoutSeconds));
}
