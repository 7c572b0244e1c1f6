import { openCloneLedger } from "../../adapters/git/git-ledger-store.ts";
import { listGrants } from "../../audit/list-grants.ts";
import { readLedgers } from "../../audit/read-ledgers.ts";
import { renderGrants } from "../../audit/render-grants.ts";
import { cloneOptions } from "../clone-options.ts";
import type { CommandOutput } from "../command.ts";

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
  const store = await openCloneLedger(options.repo);
  await store.fetch();
  const { view, problems, doubts } = await readLedgers(store, options.root);
  if (problems.length > 0 || doubts.length > 0) {
    io.stderr("The ledgers do not verify, so nothing is listed: run `countersign audit verify`.\n");
    return 2;
  }
  const listed = listGrants(view, options.now);
  io.stdout(
    options.json === "yes" ? `${JSON.stringify({ grants: listed })}\n` : renderGrants(listed),
  );
  const isLate = listed.some(
    ({ overdue, review }) => overdue === "yes" || review?.state === "overdue",
  );
  return isLate ? 1 : 0;
}
