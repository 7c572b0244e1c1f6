import { listGrants } from "../../audit/list-grants.ts";
import { renderGrants } from "../../audit/render-grants.ts";
import { cloneOptions } from "../clone-options.ts";
import type { CommandOutput } from "../command.ts";
import { openVerifiedLedgers } from "../open-verified-ledgers.ts";

const usage = "countersign grants [--repo .] --root sha256:… [--now 2026-11-21T10:00:00Z] [--json]";

/**
 * Lists every request that the ledgers of a clone know, with its state, its end and the review that is due. Returns 0, 1 when
 * access is live past its end or a review is overdue, 2 when the ledgers do not verify (`audit verify` says why), 3 for misuse.
 */
export async function grants(args: readonly string[], io: CommandOutput): Promise<number> {
  const options = cloneOptions(args);
  if (typeof options === "string") {
    io.stderr(`${options}\nUsage: ${usage}\n`);
    return 3;
  }
  const view = await openVerifiedLedgers(options.repo, options.root);
  const listed = listGrants(view, options.now);
  io.stdout(
    options.json === "yes" ? `${JSON.stringify({ grants: listed })}\n` : renderGrants(listed),
  );
  const isLate = listed.some(
    ({ overdue, review }) => overdue === "yes" || review?.state === "overdue",
  );
  return isLate ? 1 : 0;
}
