import type { SudoersGrant } from "./sudoers-access.ts";

/** What a file of ours says of its end: `over`, at an instant, or never, because somebody changed it. */
export type DropInEnd = "over" | "never" | Date;

/**
 * Writes the rule of a grant, which sudo takes up to `end` and no longer. sudo still takes a rule during the whole second that NOTAFTER
 * names, so the second before is named. It stands after the account to run as and before the tags, where all commands of the rule inherit it.
 */
export function dropInText(identity: string, template: RuleTemplate, end: Date): string {
  const lastSecond = stampOf(new Date(wholeSeconds(end) - 1000));
  const { hosts, runAs, commands } = template;
  const rule = [identity, hosts, "=", runAs, `NOTAFTER=${lastSecond}`, commands];
  return `${heading}\n${rule.filter((part) => part !== "").join(" ")}\n`;
}

/** A template in its three parts; `runAs` is empty or in parentheses. */
export interface RuleTemplate {
  readonly hosts: string;
  readonly runAs: string;
  readonly commands: string;
}

/** When the rule in a file of ours is over for sudo. What is not as we write it counts as access without end: it is no longer ours alone. */
export function endOfDropIn({ identity }: SudoersGrant, text: string, now: Date): DropInEnd {
  const rules = text.split("\n").filter((line) => line.trim() !== "" && !line.startsWith("# "));
  const stamps = [...text.matchAll(/NOTAFTER=(\d{14})Z /gu)].map(([, stamp]) => stamp);
  const [stamp] = stamps;
  if (rules.length === 0) return "over";
  const isOurs = rules.length === 1 && rules[0]?.startsWith(`${identity} `) === true;
  if (!isOurs || stamp === undefined || text.split("NOTAFTER").length !== 2) return "never";
  const end = new Date(instantOf(stamp).getTime() + 1000);
  return end > now ? end : "over";
}

/** Reads `YYYYMMDDHHMMSS` in UTC. */
export function instantOf(stamp: string): Date {
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/u.exec(stamp) ?? [];
  const [, year = "", month = "", day = "", hour = "", minute = "", second = ""] = parts;
  return new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

/** Writes `YYYYMMDDHHMMSSZ`. */
export function stampOf(instant: Date): string {
  return instant.toISOString().replace(/\.\d+|[-:T]/gu, "");
}

/** A rule counts whole seconds; a fraction is left out, so that it never outlasts the grant. */
function wholeSeconds(instant: Date): number {
  return Math.floor(instant.getTime() / 1000) * 1000;
}

const heading = "# Written by Countersign, and removed at the end of the grant. Do not edit.";
