import type { LedgerBranch } from "../../core/model/entry.ts";
import { LedgerMoved, LedgerRefused, LedgerUnreachable } from "../../ports/ledger-store.ts";
import type { GitClient } from "./git-client.ts";
import type { GitRemote } from "./git-remote.ts";

/**
 * Pushes `oid` to a ledger branch if the remote still stands at `expected`. As `oid` descends from
 * `expected`, this is a fast-forward and nothing else; the lease makes a remote that went *back* refuse as
 * well. Throws LedgerMoved, LedgerRefused and LedgerUnreachable as the port says.
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
  if (reason !== null && isForbidden(reason, answer.stderr)) {
    throw new LedgerRefused(refusalText(branch, reason, answer.stderr));
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

/**
 * Says whether a rule of the remote refused the ref: by the answer about it or, where that says no more than
 * "remote rejected", by the code that GitHub prints. What else a hook prints is free text and may quote anything.
 */
function isForbidden(reason: string, stderr: string): boolean {
  if (/hook declined|push declined|protected branch|rule violations/.test(reason)) return true;
  return reason.startsWith("[remote rejected]") && /^remote: error: GH0\d\d: /m.test(stderr);
}

const longestQuote = 600;

function refusalText(branch: LedgerBranch, reason: string, stderr: string): string {
  const said = stderr.trim().slice(0, longestQuote);
  return (
    `The remote's rules forbid writing ${branch}: ${reason}. Name this App, and no other, as the one that bypasses the ` +
    `rules against creating and updating ${branch}, or take the hook away. The remote says: ${said}`
  );
}
