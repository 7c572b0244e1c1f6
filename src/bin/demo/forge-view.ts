import type { Person } from "./person.ts";
import { waitFor } from "./wait-for.ts";

/** The access repository as a person sees it in the browser. */
export interface ForgeView {
  readonly owner: string;
  readonly repo: string;
  readonly by: Person;
}

export interface SeenCheck {
  readonly conclusion: string;
  readonly summary: string;
  readonly text: string;
}

/** Waits until the check `countersign` on a commit has the conclusion and says the words. */
export async function checkSays(
  { owner, repo, by }: ForgeView,
  ref: string,
  conclusion: string,
  words: string,
): Promise<SeenCheck> {
  return waitFor(`the check on ${ref.slice(0, 8)} to say "${words}"`, 25, async () => {
    const { data } = await by.github.checks.listForRef({
      owner,
      repo,
      ref,
      check_name: "countersign",
    });
    const run = data.check_runs[0];
    const seen = {
      conclusion: run?.conclusion ?? "none",
      summary: run?.output.summary ?? "",
      text: run?.output.text ?? "",
    };
    const says = `${seen.summary}\n${seen.text}`.includes(words);
    return seen.conclusion === conclusion && says
      ? { found: seen }
      : { seen: `${seen.conclusion}: ${seen.summary.slice(0, 200)}` };
  });
}

/** Submits an approving review; returns the forge's refusal instead of throwing it. */
export async function approve(
  { owner, repo }: ForgeView,
  by: Person,
  pull: number,
): Promise<{ readonly status: number; readonly message: string }> {
  try {
    const { status } = await by.github.pulls.createReview({
      owner,
      repo,
      pull_number: pull,
      event: "APPROVE",
    });
    return { status, message: "" };
  } catch (error) {
    const { status, message } = error as { status?: number; message?: string };
    if (status === undefined) throw error;
    return { status, message: message ?? "" };
  }
}

/** Waits until a pull request is merged and returns the merge commit's message. */
export async function merged(
  { owner, repo, by }: ForgeView,
  pull: number,
  seconds: number,
): Promise<{ readonly commit: string; readonly message: string }> {
  const commit = await waitFor(`#${pull} to be merged`, seconds, async () => {
    const { data } = await by.github.pulls.get({ owner, repo, pull_number: pull });
    return data.merged && data.merge_commit_sha !== null
      ? { found: data.merge_commit_sha }
      : { seen: data.state };
  });
  const { data } = await by.github.repos.getBranch({ owner, repo, branch: "main" });
  return { commit, message: data.commit.commit.message };
}

/** Waits until the newest entry of a ledger branch says the words in its summary. */
export async function ledgerSays(
  { owner, repo, by }: ForgeView,
  branch: string,
  words: string,
): Promise<void> {
  await waitFor(`${branch} to say "${words}"`, 25, async () => {
    const { data } = await by.github.repos.getBranch({ owner, repo, branch });
    const { message } = data.commit.commit;
    return message.includes(words) ? { found: message } : { seen: message.split("\n")[0] ?? "" };
  });
}
