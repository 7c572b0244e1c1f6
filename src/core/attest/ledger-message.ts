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
 * line without control or format characters: it can neither forge a trailer nor hide one.
 */
export function ledgerMessage(summary: string, trailers: LedgerTrailers): string {
  return `${trailers.type}: ${oneLine(summary)}\n\n${trailerLines(trailers)}\n`;
}

/** Says whether a message ends in exactly the trailers that the payload demands, and has no others. */
export function messageAgrees(message: string, trailers: LedgerTrailers): boolean {
  const lines = message.replace(/\n$/u, "").split("\n");
  const [subject, blank, ...rest] = lines;
  if (subject === undefined || blank !== "") return false;
  return subject.startsWith(`${trailers.type}: `) && rest.join("\n") === trailerLines(trailers);
}

function oneLine(summary: string): string {
  const line = summary.replace(/[\p{C}\p{Z}\s]+/gu, " ").trim() || "(no summary)";
  return line.length > summaryLength ? `${line.slice(0, summaryLength - 1).toWellFormed()}…` : line;
}

function trailerLines({ seq, type, prev, entry }: LedgerTrailers): string {
  return [
    `Ledger-Seq: ${seq}`,
    `Ledger-Type: ${type}`,
    `Ledger-Prev: ${prev ?? "none"}`,
    `Ledger-Entry: ${entry}`,
  ].join("\n");
}
