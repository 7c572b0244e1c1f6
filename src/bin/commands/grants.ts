import { listDrift } from "../../audit/list-drift.ts";
import { isCurrent, isLate, listGrants } from "../../audit/list-grants.ts";
import type { ListedGrant } from "../../audit/list-grants.ts";
import { renderDrift } from "../../audit/render-drift.ts";
import { renderFailures } from "../../audit/render-failures.ts";
import { renderGrants } from "../../audit/render-grants.ts";
import type { GrantsView } from "../../audit/render-grants.ts";
import { viewAsOf } from "../../core/attest/ledger-view.ts";
import type { LedgerView } from "../../core/attest/ledger-view.ts";
import type { CommandOutput } from "../command.ts";
import { grantsOptions } from "../grants-options.ts";
import type { Shown } from "../grants-options.ts";
import { openVerifiedLedgers } from "../open-verified-ledgers.ts";

const usage =
  "countersign grants [--repo .] --root sha256:… [--at 2026-11-21T10:00:00Z]\n" +
  "       [--all | --failed | --drift] [--now 2026-11-21T10:00:00Z] [--json]";

/**
 * Lists what is in effect or may be, and what waits for its review, by the ledgers of a clone alone; `--all` every request,
 * `--failed` revokes that fail, `--drift` what targets were found to hold otherwise. `--at` shows the ledgers as of an instant.
 * Whatever is shown, returns 0, 1 when access was live past its end or a review overdue, 2 when the ledgers do not verify
 * (`audit verify` says why), 3 for misuse.
 */
export async function grants(args: readonly string[], io: CommandOutput): Promise<number> {
  const options = grantsOptions(args);
  if (typeof options === "string") {
    io.stderr(`${options}\nUsage: ${usage}\n`);
    return 3;
  }
  const { clone, at, shows } = options;
  const all = await openVerifiedLedgers(clone.repo, clone.root);
  const view = at === null ? all : viewAsOf(all, at);
  const now = at ?? clone.now;
  const listed = listGrants(view, now);
  const list = { shows, grants: select(listed, shows), view };
  if (clone.json === "yes") io.stdout(`${JSON.stringify(asJson(list, now))}\n`);
  else {
    if (at !== null) io.stdout(`As of ${at.toISOString()}, by the times of the entries:\n\n`);
    io.stdout(asText(list, { now, room: io.columns ?? null }));
  }
  return listed.some(isLate) ? 1 : 0;
}

interface GrantList {
  readonly shows: Shown;
  readonly grants: readonly ListedGrant[];
  readonly view: LedgerView;
}

function select(listed: readonly ListedGrant[], shows: Shown): readonly ListedGrant[] {
  switch (shows) {
    case "current":
      return listed.filter(isCurrent);
    case "failed":
      return listed.filter(({ failure }) => failure !== null);
    case "all":
      return listed;
    case "drift":
      return [];
  }
}

function asJson({ shows, grants: listed, view }: GrantList, now: Date): object {
  const at = now.toISOString();
  return shows === "drift" ? { at, drift: listDrift(view) } : { at, grants: listed };
}

function asText({ shows, grants: listed, view }: GrantList, shown: GrantsView): string {
  if (shows === "drift") {
    const drift = listDrift(view);
    return drift.length === 0 ? nothing.drift : renderDrift(drift, shown.room);
  }
  if (listed.length === 0) return nothing[shows];
  return shows === "failed" ? renderFailures(listed, shown.room) : renderGrants(listed, shown);
}

const nothing: Readonly<Record<Shown, string>> = {
  current: "Nothing is in effect, and no review is due.\n",
  all: "Nothing was ever asked for.\n",
  failed: "No revoke is failing.\n",
  drift: "No target was found to hold anything else than it should.\n",
};
