import { reroutableRoles } from "../model/command.ts";
import type { Command } from "../model/command.ts";
import { reviewOutcomes } from "../model/command.ts";
import { durationSeconds } from "./duration.ts";

/** What a comment is to Countersign. */
export type ParsedCommand =
  /** It is no command: most comments are not, and nobody is answered. */
  | { readonly kind: "none" }
  | { readonly kind: "command"; readonly command: Command }
  /** It begins like one: the answer says how to write it. */
  | { readonly kind: "malformed"; readonly usage: string };

/** Longest comment that can be a command, with everything in it: what is cut off could say something else. */
export const longestText = 1_000;

const onlyLine = "Write the command as the only line of a comment, in plain ASCII";

/**
 * Reads a comment as a command: its only line, in printable ASCII, beginning with `/access`. So nothing quoted, fenced,
 * hidden in HTML or beside other text is one, whatever a renderer makes of it (C5).
 */
export function parseCommand(body: string): ParsedCommand {
  if (!/^\/access(?![A-Za-z0-9_-])/u.test(body)) return { kind: "none" };
  if (body.length > longestText) return malformed(onlyLine);
  const text = body.trimEnd();
  if (!/^[\x20-\x7e]+$/u.test(text)) {
    return malformed(onlyLine);
  }
  const [, name = "", ...words] = text.split(/ +/u);
  const grammar = grammars.get(name);
  if (grammar === undefined) return malformed(`Write one of: ${[...usages.values()].join(" · ")}`);
  const command = grammar(words);
  if (command !== null) return { kind: "command", command };
  return malformed(`Write \`${usages.get(name) ?? ""}\``);
}

/** How each command is written. */
export const usages: ReadonlyMap<string, string> = new Map([
  [
    "reroute",
    "/access reroute <approver|control> from @old to @new reason=<code> ticket=<id> basis=<policy> for=<duration>",
  ],
  ["confirm", "/access confirm <id of the reroute>"],
  ["cancel", "/access cancel reason=<code> ticket=<id>"],
  ["withdraw", "/access withdraw"],
  ["revoke", "/access revoke reason=<code>"],
  ["review", "/access review outcome=<justified|unjustified>"],
  ["clear", "/access clear <number of the violation> reason=<code> ticket=<id>"],
]);

type Grammar = (words: readonly string[]) => Command | null;

const grammars: ReadonlyMap<string, Grammar> = new Map<string, Grammar>([
  ["reroute", reroute],
  ["confirm", confirm],
  ["cancel", cancel],
  ["withdraw", (words) => (words.length === 0 ? { name: "withdraw" } : null)],
  ["revoke", revoke],
  ["review", review],
  ["clear", clear],
]);

function reroute(words: readonly string[]): Command | null {
  const [role, from, old, to, other, ...rest] = words;
  const known = reroutableRoles.find((one) => one === role);
  const given = settings(rest, ["reason", "ticket", "basis", "for"]);
  const [replaced, replacement] = [loginOf(old), loginOf(other)];
  if (known === undefined || from !== "from" || to !== "to" || given === null) return null;
  if (replaced === null || replacement === null) return null;
  const [reason, ticket, basis, duration] = given;
  const forSeconds = durationSeconds(duration ?? "");
  if (forSeconds === null || !isCode(reason) || !isName(basis) || !isTicket(ticket)) return null;
  return {
    name: "reroute",
    role: known,
    from: replaced,
    to: replacement,
    reason,
    ticket,
    basis,
    forSeconds,
  };
}

function confirm(words: readonly string[]): Command | null {
  const [id, ...rest] = words;
  const reroute = numberOf(id);
  return rest.length > 0 || reroute === null ? null : { name: "confirm", reroute };
}

function clear(words: readonly string[]): Command | null {
  const [number, ...rest] = words;
  const violation = numberOf(number);
  const [reason, ticket] = settings(rest, ["reason", "ticket"]) ?? [];
  if (violation === null || !isCode(reason) || !isTicket(ticket)) return null;
  return { name: "clear", violation, reason, ticket };
}

function numberOf(word: string | undefined): number | null {
  const number = /^[1-9][0-9]{0,15}$/u.test(word ?? "") ? Number(word) : Number.NaN;
  return Number.isSafeInteger(number) ? number : null;
}

function cancel(words: readonly string[]): Command | null {
  const [reason, ticket] = settings(words, ["reason", "ticket"]) ?? [];
  if (!isCode(reason) || !isTicket(ticket)) return null;
  return { name: "cancel", reason, ticket };
}

function revoke(words: readonly string[]): Command | null {
  const [reason] = settings(words, ["reason"]) ?? [];
  return isCode(reason) ? { name: "revoke", reason } : null;
}

function review(words: readonly string[]): Command | null {
  const [given] = settings(words, ["outcome"]) ?? [];
  const outcome = reviewOutcomes.find((one) => one === given);
  return outcome === undefined ? null : { name: "review", outcome };
}

/** Reads `key=value` words: each of the keys once, in any order, and nothing else. */
function settings(
  words: readonly string[],
  keys: readonly string[],
): readonly (string | undefined)[] | null {
  const given = new Map<string, string>();
  for (const word of words) {
    const at = word.indexOf("=");
    const key = word.slice(0, Math.max(at, 0));
    if (!keys.includes(key) || given.has(key)) return null;
    given.set(key, word.slice(at + 1));
  }
  return given.size === keys.length ? keys.map((key) => given.get(key)) : null;
}

function loginOf(word: string | undefined): string | null {
  return /^@([A-Za-z0-9](?:[A-Za-z0-9_-]){0,59})$/u.exec(word ?? "")?.[1] ?? null;
}

function isCode(value: string | undefined): value is string {
  return /^[a-z0-9]+(?:-[a-z0-9]+)*$/u.test(value ?? "") && (value ?? "").length <= 40;
}

function isName(value: string | undefined): value is string {
  return /^[a-z0-9][a-z0-9._-]{0,94}$/u.test(value ?? "");
}

function isTicket(value: string | undefined): value is string {
  return /^[A-Za-z0-9][A-Za-z0-9._#/-]{0,79}$/u.test(value ?? "");
}

function malformed(usage: string): ParsedCommand {
  return { kind: "malformed", usage: `${usage}.` };
}
