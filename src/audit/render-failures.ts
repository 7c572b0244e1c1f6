import { terminalLines } from "../core/render/terminal-lines.ts";
import { instantText } from "./instant-text.ts";
import type { ListedGrant } from "./list-grants.ts";

/** Renders the grants whose revoke fails: since when, how often, why, and what a person can do. Others are left out. */
export function renderFailures(grants: readonly ListedGrant[], room: number | null): string {
  const blocks = grants.flatMap((grant) => {
    const sentences = sentencesOf(grant);
    if (sentences.length === 0) return [];
    const lines = [
      ...terminalLines("", headline(grant), room ?? undefined),
      ...sentences.flatMap((sentence) => terminalLines("  ", sentence, room ?? undefined)),
    ];
    return [lines.map((line) => `${line}\n`).join("")];
  });
  return blocks.join("\n");
}

function headline({ request, pull, access, overdue }: ListedGrant): string {
  const what =
    access === null ? "" : `: ${access.entitlement} at ${access.target} for ${access.beneficiary}`;
  const late = overdue === "yes" ? " — OVERDUE: it is still live" : "";
  return `${request}${pull === null ? "" : ` (#${pull})`}${what}${late}`;
}

function sentencesOf({ access, expiresAt, failure }: ListedGrant): readonly string[] {
  if (access === null || failure === null) return [];
  const { since, recorded, lastAt, reason } = failure;
  const { target, permission, identity } = access;
  const end = expiresAt === null ? "" : ` Its end: ${instantText(expiresAt)}.`;
  return [
    `Its revoke has failed since ${instantText(since)}, ${recorded === 1 ? "once" : `${recorded} times`} on record (once an hour at most), last at ${instantText(lastAt)}.${end}`,
    `Last reason: ${reason}`,
    `What to do: mend ${target}, the executor tries again by itself every few minutes. Or let an administrator of ${target} take ${permission} from ${identity} by hand: once ${target} answers, the executor reads it back as gone and ends the grant.`,
  ];
}
