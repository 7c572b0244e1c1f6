import type { Log } from "../ports/log.ts";

const levels = ["debug", "info", "warn", "error"] as const;

/** Makes a log that writes one JSON line per message to stderr, from the given level on. */
export function jsonLog(name: string, least: string, write: (line: string) => void): Log {
  const threshold = Math.max(
    0,
    levels.findIndex((level) => level === least),
  );
  return (level, message, fields = {}) => {
    if (levels.indexOf(level) < threshold) return;
    write(`${JSON.stringify({ at: new Date().toISOString(), level, name, message, ...fields })}\n`);
  };
}
