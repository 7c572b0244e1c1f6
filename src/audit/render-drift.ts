import { instantText } from "./instant-text.ts";
import type { ListedDrift } from "./list-drift.ts";
import { textTable } from "./text-table.ts";

const titles = ["Found", "What happened", "Who", "What", "Where", "Until", "Request", "Entry"];

const happened: Readonly<Record<ListedDrift["type"], string>> = {
  "externally-removed": "taken out by somebody else",
};

/** Renders what targets were found to hold otherwise than they should, as a table; beneath each row what was read back. */
export function renderDrift(drift: readonly ListedDrift[], room: number | null): string {
  const rows = drift.map(({ type, at, entry, grant, readBack }) => ({
    cells: [
      instantText(at),
      happened[type],
      grant.beneficiary,
      grant.entitlement,
      grant.target,
      instantText(grant.expiresAt),
      grant.request,
      String(entry),
    ],
    notes: [`${readBack.identity} then held ${readBack.permissions.join(", ") || "nothing"}`],
  }));
  return textTable(titles, rows, room);
}
