import type { Backtest, Recorded, VerdictChange } from "./backtest-decisions.ts";
import { terminalLines } from "../core/render/terminal-lines.ts";

/** Renders a backtest for a terminal: each request that would be decided otherwise, and why; then the sum. */
export function renderBacktest(found: Backtest): string {
  const { changes, undecidable } = found;
  const lines = [
    ...changes.flatMap((change) => [...changeLines(change), ""]),
    ...undecidable.flatMap((one) => [
      ...head(one, "could not be decided again"),
      ...terminalLines("    ", one.reason),
      "",
    ]),
    ...sum(found),
  ];
  return `${lines.join("\n")}\n`;
}

function changeLines(change: VerdictChange): readonly string[] {
  return [
    ...head(change, `${change.was} → ${change.wouldBe}`),
    ...change.findings.flatMap(({ code, was, wouldBe, reason }) =>
      terminalLines(
        "    ",
        `${code}: ${was ?? "not asked"} → ${wouldBe ?? "not asked"}. ${reason}`,
      ),
    ),
  ];
}

function head({ pull, request, seq, decidedAt }: Recorded, fate: string): readonly string[] {
  return [
    ...terminalLines("", `#${pull} ${request ?? "(no request)"}: ${fate}`),
    ...terminalLines("    ", `audit/decisions entry ${seq}, decided at ${decidedAt}`),
  ];
}

function sum({ decided, changes, undecidable }: Backtest): readonly string[] {
  if (decided === 0 && undecidable.length === 0) {
    return ["No request was decided since then, so nothing can be told."];
  }
  const made = `${decided} ${decided === 1 ? "decision" : "decisions"} made again`;
  const lost = undecidable.length === 0 ? "" : `, ${undecidable.length} could not be`;
  return terminalLines(
    "",
    `${made}${lost}: ${changes.length === 0 ? "no verdict" : changes.length} would change.`,
  );
}
