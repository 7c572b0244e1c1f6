import { sampleRepository } from "./sample-repository.ts";
import { sampleUser } from "./sample-user.ts";

const url = "https://api.github.com/repos/acme/access";
const html = "https://github.com/acme/access/pull/7";
const head = "6dcb09b5b57875f334f61aebed695e2e4193db5e";

/** A complete, open `pull-request` as GitHub's description asks for it. */
export const samplePull: Readonly<Record<string, unknown>> = {
  url: `${url}/pulls/7`,
  id: 7007,
  node_id: "PR_7007",
  html_url: html,
  diff_url: `${html}.diff`,
  patch_url: `${html}.patch`,
  issue_url: `${url}/issues/7`,
  commits_url: `${url}/pulls/7/commits`,
  review_comments_url: `${url}/pulls/7/comments`,
  review_comment_url: `${url}/pulls/comments{/number}`,
  comments_url: `${url}/issues/7/comments`,
  statuses_url: `${url}/statuses/${head}`,
  number: 7,
  state: "open",
  locked: false,
  title: "Settlement batch 8841",
  user: sampleUser("alice", 1001),
  body: null,
  labels: [],
  milestone: null,
  active_lock_reason: null,
  created_at: "2026-11-21T09:00:00Z",
  updated_at: "2026-11-21T09:00:00Z",
  closed_at: null,
  merged_at: null,
  merge_commit_sha: null,
  assignee: null,
  assignees: [],
  requested_reviewers: [sampleUser("bob", 1002)],
  requested_teams: [],
  head: side("alice-settlement", head, "alice", 1001),
  base: side("main", "c3d0be41ecbe669545ee3e94d31ed9a4bc91ee3c", "acme", 9000),
  _links: {
    self: { href: `${url}/pulls/7` },
    html: { href: html },
    issue: { href: `${url}/issues/7` },
    comments: { href: `${url}/issues/7/comments` },
    review_comments: { href: `${url}/pulls/7/comments` },
    review_comment: { href: `${url}/pulls/comments{/number}` },
    commits: { href: `${url}/pulls/7/commits` },
    statuses: { href: `${url}/statuses/${head}` },
  },
  author_association: "MEMBER",
  auto_merge: null,
  draft: false,
  merged: false,
  mergeable: null,
  rebaseable: null,
  mergeable_state: "unknown",
  merged_by: null,
  comments: 0,
  review_comments: 0,
  maintainer_can_modify: false,
  commits: 1,
  additions: 14,
  deletions: 0,
  changed_files: 1,
};

function side(ref: string, sha: string, login: string, id: number): Record<string, unknown> {
  return {
    label: `acme:${ref}`,
    ref,
    sha,
    user: sampleUser(login, id),
    repo: sampleRepository,
  };
}
