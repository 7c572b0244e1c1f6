import { instantText } from "./instant-text.ts";
import type { ListedDrift } from "./list-drift.ts";
import { textTable } from "./text-table.ts";

const titles = ["Found", "What happened", "Who", "What", "Where", "Until", "Request", "Entry"];

const outcomes = {
  gone: "no grant explains it; gone since",
  "taken-out": "no grant explains it; taken out",
  failed: "no grant explains it; TAKING IT OUT FAILED",
} as const;

/** Renders what targets were found to hold otherwise than they should, as a table; beneath each row what was read back. */
export function renderDrift(drift: readonly ListedDrift[], room: number | null): string {
  const rows = drift.map((one) => ({
    cells: [instantText(one.at), ...cellsOf(one), String(one.entry)],
    notes: [
      `${one.readBack.identity} then held ${one.readBack.permissions.join(", ") || "nothing"}`,
    ],
  }));
  return textTable(titles, rows, room);
}

function cellsOf(one: ListedDrift): readonly string[] {
  if (one.type === "drift") {
    const { identity, permission, target } = one.sighting;
    const happened =
      one.outcome === null ? "no grant explains it; still held" : outcomes[one.outcome];
    return [happened, identity, permission, target, "-", "-"];
  }
  const { beneficiary, entitlement, target, expiresAt, request } = one.grant;
  const until = instantText(expiresAt);
  return ["taken out by somebody else", beneficiary, entitlement, target, until, request];
}
