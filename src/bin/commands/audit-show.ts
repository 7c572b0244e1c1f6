import { findRequest } from "../../audit/find-request.ts";
import { renderRequest } from "../../audit/render-request.ts";
import { showRequest } from "../../audit/show-request.ts";
import { terminalText } from "../../core/render/terminal-text.ts";
import { cloneOptions } from "../clone-options.ts";
import type { CommandOutput } from "../command.ts";
import { openVerifiedLedgers } from "../open-verified-ledgers.ts";
import { StartRefused } from "../start-refused.ts";

const usage = "countersign audit show REQUEST [--repo .] --root sha256:… [--now INSTANT] [--json]";

/**
 * Tells the story of one request from the ledgers of a clone: `REQUEST` is its name, its path, or `#7` for its pull request. Returns
 * 0 when it is shown, whatever became of it; 2 when the ledgers do not verify (`audit verify` says why): what a forged entry
 * says is no story; 3 for misuse, also when nobody ever asked under that name, and then with the nearest names.
 */
export async function auditShow(args: readonly string[], io: CommandOutput): Promise<number> {
  const subjects = ["one request: by its name, its path, or '#7' for a pull request"];
  const options = cloneOptions(args, { subjects });
  if (typeof options === "string") {
    io.stderr(`${options}\nUsage: ${usage}\n`);
    return 3;
  }
  const [meant = ""] = options.named;
  const view = await openVerifiedLedgers(options.repo, options.root);
  const found = findRequest(view, meant);
  if (found.found === "no") throw new StartRefused(terminalText(found.fix));
  const shown = showRequest(view, found.request, options.now);
  if (shown === null) throw new StartRefused(`The ledgers hold nothing about ${found.request}.`);
  io.stdout(options.json === "yes" ? `${JSON.stringify(shown)}\n` : renderRequest(shown));
  return 0;
}
