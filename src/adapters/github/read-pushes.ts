import { ForgeRefused } from "../../ports/forge-reader.ts";
import type { ForgePush } from "../../ports/forge-reader.ts";
import { accountOfRest } from "./accounts.ts";
import type { RestAccount } from "./accounts.ts";
import { askGitHub } from "./github-errors.ts";
import type { GitHubOctokit } from "./github-octokit.ts";
import type { RepositoryLocation } from "./repository-location.ts";

const pageSize = 100;
const mostPages = 10;

/**
 * Reads who moved a branch from the repository's activity, oldest first. `null` when GitHub does not offer
 * it (403, 404, 410), when there are more than 1,000 movements, or when the list breaks off: half a list
 * would look like a branch that nobody else had pushed to.
 */
export async function readPushes(
  octokit: GitHubOctokit,
  location: RepositoryLocation,
  branch: string,
): Promise<readonly ForgePush[] | null> {
  const ref = `refs/heads/${branch}`;
  const found = new Map<number, Activity>();
  let after: string | null = null;
  for (let read = 0; read < mostPages; read += 1) {
    const page = await readPage(octokit, location, ref, after);
    if (page === null) return null;
    // A filter that GitHub could not read would be ignored: other branches are left out here as well.
    for (const one of page.activities) if (one.ref === ref) found.set(one.id, one);
    if (page.next === "none") return [...found.values()].sort(byAge).map(pushOf);
    if (page.next === "unreadable") return null;
    after = page.next.after;
  }
  return null;
}

interface Activity {
  readonly id: number;
  readonly ref: string;
  readonly before: string;
  readonly after: string;
  readonly timestamp: string;
  readonly actor: RestAccount | null;
}

interface ActivityPage {
  readonly activities: readonly Activity[];
  readonly next: { readonly after: string } | "none" | "unreadable";
}

async function readPage(
  octokit: GitHubOctokit,
  location: RepositoryLocation,
  ref: string,
  after: string | null,
): Promise<ActivityPage | null> {
  const { owner, repository: repo } = location;
  try {
    const { data, headers } = await askGitHub("reading who pushed to a branch", () =>
      octokit.request("GET /repos/{owner}/{repo}/activity", {
        ...{ owner, repo, ref, per_page: pageSize },
        ...(after === null ? {} : { after }),
      }),
    );
    return { activities: data, next: nextOf(headers.link ?? "") };
  } catch (error) {
    if (error instanceof ForgeRefused && [403, 404, 410].includes(error.status)) return null;
    throw error;
  }
}

/** Takes the cursor alone out of the Link header: its address is not followed, the token stays here. */
function nextOf(link: string): ActivityPage["next"] {
  if (!/\brel="next"/.test(link)) return "none";
  const address = /<([^>]*)>\s*;[^,]*\brel="next"/.exec(link)?.[1] ?? "";
  const after = URL.canParse(address) ? new URL(address).searchParams.get("after") : null;
  return after === null || after === "" ? "unreadable" : { after };
}

function byAge(a: Activity, b: Activity): number {
  return Date.parse(a.timestamp) - Date.parse(b.timestamp) || a.id - b.id;
}

function pushOf({ before, after, timestamp, actor }: Activity): ForgePush {
  return {
    before: oidOrNull(before),
    after: oidOrNull(after),
    at: timestamp,
    actor: accountOfRest(actor),
  };
}

/** All zeroes stand for "there was none". */
function oidOrNull(oid: string): string | null {
  return /^0+$/.test(oid) ? null : oid;
}
