import { TargetRefused } from "../../../ports/target.ts";
import { runProgram } from "../files/run-program.ts";
import { instantOf } from "./drop-in.ts";

/** One rule as sudo's own parser reads it. */
export interface SudoRule {
  /** The accounts that it names; aliases are resolved, groups and what is excluded are left out. */
  readonly accounts: readonly string[];
  /** Whether it is for these accounts and nobody else. */
  readonly others: "none" | "some";
  /** Hosts and commands in one form, without the dates: two rules that allow the same have the same. */
  readonly meaning: string;
  /** From when on sudo takes none of its commands any more; `null`: never. */
  readonly end: Date | null;
}

/**
 * Reads the rules in a text of sudoers by sudo's own parser. Throws TargetRefused, with `place`, for a text that sudo could not read.
 */
export async function readRules(
  text: string,
  { place, timeoutSeconds }: { readonly place: string; readonly timeoutSeconds: number },
): Promise<readonly SudoRule[]> {
  const args = ["-c", "/dev/null", "-e", "-f", "json", "-s", "defaults,aliases", "-"];
  const { code, stdout, stderr } = await runProgram(cvtsudoers, args, {
    timeoutSeconds,
    input: text,
  });
  const parsed = code === 0 ? parseJson(stdout) : null;
  if (parsed !== null) return listOf(parsed["User_Specs"]).map(ruleOf);
  throw new TargetRefused(`${place} cannot be read by sudo (${stderr}): mend it with visudo.`);
}

function ruleOf(value: unknown): SudoRule {
  const rule = recordOf(value);
  const users = listOf(rule["User_List"]).map(recordOf);
  const accounts = users.flatMap(({ username, negated }) =>
    typeof username === "string" && negated === undefined ? [username] : [],
  );
  const commands = listOf(rule["Cmnd_Specs"]).map(recordOf);
  return {
    accounts,
    others: accounts.length === users.length ? "none" : "some",
    meaning: JSON.stringify([rule["Host_List"], commands.map(withoutDates)]),
    end: latest(commands.map(endOf)),
  };
}

function withoutDates(command: Json): Json {
  const { Options, ...rest } = command;
  const options = listOf(Options).filter((option) => !dateIn(option, /^not(?:before|after)$/u));
  return { ...rest, options };
}

function endOf(command: Json): Date | null {
  const dates = listOf(command["Options"]).map((option) => dateIn(option, /^notafter$/u));
  const [stamp] = dates.filter((date) => date !== null);
  // sudo still takes the rule during the second that it names.
  return stamp === undefined ? null : new Date(instantOf(stamp).getTime() + 1000);
}

function dateIn(option: unknown, name: RegExp): string | null {
  const [key, value] = Object.entries(recordOf(option))[0] ?? [];
  return key !== undefined && name.test(key) && typeof value === "string"
    ? value.slice(0, 14)
    : null;
}

function latest(ends: readonly (Date | null)[]): Date | null {
  const times = ends.map((end) => end?.getTime() ?? Number.POSITIVE_INFINITY);
  const last = Math.max(Number.NEGATIVE_INFINITY, ...times);
  return Number.isFinite(last) ? new Date(last) : null;
}

type Json = Readonly<Record<string, unknown>>;

/** No rule at all is an empty text. sudo 1.9.13 leaves out the braces around a few options, which is no JSON. */
function parseJson(text: string): Json | null {
  if (text.trim() === "") return {};
  try {
    return recordOf(JSON.parse(text.replace(bareOption, "$1{ $2 }")));
  } catch {
    return null;
  }
}

const bareOption =
  /^( *)("(?:run(?:cwd|chroot)|role|type|(?:limit)?privs|apparmor_profile)": ".*")/gmu;

function recordOf(value: unknown): Json {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

const cvtsudoers = { command: "cvtsudoers", package: "sudo" };
