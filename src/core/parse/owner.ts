import type { Owner } from "../model/governance.ts";
import type { Problem } from "../model/problem.ts";

type ParsedOwner =
  | { readonly ok: true; readonly value: Owner }
  | { readonly ok: false; readonly fault: Pick<Problem, "code" | "message" | "fix"> };

/**
 * Parses `@org/team` or `@login`. An e-mail address is refused although CODEOWNERS allows it: who
 * answers to one is not readable from git.
 */
export function parseOwner(text: string): ParsedOwner {
  const team = /^@([A-Za-z0-9][A-Za-z0-9-]{0,38})\/([a-z0-9][a-z0-9._-]{0,94})$/.exec(text);
  if (team !== null) {
    const [, org = "", slug = ""] = team;
    return { ok: true, value: { kind: "team", org, slug } };
  }
  const login = /^@([A-Za-z0-9][A-Za-z0-9_-]{0,59})$/.exec(text)?.[1];
  if (login !== undefined) return { ok: true, value: { kind: "account", login } };
  if (/^[^@]+@[^@]+$/.test(text)) {
    return {
      ok: false,
      fault: {
        code: "email-owner",
        message: `${JSON.stringify(text)} is an e-mail address.`,
        fix: "Name the account as `@login`, or a team as `@org/team`.",
      },
    };
  }
  return {
    ok: false,
    fault: {
      code: "wrong-owner",
      message: `${JSON.stringify(text)} is not an owner.`,
      fix: "Write `@org/team` (the team's slug, in lower case) or `@login`.",
    },
  };
}
