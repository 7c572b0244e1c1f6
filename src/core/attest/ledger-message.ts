/** The trailers of a ledger commit: what the payload says, readable in `git log`, without authority. */
export interface LedgerTrailers {
  readonly seq: number;
  readonly entry: string;
  readonly prev: string | null;
  readonly type: string;
}

const summaryLength = 120;

/**
 * Writes the message of a ledger commit. The summary may carry attacker-controlled text, so it is made one
 * line of printable ASCII: it can neither forge a trailer nor hide one, nor end a field of `git log`.
 */
export function ledgerMessage(summary: string, trailers: LedgerTrailers): string {
  return `${trailers.type}: ${oneLine(summary)}\n\n${trailerLines(trailers)}\n`;
}

/**
 * Says whether a message ends in exactly the trailers that the payload demands, and is otherwise one line as
 * `ledgerMessage` writes it. `forged`: the trailers are right, but there is more than that, or a character that
 * a reader of `git log` may take for the end of a field, such as an author's.
 */
export function messageAgreement(
  message: string,
  trailers: LedgerTrailers,
): "agrees" | "forged" | "disagrees" {
  const start = `${trailers.type}: `;
  const written = message.replace(/\n$/u, "");
  const [summary = "", ...rest] = written
    .slice(start.length)
    .split(`\n\n${trailerLines(trailers)}`);
  const after = rest.join("\n");
  const isOurs = written.startsWith(start) && rest.length === 1;
  if (!isOurs || /^Ledger-/mu.test(`${summary}\n${after}`)) return "disagrees";
  return summary === oneLine(summary) && after === "" ? "agrees" : "forged";
}

/** Printable ASCII alone: whatever separator a reader of `git log` may choose, a summary cannot bring it. */
function oneLine(summary: string): string {
  const line =
    summary
      .replace(/[\p{C}\p{Z}\s]+/gu, " ")
      .replace(/[^\x20-\x7e]/gu, "?")
      .trim() || "(no summary)";
  return line.length > summaryLength ? `${line.slice(0, summaryLength - 3)}...` : line;
}

function trailerLines({ seq, type, prev, entry }: LedgerTrailers): string {
  return [
    `Ledger-Seq: ${seq}`,
    `Ledger-Type: ${type}`,
    `Ledger-Prev: ${prev ?? "none"}`,
    `Ledger-Entry: ${entry}`,
  ].join("\n");
}
