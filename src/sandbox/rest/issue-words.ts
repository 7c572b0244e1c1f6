import { textIn } from "../http/read-body.ts";
import { invalid } from "../http/refusal.ts";
import type { JsonObject } from "../http/json.ts";

/** Reads the title of an issue; `null` when none is given. It is not blank and not over 256 characters. */
export function issueTitle(body: JsonObject): string | null {
  const title = textIn(body, "title");
  if (title === null) return null;
  if (title.trim() === "") throw invalid("Issue", "title", "missing_field");
  refuseLong("title", title, 256);
  return title;
}

/** Reads the body of an issue; `null` when none is given. It is not over 65,536 characters. */
export function issueBody(body: JsonObject): string | null {
  const text = textIn(body, "body");
  if (text !== null) refuseLong("body", text, 65_536);
  return text;
}

/**
 * Refuses what GitHub has and this small one has not. GitHub would take it; to ignore it would let a
 * caller believe that it was done.
 */
export function refuseUnserved(body: JsonObject): void {
  const named = unserved.find((field) => Object.hasOwn(body, field));
  if (named === undefined) return;
  throw invalid("Issue", named, "custom", `The sandbox serves no ${named} of issues.`);
}

const unserved = [
  ...["assignee", "assignees", "duplicate_issue_id", "issue_field_values", "labels"],
  ...["milestone", "type"],
];

function refuseLong(field: string, text: string, most: number): void {
  if (Array.from(text).length <= most) return;
  const said = `${field} is too long (maximum is ${most} characters)`;
  throw invalid("Issue", field, "custom", said);
}
