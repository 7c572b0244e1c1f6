import { isLoopback } from "../../loopback.ts";
import { TargetRefused } from "../../../ports/target.ts";

/**
 * Reads the address of a system. Throws TargetRefused, without repeating it, unless it is https, or http on this very
 * machine (elsewhere a credential would travel in the clear), and free of user names, passwords and fragments.
 * `setting` names it in messages, `example` shows how to write it.
 */
export function usableUrl(text: string, setting: string, example: string): URL {
  const url = URL.parse(text);
  if (url === null) throw refused(setting, "cannot be read", example);
  if (url.username !== "" || url.password !== "" || url.hash !== "") {
    throw refused(setting, "has a user name, password or fragment in it", example);
  }
  const isLocal = url.protocol === "http:" && isLoopback(url.hostname);
  if (url.protocol === "https:" || isLocal) return url;
  throw refused(setting, "is neither https nor on this machine", example);
}

/** Reads an address that paths are appended to: as `usableUrl`, without a query, and ending in a slash. */
export function usableBase(text: string, setting: string, example: string): URL {
  const url = usableUrl(text, setting, example);
  if (url.search !== "") throw refused(setting, "has a query in it", example);
  if (!url.pathname.endsWith("/")) url.pathname += "/";
  return url;
}

/** Requires a token that can stand in a header. Throws TargetRefused without repeating it: fetch's own error quotes it. */
export function usableToken(token: string): string {
  if (isHeaderText(token)) return token;
  throw new TargetRefused(
    "The target's TOKEN has spaces, line breaks or letters beyond ASCII in it, or is empty: " +
      "write the token alone, without the word before it.",
  );
}

/** Tells whether a text can stand in a header as one word. */
export function isHeaderText(text: string): boolean {
  return /^[\x21-\x7e]+$/u.test(text);
}

/** Requires a time-out that ends: NaN, 0 and infinity would mean waiting for ever. Throws TargetRefused. */
export function usableTimeout(seconds: number): number {
  if (seconds > 0 && seconds <= longestTimeoutSeconds) return seconds;
  throw new TargetRefused(
    `The target's time-out must be more than 0 and at most ${longestTimeoutSeconds} seconds.`,
  );
}

const longestTimeoutSeconds = 3600;

function refused(setting: string, what: string, example: string): TargetRefused {
  return new TargetRefused(`The target's ${setting} ${what}: write it as ${example}.`);
}
