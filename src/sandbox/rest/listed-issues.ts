import { hasPermission } from "../http/permit.ts";
import { invalid } from "../http/refusal.ts";
import { conversations, partOf } from "../world/conversation.ts";
import type { Call } from "../http/reply.ts";
import type { Conversation } from "../world/conversation.ts";

/**
 * Lists issues and pull requests by the filters of a query, newest first unless asked otherwise. A token
 * without `issues` sees the pull requests among them alone.
 */
export function listedIssues(call: Call): readonly Conversation[] {
  const { world, query } = call;
  refuseUnservedFilters(query);
  const state = query.get("state") ?? "open";
  const creator = query.get("creator");
  const since = query.get("since");
  const found = conversations(world)
    .filter((one) => isVisible(call, one))
    .filter((one) => state === "all" || partOf(one).state === state)
    .filter((one) => creator === null || loginOf(one) === creator.toLowerCase())
    .filter((one) => since === null || Date.parse(partOf(one).updatedAt) >= Date.parse(since))
    .sort((a, b) => key(a).localeCompare(key(b)) || partOf(a).number - partOf(b).number);
  return query.get("direction") === "asc" ? found : found.reverse();

  function key(one: Conversation): string {
    return query.get("sort") === "updated" ? partOf(one).updatedAt : partOf(one).createdAt;
  }
}

/** GitHub takes logins in capitals and small letters alike. */
function loginOf(one: Conversation): string {
  return partOf(one).author.login.toLowerCase();
}

function isVisible({ actor }: Call, one: Conversation): boolean {
  if (one.kind === "pull" || actor.kind !== "installation") return true;
  return hasPermission(actor.permissions, { permissions: ["issues"], level: "read" });
}

/** An ignored filter would show more than was asked for. */
function refuseUnservedFilters(query: URLSearchParams): void {
  const unserved = ["assignee", "issue_field_values", "labels", "mentioned", "milestone", "type"];
  const named = unserved.find((name) => query.has(name));
  if (named !== undefined) {
    throw invalid("Issue", named, "custom", `The sandbox lists no issues by ${named}.`);
  }
  const choices = { state: ["open", "closed", "all"], sort: ["created", "updated"] };
  for (const [name, allowed] of Object.entries(choices)) {
    const value = query.get(name);
    if (value !== null && !allowed.includes(value)) throw invalid("Issue", name, "invalid");
  }
}
