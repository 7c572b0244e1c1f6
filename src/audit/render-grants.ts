import { terminalText } from "../core/render/terminal-text.ts";
import type { ListedGrant } from "./list-grants.ts";

/** Renders the list for a terminal: two lines a request, what is overdue in capitals. */
export function renderGrants(grants: readonly ListedGrant[]): string {
  if (grants.length === 0) return "Nothing was ever asked for.\n";
  return grants.map((grant) => `${lines(grant).join("\n")}\n`).join("");
}

function lines({
  request,
  state,
  access,
  expiresAt,
  overdue,
  review,
}: ListedGrant): readonly string[] {
  const what =
    access === null
      ? "what it asks for could not be read"
      : `${access.entitlement} at ${access.target} for ${access.beneficiary}${access.kind === "BreakGlassRequest" ? ", in an emergency" : ""}`;
  const until = expiresAt === null ? "" : `, until ${expiresAt}`;
  const late = overdue === "yes" ? " — OVERDUE: it is still live" : "";
  return [
    `${state.padEnd(18)}  ${terminalText(request)}`,
    `                    ${terminalText(what)}${until}${late}`,
    ...(review === null ? [] : [`                    ${reviewWords(review)}`]),
  ];
}

function place(issue: number | null): string {
  return issue === null ? "(no issue yet)" : `#${issue}`;
}

function reviewWords({ state, due, issue }: NonNullable<ListedGrant["review"]>): string {
  switch (state) {
    case "due":
      return `review ${place(issue)} is due at ${due}`;
    case "overdue":
      return `review ${place(issue)} is OVERDUE since ${due}`;
    case "justified":
    case "unjustified":
      return `reviewed: ${state}`;
  }
}
