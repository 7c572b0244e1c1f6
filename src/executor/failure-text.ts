import { TargetRefused, TargetUnreachable } from "../ports/target.ts";

const longestText = 500;

/**
 * Words a failure for ledger and log. Only the messages of our own target errors are passed on: anybody
 * else's may quote a connection string, so that of those the class alone is named.
 */
export function failureText(error: unknown): string {
  if (error instanceof TargetRefused || error instanceof TargetUnreachable) {
    return error.message.toWellFormed().slice(0, longestText).toWellFormed();
  }
  return error instanceof Error ? error.name.toWellFormed() : "unknown failure";
}
