import type { Target } from "../../../ports/target.ts";
import type { TargetSettings } from "../target-settings.ts";
import { openSudoersTarget } from "./sudoers-target.ts";

/** Opens a target of kind `sudoers` by the executor's settings. Throws TargetRefused, naming the variable. */
export function openSudoers(settings: TargetSettings): Target {
  return openSudoersTarget({
    sudoersFolder: settings.optional("SUDOERS_DIR") ?? "/etc/sudoers.d",
    templates: settings.required(
      "TEMPLATES",
      "write the path of the folder with one rule, without its user, a permission.",
    ),
    accounts: settings.optional("ACCOUNTS"),
    timeoutSeconds: settings.timeoutSeconds,
  });
}
