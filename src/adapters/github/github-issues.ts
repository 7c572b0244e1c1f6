import type { ForgeIssues, NewIssue } from "../../ports/forge-issues.ts";
import { askGitHub } from "./github-errors.ts";
import type { GitHubWriterOptions } from "./github-writer.ts";

const pageSize = 100;
/** How far back an issue of ours is looked for: it was opened at most one sweep ago. */
const mostPages = 3;

/** Opens and closes issues of the access repository, as ForgeIssues promises. */
export function githubIssues(options: GitHubWriterOptions): ForgeIssues {
  const { octokit, owner, repository: repo } = options;
  return {
    async open(issue) {
      const known = await findOwn(options, issue);
      if (known !== null) return { number: known };
      const { title, mark, body } = issue;
      const { data } = await askGitHub("opening an issue", () =>
        octokit.request("POST /repos/{owner}/{repo}/issues", {
          ...{ owner, repo, title, body: `${mark}\n${body}` },
        }),
      );
      return { number: data.number };
    },
    async close(number) {
      const on = { owner, repo, issue_number: number };
      const { data } = await askGitHub(`reading the issue #${number}`, () =>
        octokit.request("GET /repos/{owner}/{repo}/issues/{issue_number}", on),
      );
      if (data.state === "closed") return;
      await askGitHub(`closing the issue #${number}`, () =>
        octokit.request("PATCH /repos/{owner}/{repo}/issues/{issue_number}", {
          ...{ ...on, state: "closed" as const, state_reason: "completed" as const },
        }),
      );
    },
  };
}

async function findOwn(
  { octokit, owner, repository: repo, appId }: GitHubWriterOptions,
  { mark }: NewIssue,
): Promise<number | null> {
  for (let page = 1; page <= mostPages; page += 1) {
    const { data } = await askGitHub("looking for an issue", () =>
      octokit.request("GET /repos/{owner}/{repo}/issues", {
        ...{ owner, repo, state: "all" as const, per_page: pageSize, page },
      }),
    );
    const own = data.find(
      (one) => one.performed_via_github_app?.id === appId && one.body?.startsWith(mark) === true,
    );
    if (own !== undefined) return own.number;
    if (data.length < pageSize) break;
  }
  return null;
}
