import { closeIssue, reopenIssue, rewordIssue } from "../acts/edit-issue.ts";
import { rewordPull, setPullState } from "../acts/edit-pull.ts";
import { textIn } from "../http/read-body.ts";
import { invalid, refuse } from "../http/refusal.ts";
import { partOf } from "../world/conversation.ts";
import { requireAuthorOrWriter, standing } from "./author-or-writer.ts";
import { issueBody, issueTitle, refuseUnserved } from "./issue-words.ts";
import type { JsonObject } from "../http/json.ts";
import type { Call } from "../http/reply.ts";
import type { Conversation } from "../world/conversation.ts";
import type { CloseReason, Issue } from "../world/issue.ts";
import type { Pull } from "../world/pull.ts";

/** What a change asks for; `null` leaves as it is. */
interface IssueWish {
  readonly title: string | null;
  readonly body: string | null;
  readonly state: "open" | "closed" | null;
  readonly reason: CloseReason;
}

/**
 * Changes words and state of an issue, or of a pull request by its number. Refuses with 403 readers who
 * did not open it. What is refused in part changes nothing.
 */
export async function changeIssue(call: Call, found: Conversation): Promise<void> {
  requireAuthorOrWriter(call.actor, partOf(found).author);
  refuseUnserved(call.body);
  const wish = wishOf(call.body);
  if (found.kind === "issue") changePlain(call, found.issue, wish);
  else await changePull(call, found.pull, wish);
}

function changePlain({ world, actor }: Call, issue: Issue, wish: IssueWish): void {
  if (wish.state === "open") refuseReopening(issue);
  rewordIssue(world, issue, actor.account, wish);
  if (wish.state === "closed") closeIssue(world, issue, actor.account, wish.reason);
  if (wish.state === "open") reopenIssue(world, issue, actor.account);

  /** Whoever may only read reopens what they closed themselves, and nothing that others closed. */
  function refuseReopening({ closed }: Issue): void {
    if (closed === null || standing(actor) === "writer" || closed.by.id === actor.account.id)
      return;
    throw refuse(403, "Must have admin rights to Repository.");
  }
}

async function changePull({ world, actor, body }: Call, pull: Pull, wish: IssueWish) {
  if (textIn(body, "state_reason") !== null) {
    const said = "The sandbox serves no state_reason of pull requests.";
    throw invalid("Issue", "state_reason", "custom", said);
  }
  // The state first: a pull request that cannot be reopened keeps its words too.
  if (wish.state !== null) await setPullState(world, pull, actor.account, wish.state);
  await rewordPull(world, pull, actor.account, wish.title, wish.body);
}

function wishOf(body: JsonObject): IssueWish {
  const state = textIn(body, "state");
  if (state !== null && state !== "open" && state !== "closed") {
    throw invalid("Issue", "state", "invalid");
  }
  const reason = textIn(body, "state_reason");
  const fits = reason === null || (reasonsOf[state ?? "any"] ?? []).includes(reason);
  if (!fits) throw invalid("Issue", "state_reason", "invalid");
  return {
    title: issueTitle(body),
    body: issueBody(body),
    state,
    reason: reason === "not_planned" ? "not_planned" : "completed",
  };
}

/** The reasons that fit a state. Without a state GitHub ignores the reason. */
const reasonsOf: Readonly<Record<string, readonly string[]>> = {
  any: ["completed", "not_planned", "reopened"],
  closed: ["completed", "not_planned"],
  open: ["reopened"],
};
