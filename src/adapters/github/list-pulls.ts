import { askGitHub } from "./github-errors.ts";
import type { GitHubOctokit } from "./github-octokit.ts";
import type { RepositoryLocation } from "./repository-location.ts";

/** A pull request as REST lists it, as far as it is used. */
export interface ListedPull {
  readonly number: number;
  readonly state: "open" | "closed";
  readonly baseRef: string;
}

/** Which pull requests: all open ones to `base`, or those of any state from `branch` of this repository. */
export type PullSelection =
  | { readonly by: "base"; readonly base: string }
  | { readonly by: "branch"; readonly branch: string };

const pageSize = 100;

/**
 * Lists pull requests through REST, all pages, ascending by number. GitHub ignores a `head` filter that it
 * cannot read, so what comes back is filtered once more.
 */
export async function listPulls(
  octokit: GitHubOctokit,
  location: RepositoryLocation,
  selection: PullSelection,
): Promise<readonly ListedPull[]> {
  const { owner, repository: repo } = location;
  const found = new Map<number, ListedPull>();
  for (let page = 1; ; page += 1) {
    const { data, headers } = await askGitHub("listing pull requests", () =>
      octokit.request("GET /repos/{owner}/{repo}/pulls", {
        ...{ owner, repo, page, per_page: pageSize, sort: "created", direction: "asc" },
        ...filter(selection, owner),
      }),
    );
    for (const pull of data.filter((each) => isSelected(each, selection))) {
      const state = pull.state === "open" ? "open" : "closed";
      found.set(pull.number, { number: pull.number, state, baseRef: pull.base.ref });
    }
    const hasNext = /\brel="next"/.test(headers.link ?? "");
    if (data.length < pageSize && !hasNext) break;
  }
  return [...found.values()].sort((a, b) => a.number - b.number);
}

function filter(selection: PullSelection, owner: string) {
  if (selection.by === "base") return { state: "open", base: selection.base } as const;
  return { state: "all", head: `${owner}:${selection.branch}` } as const;
}

interface ListedRefs {
  readonly state: string;
  readonly base: { readonly ref: string; readonly repo: { readonly id: unknown } };
  // GitHub's description forgets that the repository of a deleted fork is `null`.
  readonly head: { readonly ref: string; readonly repo: { readonly id: unknown } | null };
}

function isSelected(pull: ListedRefs, selection: PullSelection): boolean {
  if (selection.by === "base") return pull.state === "open" && pull.base.ref === selection.base;
  return pull.head.ref === selection.branch && pull.head.repo?.id === pull.base.repo.id;
}
