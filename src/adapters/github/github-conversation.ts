import type { ForgeComment, ForgeConversation } from "../../ports/forge-conversation.ts";
import { accountOfRest } from "./accounts.ts";
import { askGitHub } from "./github-errors.ts";
import { queryGitHub } from "./query-github.ts";
import type { GitHubWriterOptions } from "./github-writer.ts";
import { safeId } from "./safe-id.ts";

const pageSize = 100;

/** Reads and answers comments on GitHub, as ForgeConversation promises. */
export function githubConversation(options: GitHubWriterOptions): ForgeConversation {
  const { octokit, owner, repository: repo } = options;
  return {
    async comments(pull) {
      const listed = await listComments(options, pull);
      if (!listed.some(isCandidate)) return listed;
      const unedited = await uneditedComments(options, pull);
      return listed.map((comment) =>
        isCandidate(comment) && !unedited.has(comment.id) ? { ...comment, edited: "yes" } : comment,
      );
    },
    async answer(pull, comment, body) {
      const doing = `answering on #${pull}`;
      if (comment === null) {
        await askGitHub(doing, () =>
          octokit.request("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", {
            ...{ owner, repo, issue_number: pull, body },
          }),
        );
        return;
      }
      await askGitHub(doing, () =>
        octokit.request("PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}", {
          ...{ owner, repo, comment_id: comment, body },
        }),
      );
    },
    async close(pull) {
      await askGitHub(`closing #${pull}`, () =>
        octokit.request("PATCH /repos/{owner}/{repo}/pulls/{pull_number}", {
          ...{ owner, repo, pull_number: pull, state: "closed" as const },
        }),
      );
    },
  };
}

async function listComments(
  { octokit, owner, repository: repo, appId }: GitHubWriterOptions,
  pull: number,
): Promise<readonly ForgeComment[]> {
  const found = new Map<number, ForgeComment>();
  for (let page = 1; ; page += 1) {
    const { data, headers } = await askGitHub(`reading the comments of #${pull}`, () =>
      octokit.request("GET /repos/{owner}/{repo}/issues/{issue_number}/comments", {
        ...{ owner, repo, issue_number: pull, page, per_page: pageSize },
      }),
    );
    for (const comment of data) {
      const app = comment.performed_via_github_app ?? null;
      const id = safeId(comment.id);
      if (id === null) continue;
      found.set(id, {
        id,
        author: accountOfRest(comment.user),
        body: comment.body ?? "",
        createdAt: comment.created_at,
        edited: comment.updated_at === comment.created_at ? "no" : "yes",
        via: app === null ? "hand" : app.id === appId ? "own-app" : "other-app",
      });
    }
    const hasNext = /\brel="next"/u.test(headers.link ?? "");
    if (data.length < pageSize && !hasNext) break;
  }
  return [...found.values()].sort((a, b) => a.id - b.id);
}

/** Only what could be a command is asked about once more. */
function isCandidate({ body, edited, via }: ForgeComment): boolean {
  return edited === "no" && via === "hand" && body.startsWith("/access");
}

interface EditsAnswer {
  readonly repository: {
    readonly pullRequest: {
      readonly comments: {
        readonly nodes:
          | readonly ({
              readonly fullDatabaseId: string | null;
              readonly lastEditedAt: string | null;
            } | null)[]
          | null;
      };
    } | null;
  } | null;
}

/** The query for which of the newest comments were never edited. */
export const editsQuery = `
query CountersignEdits($owner: String!, $name: String!, $number: Int!) {
  repository(owner: $owner, name: $name, followRenames: false) {
    pullRequest(number: $number) {
      comments(last: 100) { nodes { fullDatabaseId lastEditedAt } }
    }
  }
}
`;

/**
 * Names the comments that nobody ever edited. The times of REST are whole seconds, so that an edit by somebody with write access
 * could pass for the author's own words; an older comment than the newest hundred counts as edited.
 */
async function uneditedComments(
  { octokit, owner, repository }: GitHubWriterOptions,
  pull: number,
): Promise<ReadonlySet<number>> {
  const doing = `reading the edits of comments on #${pull}`;
  const answer = await queryGitHub<EditsAnswer>(octokit, doing, {
    text: editsQuery,
    variables: { owner, name: repository, number: pull },
  });
  const nodes = answer.repository?.pullRequest?.comments.nodes ?? [];
  const ids = nodes.flatMap((node) =>
    node !== null && node.lastEditedAt === null ? [safeId(node.fullDatabaseId)] : [],
  );
  return new Set(ids.filter((id) => id !== null));
}
