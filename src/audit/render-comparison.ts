import type { ForkedEntry, LedgerComparison } from "./compare-ledgers.ts";
import { terminalLines } from "../core/render/terminal-lines.ts";

/** Renders how two clones compare for a terminal of 80 columns: one line a ledger, and both sides of a fork in full. */
export function renderComparison(
  compared: readonly LedgerComparison[],
  clones: { readonly a: string; readonly b: string },
): string {
  const lines = [
    ...terminalLines("A  ", clones.a),
    ...terminalLines("B  ", clones.b),
    ...compared.flatMap((one) => ["", ...lines80(one)]),
  ];
  return `${lines.join("\n")}\n`;
}

function lines80(one: LedgerComparison): readonly string[] {
  const { branch } = one;
  switch (one.state) {
    case "same":
      return [`${branch}: the same ${one.entries} entries.`];
    case "behind":
      return terminalLines(
        "",
        `${branch}: ${one.which} is behind by ${one.by} entries, and the same before them (${one.common}).`,
      );
    case "forked":
      return [
        one.after < 0
          ? `${branch}: FORKED from the first entry on.`
          : `${branch}: FORKED after entry ${one.after}.`,
        ...sideLines("A", one.a),
        ...sideLines("B", one.b),
        ...terminalLines(
          "  ",
          "Both are signed. A checkpoint of an earlier audit, or a third clone, tells which was there first; the other was put in its place.",
        ),
      ];
  }
}

function sideLines(label: "A" | "B", side: ForkedEntry): readonly string[] {
  const { seq, type, at, digest, commit, keyid, title, details, command } = side;
  return [
    `  ${label}, entry ${seq} (${type}), ${at}`,
    ...terminalLines("     says    ", [title, ...details].join(" ")),
    `     digest  ${digest}`,
    `     commit  ${commit}`,
    ...terminalLines("     key     ", keyid),
    // Never wrapped: it is there to be copied.
    `     ${command}`,
  ];
}
