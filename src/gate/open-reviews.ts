import { entriesOf, entryByDigest } from "../core/attest/ledger-view.ts";
import type { EntryDraft, EntryOf } from "../core/model/entry.ts";
import { accessState } from "../core/plan/access-state.ts";
import { renderReview } from "../core/render/render-review.ts";
import { outcomeOf } from "../facts/emergencies.ts";
import { failureText } from "./failure-text.ts";
import type { Gate } from "./gate.ts";

/**
 * Opens an issue for every access that has ended and that somebody has to look at again, and records it with its due date.
 * Repeatable: the issue is found again by its mark. Returns the PRs whose review nobody has given yet.
 */
export async function openReviews(gate: Gate): Promise<readonly number[]> {
  const view = gate.ledger.view();
  const opened = new Set(entriesOf(view, "review-opened").map(({ inputs }) => inputs.pull));
  const pulls: number[] = [];
  for (const merge of entriesOf(view, "merge")) {
    const { pull, decision: digest } = merge.inputs;
    if (opened.has(pull)) {
      if (outcomeOf(view, pull) === null) pulls.push(pull);
      continue;
    }
    const entry = entryByDigest(view, "decision", digest);
    const request = entry?.result.decision.request ?? null;
    if (entry === null || request === null || !isDue(entry)) continue;
    if (accessState(view.executions, request.name) !== "ended") continue;
    if (await tryToOpen(gate, entry)) pulls.push(pull);
  }
  return pulls;
}

/** Closes the issue of a review that somebody has given. */
export async function closeReviewed({ ledger, issues }: Gate, pull: number): Promise<void> {
  const view = ledger.view();
  const opened = entriesOf(view, "review-opened").find(({ inputs }) => inputs.pull === pull);
  if (opened === undefined || outcomeOf(view, pull) === null) return;
  await issues.close(opened.result.issue);
}

function isDue({ result: { decision } }: EntryOf<"decision">): boolean {
  return decision.reviewAfterwards.length > 0;
}

/** One issue that cannot be opened must not keep the others, and the sweep, from their work. */
async function tryToOpen(gate: Gate, entry: EntryOf<"decision">): Promise<boolean> {
  const { pull } = entry.result.decision;
  try {
    await openReview(gate, entry);
    return true;
  } catch (error) {
    const reason = failureText(error);
    gate.log("error", "a review could not be opened and waits for the next sweep", {
      pull,
      reason,
    });
    return false;
  }
}

async function openReview(gate: Gate, entry: EntryOf<"decision">): Promise<void> {
  const { decision } = entry.result;
  const within = (decision.reviewWithinSeconds ?? 0) * 1000;
  const due = new Date(gate.clock.now().getTime() + within).toISOString();
  const issue = renderReview(decision, { due, executions: gate.ledger.view().executions });
  const { number } = await gate.issues.open(issue);
  await gate.ledger.append(drafts(entry, number, due));
}

function drafts(entry: EntryOf<"decision">, issue: number, due: string): readonly EntryDraft[] {
  const { decision } = entry.result;
  const { pull, request, reviewAfterwards: reasons } = decision;
  if (request === null) return [];
  return [
    {
      type: "review-opened",
      idempotencyKey: `review-opened:${pull}`,
      summary: `#${pull}: review #${issue} of ${request.name} is due at ${due}`,
      delivery: null,
      inputs: { request: request.name, path: request.path, pull, decision: entry.digest },
      result: { issue, due, reasons },
    },
  ];
}
