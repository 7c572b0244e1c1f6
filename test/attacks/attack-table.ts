import type { AttackRecord } from "./attack.ts";

/** One test of the run: an attack that was recorded, or any other test of a file of attacks. */
export interface AttackRow extends AttackRecord {
  /** The vitest project. */
  readonly where: string;
}

export interface AttackReport {
  readonly lines: readonly string[];
  readonly outcome: "all-refused" | "not-all-refused";
}

/**
 * Renders the attacks as a table, sorted by id, with a last line that counts. Not all are refused when one is not, when a
 * required id has no test, or when there was nothing to look at.
 */
export function attackTable(rows: readonly AttackRow[], required: readonly string[]): AttackReport {
  const shown = [...rows].sort(byId);
  const missing = required.filter((id) => !rows.some((row) => row.id === id));
  const cells = [
    ["id", "attack", "where", "refused", "by"],
    ...shown.map(({ id, title, where, refused, code }) => [
      id,
      title,
      where,
      refused === "yes" ? "yes" : "NO",
      code ?? "-",
    ]),
    ...missing.map((id) => [id, "(has no test)", "-", "NO", "-"]),
  ];
  const widths = (cells[0] ?? []).map((_, column) =>
    Math.max(...cells.map((row) => Array.from(row[column] ?? "").length)),
  );
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => pad(cell, widths[column] ?? 0))
      .join("  ")
      .trimEnd();
  const [header = [], ...body] = cells;
  const open = rows.filter(({ refused }) => refused === "no").length;
  const count =
    `${rows.length - open} of ${rows.length} attacks refused, ` +
    `${required.length - missing.length} of ${required.length} required ids tested`;
  const allRefused = rows.length > 0 && open === 0 && missing.length === 0;
  return {
    lines: [
      line(header),
      widths.map((width) => "-".repeat(width)).join("  "),
      ...body.map(line),
      "",
      count,
    ],
    outcome: allRefused ? "all-refused" : "not-all-refused",
  };
}

function pad(cell: string, width: number): string {
  return cell + " ".repeat(Math.max(0, width - Array.from(cell).length));
}

/** Sections in the order of the alphabet, those of the design last, tests without an id at the very end. */
function byId(a: AttackRow, b: AttackRow): number {
  const [left, right] = [keyOf(a), keyOf(b)];
  for (const [at, part] of left.entries()) {
    const other = right[at];
    if (other === undefined || part === other) continue;
    return part < other ? -1 : 1;
  }
  return 0;
}

function keyOf({ id, where }: AttackRow): readonly (string | number)[] {
  const section = id.startsWith("§") ? "~" : /^[A-K]\d/u.test(id) ? id.charAt(0) : "~~";
  const numbers = [...id.matchAll(/\d+/gu)].map(([digits]) => Number(digits));
  return [section, numbers[0] ?? 0, numbers[1] ?? 0, where === "unit" ? 0 : 1];
}
