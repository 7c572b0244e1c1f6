import { endedRequests, isLive } from "./ended-requests.ts";
import type { EndedRequest } from "./ended-requests.ts";
import { failureText } from "./failure-text.ts";
import type { Gate } from "./gate.ts";
import { isPastPatience, tryToGiveUp } from "./give-up-revert.ts";
import { openRevert } from "./open-revert.ts";
import type { Revert } from "./open-revert.ts";
import { removalsOn, standingRemoval } from "./standing-removals.ts";
import type { Removals } from "./standing-removals.ts";

/** GitHub lets an App create content 80 times a minute and 500 times an hour; a revert is a branch, a commit, a PR and a check. */
const mostOpenedPerSweep = 20;

/** Above so many, what waits shares revert PRs. */
const mostAlone = 20;

const mostFilesPerPull = 100;

/** How long the gate waits before the third and each later PR for the same file: people who close it are not argued with. */
const pauseMs = 24 * 60 * 60 * 1000;

/**
 * Opens revert PRs for the requests on the governed branch whose time is over, by the gate's own clock, and returns the PRs to
 * look at. The revert is the record of the end; the executor ends the access whether or not it can be merged. Repeatable.
 */
export async function revertEnded(gate: Gate): Promise<readonly number[]> {
  const { mirror, governedBranch, ledger } = gate;
  const tip = await mirror.tip(governedBranch);
  if (tip === null) return [];
  const files = await mirror.list(tip, "access-requests");
  const ended = endedRequests(gate, new Set(files.map(({ path }) => path)));
  const removals = removalsOn(ledger.view());
  const standing = new Map<number, EndedRequest[]>();
  const waiting: EndedRequest[] = [];
  for (const request of ended) {
    const pull = standingRemoval(ledger.view(), removals, request.name);
    if (pull !== null) standing.set(pull, [...(standing.get(pull) ?? []), request]);
    else if (!isPaused(gate, removals, request)) waiting.push(request);
  }
  for (const [pull, requests] of standing) {
    await tryToGiveUp(gate, tip, { pull, requests });
  }
  const opened = await openAll(gate, { tip, removals, waiting });
  return [...standing.keys(), ...opened];
}

function triesOf({ reverts }: Removals, { name }: EndedRequest) {
  return reverts.get(name) ?? [];
}

function isPaused({ clock }: Gate, removals: Removals, request: EndedRequest): boolean {
  const tries = triesOf(removals, request);
  const last = tries.at(-1);
  if (last === undefined || tries.length < 2) return false;
  return clock.now().getTime() < Date.parse(last.at) + pauseMs;
}

interface Waiting {
  readonly tip: string;
  readonly removals: Removals;
  readonly waiting: readonly EndedRequest[];
}

async function openAll(gate: Gate, given: Waiting): Promise<readonly number[]> {
  const groups = groupsOf(gate, given);
  const now = groups.slice(0, mostOpenedPerSweep);
  if (now.length < groups.length) {
    gate.log("info", "more reverts wait for the next sweep", {
      waiting: groups.length - now.length,
    });
  }
  const pulls: number[] = [];
  for (const requests of now) {
    const attempt = triesOf(given.removals, requests[0]).length;
    const pull = await tryRevert(gate, { requests, attempt, tip: given.tip });
    if (pull !== null) pulls.push(pull);
  }
  return pulls;
}

/** What can keep others waiting shares no PR with them: a revoke that failed, or what was not gone an hour after its first revert PR. */
function groupsOf({ clock }: Gate, { removals, waiting }: Waiting): readonly Revert["requests"][] {
  const now = clock.now();
  const isSlow = (request: EndedRequest): boolean => {
    const [first] = triesOf(removals, request);
    return request.access === "failed" || (isLive(request) && isPastPatience(first?.at, now));
  };
  const shared = waiting.filter((request) => !isSlow(request));
  return [...inGroups(shared), ...inGroups(waiting.filter(isSlow))];
}

function inGroups(
  requests: readonly EndedRequest[],
  size = requests.length > mostAlone ? mostFilesPerPull : 1,
): readonly Revert["requests"][] {
  const [first, ...others] = requests.slice(0, size);
  return first === undefined ? [] : [[first, ...others], ...inGroups(requests.slice(size), size)];
}

/** One revert that cannot be opened must not keep the others, and the sweep, from their work. */
async function tryRevert(gate: Gate, revert: Revert): Promise<number | null> {
  try {
    return await openRevert(gate, revert);
  } catch (error) {
    gate.log("error", "a revert could not be opened and waits for the next sweep", {
      request: revert.requests[0].name,
      reason: failureText(error),
    });
    return null;
  }
}
