import { openIssue } from "../acts/open-issue.ts";
import { page } from "../http/paging.ts";
import { created, ok, participants, readers } from "../http/reply.ts";
import { renderIssueInFull } from "../render/issue.ts";
import { changeIssue } from "./change-issue.ts";
import { findConversation } from "./find-conversation.ts";
import { issueBody, issueTitle, refuseUnserved } from "./issue-words.ts";
import { listedIssues } from "./listed-issues.ts";
import { invalid } from "../http/refusal.ts";
import type { Call, Reply, Route } from "../http/reply.ts";

const all = "/repos/{owner}/{repo}/issues";
const one = `${all}/{issue_number}`;

/** Serves issues, and pull requests as the issues that they also are. */
export const issueRoutes: readonly Route[] = [
  {
    method: "GET",
    path: all,
    needs: readers("issues", "pull_requests"),
    answer: (call) => page(call, listedIssues(call), (item) => renderIssueInFull(call.world, item)),
  },
  { method: "POST", path: all, needs: participants("issues"), answer: open },
  {
    method: "GET",
    path: one,
    needs: readers("issues", "pull_requests"),
    answer: (call) => ok(renderIssueInFull(call.world, findConversation(call, "read"))),
  },
  {
    method: "PATCH",
    path: one,
    needs: participants("issues", "pull_requests"),
    answer: async (call) => {
      const found = findConversation(call, "write");
      await changeIssue(call, found);
      return ok(renderIssueInFull(call.world, found));
    },
  },
];

function open(call: Call): Reply {
  const { world, actor, body } = call;
  refuseUnserved(body);
  const title = issueTitle(body);
  if (title === null) throw invalid("Issue", "title", "missing_field");
  const issue = openIssue(world, actor, { title, body: issueBody(body) });
  return created(renderIssueInFull(world, { kind: "issue", issue }));
}
