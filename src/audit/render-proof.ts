import type { ProofLine } from "./check-proof.ts";
import { terminalLines } from "../core/render/terminal-lines.ts";

const labels = {
  proved: "proved      ",
  "not-proved": "not proved  ",
  failed: "FAILED      ",
} as const;

/** Renders what a bundle proves for a terminal of 80 columns, line by line, and the conclusion last. */
export function renderProof(request: string, lines: readonly ProofLine[]): string {
  const failures = lines.filter(({ status }) => status === "failed").length;
  return `${[
    ...terminalLines("request     ", request),
    "",
    ...lines.flatMap(({ status, says }) => terminalLines(labels[status], says)),
    "",
    failures === 0
      ? "PROVED, as far as the lines above say."
      : "NOT PROVED: believe nothing of this bundle.",
  ].join("\n")}\n`;
}
