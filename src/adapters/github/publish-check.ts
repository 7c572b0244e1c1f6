import { ForgeRefused, ForgeUnavailable } from "../../ports/forge-reader.ts";
import type { Check } from "../../ports/forge-writer.ts";
import { boundedMap } from "../bounded-map.ts";
import { cutMarkdown } from "./cut-markdown.ts";
import { askGitHub } from "./github-errors.ts";
import type { GitHubOctokit } from "./github-octokit.ts";
import { safeId } from "./safe-id.ts";

export interface CheckPlace {
  readonly octokit: GitHubOctokit;
  readonly owner: string;
  readonly repository: string;
  /** A check run of the same name by another App is not ours and is left alone. */
  readonly appId: number;
}

type Publish = (head: string, check: Check) => Promise<void>;

/** The name of the one check that the governed branch requires. */
export const checkName = "countersign";
const mostAttempts = 4;

/** The run of a head, and what this process last wrote into it. */
interface Written {
  readonly run: number;
  readonly body: string;
}

/**
 * Makes the function that writes the one check run of a head: updated in place where it exists, created
 * where it does not, left alone where it still shows the same: writes wait for one another, and a sweep must
 * not hold up the verdict that somebody waits for. Calls for the same head run one after the other, so that
 * two never create it both.
 */
export function checkPublisher(place: CheckPlace): Publish {
  const known = boundedMap<string, Written>(1000);
  const busy = new Map<string, Promise<void>>();
  return (head, check) => {
    const before = busy.get(head) ?? Promise.resolve();
    const turn = before
      .catch(() => undefined)
      .then(() => publish(place, known, head, check))
      .finally(() => {
        if (busy.get(head) === turn) busy.delete(head);
      });
    busy.set(head, turn);
    return turn;
  };
}

async function publish(
  place: CheckPlace,
  known: ReturnType<typeof boundedMap<string, Written>>,
  head: string,
  check: Check,
): Promise<void> {
  const before = known.get(head);
  const body = JSON.stringify(bodyOf(check));
  if (before?.body === body && (await isShown(place, head, before.run, check))) return;
  const existing = before?.run ?? (await findRun(place, head))?.id ?? null;
  if (existing !== null && (await update(place, existing, check))) {
    known.set(head, { run: existing, body });
    return;
  }
  known.delete(head);
  known.set(head, { run: await create(place, head, check, existing), body });
}

async function isShown(
  place: CheckPlace,
  head: string,
  id: number,
  check: Check,
): Promise<boolean> {
  const run = await findRun(place, head);
  return run?.id === id && shows(run, check) && run.title === check.title;
}

/** The newest run of our name by our App on a head. */
interface OurRun {
  readonly id: number;
  readonly status: string;
  readonly conclusion: string | null;
  readonly title: string | null;
}

async function findRun(place: CheckPlace, head: string): Promise<OurRun | null> {
  const { data } = await askGitHub("looking for our check run", () =>
    place.octokit.request("GET /repos/{owner}/{repo}/commits/{ref}/check-runs", {
      ...repositoryOf(place),
      ref: head,
      check_name: checkName,
      app_id: place.appId,
      per_page: 100,
    }),
  );
  const ours = data.check_runs.filter(
    (run) => run.name === checkName && run.head_sha === head && run.app?.id === place.appId,
  );
  const runs = ours.flatMap(({ id, status, conclusion, output }) => {
    const safe = safeId(id);
    return safe === null ? [] : [{ id: safe, status, conclusion, title: output.title }];
  });
  return runs.sort((a, b) => b.id - a.id)[0] ?? null;
}

/** Updates a run in place; `false` when it is gone or GitHub keeps its old state. */
async function update(place: CheckPlace, run: number, check: Check): Promise<boolean> {
  try {
    const { data } = await askGitHub("updating our check run", () =>
      place.octokit.request("PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}", {
        ...repositoryOf(place),
        check_run_id: run,
        ...bodyOf(check),
      }),
    );
    return shows(data, check);
  } catch (error) {
    if (error instanceof ForgeRefused && error.status === 404) return false;
    throw error;
  }
}

/**
 * Creates the run. An answer that never came may still have created it, and a second run of the name would
 * stand beside the first: so the request is not repeated blindly, but looked for in between.
 */
async function create(
  place: CheckPlace,
  head: string,
  check: Check,
  replaced: number | null,
): Promise<number> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await createOnce(place, head, check);
    } catch (error) {
      if (!(error instanceof ForgeUnavailable) || attempt >= mostAttempts) throw error;
    }
    const found = (await findRun(place, head))?.id ?? null;
    if (found !== null && found !== replaced && (await update(place, found, check))) return found;
  }
}

async function createOnce(place: CheckPlace, head: string, check: Check): Promise<number> {
  const { data } = await askGitHub("creating our check run", () =>
    place.octokit.request("POST /repos/{owner}/{repo}/check-runs", {
      ...repositoryOf(place),
      name: checkName,
      head_sha: head,
      ...bodyOf(check),
      request: { retries: 0 },
    }),
  );
  const id = safeId(data.id);
  if (id !== null && shows(data, check)) return id;
  throw new ForgeRefused(`GitHub took the check run of ${head} but shows another state`, 200);
}

function bodyOf(check: Check) {
  const output = {
    title: check.title,
    summary: cutMarkdown(check.summary),
    text: cutMarkdown(check.text),
  };
  if (check.conclusion === "in_progress") return { status: "in_progress" as const, output };
  return { status: "completed" as const, conclusion: check.conclusion, output };
}

function shows(run: { status: string; conclusion: string | null }, check: Check): boolean {
  if (check.conclusion === "in_progress") return run.status === "in_progress";
  return run.status === "completed" && run.conclusion === check.conclusion;
}

function repositoryOf(place: CheckPlace) {
  return { owner: place.owner, repo: place.repository };
}
