import { durationWords } from "../core/parse/duration-words.ts";
import type { ListedGrant } from "./list-grants.ts";
import { instantText } from "./instant-text.ts";
import { textTable } from "./text-table.ts";

/** How a list is shown: `room` is the width of the terminal, `null` where there is none. */
export interface GrantsView {
  readonly now: Date;
  readonly room: number | null;
}

const titles = ["State", "Who", "What", "Where", "Until", "Still", "Request", "PR"];

/** Renders a list of grants as a table, what is overdue in capitals, and beneath each row the review that is due or was given. */
export function renderGrants(grants: readonly ListedGrant[], { now, room }: GrantsView): string {
  const rows = grants.map((grant) => ({ cells: cellsOf(grant, now), notes: notesOf(grant) }));
  return textTable(titles, rows, room);
}

function cellsOf(grant: ListedGrant, now: Date): readonly string[] {
  const { request, pull, state, access, expiresAt } = grant;
  const emergency = access?.kind === "BreakGlassRequest" ? " (emergency)" : "";
  return [
    state,
    access?.beneficiary ?? "",
    access === null ? "" : `${access.entitlement}${emergency}`,
    access?.target ?? "",
    expiresAt === null ? "" : instantText(expiresAt),
    stillText(grant, now),
    request,
    pull === null ? "" : `#${pull}`,
  ];
}

/** How long it still is, or by how much it is late; nothing where nothing is in effect. */
function stillText({ open, overdue, expiresAt }: ListedGrant, now: Date): string {
  if (open === "no" || expiresAt === null) return "";
  const seconds = Math.floor(Math.abs(Date.parse(expiresAt) - now.getTime()) / 1000);
  const length = durationWords(seconds < 60 ? seconds : seconds - (seconds % 60)) || "0 s";
  return overdue === "yes" ? `OVERDUE ${length}` : length;
}

function notesOf({ access, failure, review }: ListedGrant): readonly string[] {
  return [
    ...(access === null ? ["what it asks for could not be read"] : []),
    ...(failure === null
      ? []
      : [`its revoke has failed since ${instantText(failure.since)}: see --failed`]),
    ...(review === null ? [] : [reviewWords(review)]),
  ];
}

function reviewWords({ state, due, issue }: NonNullable<ListedGrant["review"]>): string {
  const place = issue === null ? "(no issue yet)" : `#${issue}`;
  switch (state) {
    case "due":
      return `review ${place} is due at ${due}`;
    case "overdue":
      return `review ${place} is OVERDUE since ${due}`;
    case "justified":
    case "unjustified":
      return `reviewed: ${state}`;
  }
}
