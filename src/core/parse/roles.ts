import type { Owner, RoleRule, Roles, RoleSection } from "../model/governance.ts";
import { roleNames } from "../model/names.ts";
import type { RoleName } from "../model/names.ts";
import type { Parsed, Problem } from "../model/problem.ts";
import { compilePattern, matchesPath } from "./codeowners-pattern.ts";
import { nearest } from "./nearest.ts";
import { parseOwner } from "./owner.ts";
import { readText } from "./read-text.ts";

/** GitHub does not load a CODEOWNERS file above this size; here it is an error instead of silence. */
const maxBytes = 3 * 1024 * 1024;

/** The first ones say enough, and a hostile file could hold a hundred thousand. */
const mostProblems = 20;

/**
 * Parses `governance/ROLES`: CODEOWNERS syntax, with a `[role]` line before the lines of each role. A
 * line that cannot be read is an error, never ignored: ignoring it would give the path to whoever an
 * earlier line names.
 */
export function parseRoles(path: string, source: string | Uint8Array): Parsed<Roles> {
  const text = readText(path, source, { maxBytes, tabs: "allowed" });
  if (!text.ok) return text;
  const problems: Problem[] = [];
  const sections: RoleSection[] = [];
  let rules: RoleRule[] | null = null;
  for (const [index, content] of text.value.split("\n").entries()) {
    if (problems.length >= mostProblems) break;
    const report: Report = (column, fault) => {
      if (problems.length >= mostProblems) return;
      problems.push({ path, line: index + 1, column, ...fault });
    };
    const tokens = tokensOf(content);
    const [first] = tokens;
    if (first === undefined) continue;
    if (first.column > 1) report(first.column, indented);
    if (first.text.startsWith("[")) {
      const role = sectionRole(tokens, sections, report);
      rules = [];
      if (role !== null) sections.push({ role, rules });
      continue;
    }
    const rule = parseRule(first, tokens.slice(1), index + 1, report);
    if (rules === null) report(first.column, homeless);
    else if (rule !== null) rules.push(rule);
  }
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, value: { sections } };
}

/**
 * Names who holds `role` for `path`: the owners of the last line that matches, in the order of the line.
 * Empty means nobody: no section, no matching line, or a line without owners.
 */
export function ownersOf(roles: Roles, role: RoleName, path: string): readonly Owner[] {
  const key = `${role} ${path}`;
  const own = remembered.get(roles) ?? new Map<string, readonly Owner[]>();
  remembered.set(roles, own);
  const before = own.get(key);
  if (before !== undefined) return before;
  const rules = roles.sections.find((section) => section.role === role)?.rules ?? [];
  const owners = rules.findLast(({ segments }) => matchesPath(segments, path))?.owners ?? [];
  if (own.size >= mostRemembered) own.clear();
  own.set(key, owners);
  return owners;
}

/** A decision asks for the same role and path several times; ROLES is never changed after parsing. */
const remembered = new WeakMap<Roles, Map<string, readonly Owner[]>>();
const mostRemembered = 1_024;

type Fault = Pick<Problem, "code" | "message" | "fix">;
type Report = (column: number, fault: Fault) => void;
interface Token {
  readonly text: string;
  readonly column: number;
}

const indented: Fault = {
  code: "indented-line",
  message: "The line begins with white space.",
  fix: "Begin the line in the first column.",
};
const homeless: Fault = {
  code: "line-before-section",
  message: "The line stands before any section, so it gives no role.",
  fix: "Write a section such as `[approver]` above it.",
};

/** Splits at unescaped spaces and tabs; a token that begins with `#` ends the line. */
function tokensOf(content: string): readonly Token[] {
  const tokens: Token[] = [];
  for (const match of content.matchAll(/(?:[^ \t\\]|\\.|\\$)+/g)) {
    if (match[0].startsWith("#")) break;
    tokens.push({ text: match[0], column: match.index + 1 });
  }
  return tokens;
}

function sectionRole(
  tokens: readonly Token[],
  earlier: readonly RoleSection[],
  report: Report,
): RoleName | null {
  const header = tokens.map(({ text }) => text).join(" ");
  const name = /^\[([^\]]*)\]$/.exec(header)?.[1];
  const role = roleNames.find((known) => known === name);
  if (role === undefined) {
    report(1, unknownSection(header, name));
    return null;
  }
  if (earlier.some((section) => section.role === role)) {
    report(1, {
      code: "duplicate-section",
      message: `The section [${role}] appears twice.`,
      fix: "Move these lines into the first section of that name.",
    });
  }
  return role;
}

function unknownSection(header: string, name: string | undefined): Fault {
  if (name === undefined) {
    return {
      code: "broken-section",
      message: `${JSON.stringify(header)} is not a section.`,
      fix: "Write the role in brackets and nothing else on the line, such as `[approver]`.",
    };
  }
  const near = nearest(name, roleNames);
  return {
    code: "unknown-role",
    message: `There is no role ${JSON.stringify(name)}.`,
    fix: near === null ? `Write one of: ${roleNames.join(", ")}.` : `Write \`[${near}]\` instead.`,
  };
}

function parseRule(
  first: Token,
  rest: readonly Token[],
  line: number,
  report: Report,
): RoleRule | null {
  const pattern = compilePattern(first.text);
  if (!pattern.ok) report(first.column, pattern.fault);
  const owners: Owner[] = [];
  for (const token of rest) {
    const owner = parseOwner(token.text);
    if (!owner.ok) report(token.column, owner.fault);
    else if (owners.some((other) => nameOf(other) === nameOf(owner.value))) {
      report(token.column, {
        code: "duplicate-owner",
        message: `${token.text} is named twice in this line.`,
        fix: "Remove one of the two.",
      });
    } else owners.push(owner.value);
  }
  if (!pattern.ok) return null;
  const { text, column } = first;
  return { pattern: text, segments: pattern.segments, owners, line, column };
}

function nameOf(owner: Owner): string {
  return (owner.kind === "team" ? `${owner.org}/${owner.slug}` : owner.login).toLowerCase();
}
