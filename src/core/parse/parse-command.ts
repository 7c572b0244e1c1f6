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
  const form = forms.find((one) => one.name === name);
  if (form === undefined) return malformed(`Write one of: ${[...usages.values()].join(" · ")}`);
  const command = form.read(words);
  if (command !== null) return { kind: "command", command };
  return malformed(`Write \`${form.usage}\``);
}

interface Form {
  readonly name: Command["name"];
  readonly usage: string;
  /** Reads the words after the name; `null` when they are not written so. */
  read(words: readonly string[]): Command | null;
}

const forms: readonly Form[] = [
  {
    name: "reroute",
    usage:
      "/access reroute <approver|control> from @old to @new reason=<code> ticket=<id> basis=<policy> for=<duration>",
    read: reroute,
  },
  { name: "confirm", usage: "/access confirm <id of the reroute>", read: confirm },
  { name: "cancel", usage: "/access cancel reason=<code> ticket=<id>", read: cancel },
  { name: "withdraw", usage: "/access withdraw", read: withdraw },
  { name: "revoke", usage: "/access revoke reason=<code>", read: revoke },
  { name: "review", usage: "/access review outcome=<justified|unjustified>", read: review },
  {
    name: "clear",
    usage: "/access clear <number of the violation> reason=<code> ticket=<id>",
    read: clear,
  },
];

/** How each command is written. */
export const usages: ReadonlyMap<string, string> = new Map(
  forms.map(({ name, usage }) => [name, usage]),
);

function reroute([role, from, old, to, other, ...words]: readonly string[]): Command | null {
  const known = reroutableRoles.find((one) => one === role);
  const [replaced, replacement] = [loginOf(old), loginOf(other)];
  const [reason, ticket] = [setting(words, "reason", code), setting(words, "ticket", reference)];
  const [basis, length] = [setting(words, "basis", policyName), setting(words, "for", duration)];
  const forSeconds = length === null ? null : durationSeconds(length);
  if (known === undefined || from !== "from" || to !== "to" || words.length !== 4) return null;
  if (replaced === null || replacement === null || forSeconds === null) return null;
  if (reason === null || ticket === null || basis === null) return null;
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

function confirm([id, ...more]: readonly string[]): Command | null {
  const reroute = numberOf(id);
  return more.length > 0 || reroute === null ? null : { name: "confirm", reroute };
}

function cancel(words: readonly string[]): Command | null {
  const [reason, ticket] = [setting(words, "reason", code), setting(words, "ticket", reference)];
  if (words.length !== 2 || reason === null || ticket === null) return null;
  return { name: "cancel", reason, ticket };
}

function withdraw(words: readonly string[]): Command | null {
  return words.length === 0 ? { name: "withdraw" } : null;
}

function revoke(words: readonly string[]): Command | null {
  const reason = setting(words, "reason", code);
  return words.length !== 1 || reason === null ? null : { name: "revoke", reason };
}

function review(words: readonly string[]): Command | null {
  const given = setting(words, "outcome", code);
  const outcome = reviewOutcomes.find((one) => one === given);
  return words.length !== 1 || outcome === undefined ? null : { name: "review", outcome };
}

function clear([number, ...words]: readonly string[]): Command | null {
  const violation = numberOf(number);
  const [reason, ticket] = [setting(words, "reason", code), setting(words, "ticket", reference)];
  if (words.length !== 2 || violation === null || reason === null || ticket === null) return null;
  return { name: "clear", violation, reason, ticket };
}

const code = /^(?=.{1,40}$)[a-z0-9]+(?:-[a-z0-9]+)*$/u;
const policyName = /^[a-z0-9][a-z0-9._-]{0,94}$/u;
const reference = /^[A-Za-z0-9][A-Za-z0-9._#/-]{0,79}$/u;
/** What it lasts is read by `durationSeconds`. */
const duration = /^P[0-9DTHMS]+$/u;

/**
 * Reads the value of a `key=value` word that is there once, in any place; `null` when it is not, or has another form. With as
 * many words as keys that are asked for there is nothing else.
 */
function setting(words: readonly string[], key: string, form: RegExp): string | null {
  const [word, ...more] = words.filter((one) => one.startsWith(`${key}=`));
  if (word === undefined || more.length > 0) return null;
  const value = word.slice(key.length + 1);
  return form.test(value) ? value : null;
}

function numberOf(word: string | undefined): number | null {
  const number = /^[1-9][0-9]{0,15}$/u.test(word ?? "") ? Number(word) : Number.NaN;
  return Number.isSafeInteger(number) ? number : null;
}

function loginOf(word: string | undefined): string | null {
  return /^@([A-Za-z0-9](?:[A-Za-z0-9_-]){0,59})$/u.exec(word ?? "")?.[1] ?? null;
}

function malformed(usage: string): ParsedCommand {
  return { kind: "malformed", usage: `${usage}.` };
}
