import type { LedgerBranch } from "../../core/model/entry.ts";
import { LedgerMoved, LedgerUnreachable } from "../../ports/ledger-store.ts";
import type { GitClient } from "./git-client.ts";
import type { GitRemote } from "./git-remote.ts";

/**
 * Pushes `oid` to a ledger branch if the remote still stands at `expected`. As `oid` descends from
 * `expected`, this is a fast-forward and nothing else; the lease makes a remote that went *back* refuse as
 * well. Throws LedgerMoved and LedgerUnreachable as the port says.
 */
export async function pushLedger(
  client: GitClient,
  remote: GitRemote,
  branch: LedgerBranch,
  expected: string | null,
  oid: string,
  timeoutSeconds: number,
): Promise<void> {
  const ref = `refs/heads/${branch}`;
  const lease = `--force-with-lease=${ref}:${expected ?? ""}`;
  const args = ["push", "--porcelain", "--no-verify", lease, remote.url, `${oid}:${ref}`];
  const answer = await client.online(remote, args, timeoutSeconds).catch((cause: unknown) => {
    throw new LedgerUnreachable(`${branch} could not be pushed`, { cause });
  });
  if (answer.code === 0) return;
  const reason = rejection(answer.stdout.toString("utf8"));
  if (reason !== null && someoneWasFaster.test(reason)) {
    throw new LedgerMoved(`${branch} moved on the remote: ${reason}`);
  }
  throw new LedgerUnreachable(`${branch} could not be pushed: ${reason ?? answer.stderr}`);
}

/** The porcelain line of a refused ref: `!`, the refspec and the reason, between tabs. */
function rejection(porcelain: string): string | null {
  const line = porcelain.split("\n").find((text) => text.startsWith("!\t"));
  return line?.split("\t")[2] ?? null;
}

const someoneWasFaster =
  /\((?:fetch first|non-fast-forward|stale info)\)|cannot lock ref|failed to update ref|reference already exists/;
