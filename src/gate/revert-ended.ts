import { entriesOf } from "../core/attest/ledger-view.ts";
import type { EntryDraft, EntryOf, RevertCause } from "../core/model/entry.ts";
import { accessState } from "../core/plan/access-state.ts";
import { newestDecisionOn } from "../facts/newest-decision.ts";
import { failureText } from "./failure-text.ts";
import type { Gate } from "./gate.ts";

/**
 * Opens a revert PR for every request on the governed branch whose time is over, by the gate's own clock,
 * and returns the PRs to look at. The revert is the record of the end; the executor ends the access whether
 * or not it can be merged. Repeatable: the branch name is derived from the decision, and an existing PR is
 * found again.
 */
export async function revertEnded(gate: Gate): Promise<readonly number[]> {
  const { mirror, governedBranch, ledger } = gate;
  const tip = await mirror.tip(governedBranch);
  if (tip === null) return [];
  const onMain = new Set((await mirror.list(tip, "access-requests")).map(({ path }) => path));
  const pulls: number[] = [];
  for (const merge of entriesOf(ledger.view(), "merge")) {
    const ended = endedRequest(gate, merge, onMain);
    if (ended === null) continue;
    // Somebody's own removal is the record of the end: a second one would leave it nothing to remove.
    const removal = openRemovalOf(gate, ended.name);
    if (removal !== null) {
      pulls.push(removal);
      continue;
    }
    const pull = await tryRevert(gate, tip, ended);
    if (pull !== null) pulls.push(pull);
  }
  return pulls;
}

/** The open PR of a person that ended the access by removing its file; `null` when there is none any more. */
function openRemovalOf({ ledger }: Gate, name: string): number | null {
  const view = ledger.view();
  const ending = entriesOf(view, "ending").find(
    ({ inputs, result }) =>
      inputs.request === name && inputs.comment === null && result.cause === "revoked",
  );
  if (ending === undefined) return null;
  const { pull } = ending.inputs;
  const newest = newestDecisionOn(view, pull);
  if (newest === null) return pull;
  const { state, draft } = newest.inputs.snapshot.pull;
  return state === "open" && !draft && newest.result.decision.kind === "removal" ? pull : null;
}

/** One revert that cannot be opened must not keep the others, and the sweep, from their work. */
async function tryRevert(gate: Gate, tip: string, ended: EndedRequest): Promise<number | null> {
  try {
    return await openRevert(gate, tip, ended);
  } catch (error) {
    gate.log("error", "a revert could not be opened and waits for the next sweep", {
      request: ended.name,
      reason: failureText(error),
    });
    return null;
  }
}

interface EndedRequest {
  readonly name: string;
  readonly path: string;
  readonly decision: string;
  readonly cause: RevertCause;
  readonly notAfter: string | null;
}

function endedRequest(
  { ledger, clock }: Gate,
  { inputs, result }: EntryOf<"merge">,
  onMain: ReadonlySet<string>,
): EndedRequest | null {
  if (result.kind !== "request") return null;
  const view = ledger.view();
  const entry = entriesOf(view, "decision").find(({ digest }) => digest === inputs.decision);
  const decision = entry?.result.decision;
  const request = decision?.request;
  if (decision === undefined || request == null || !onMain.has(request.path)) return null;
  const base = {
    name: request.name,
    path: request.path,
    decision: inputs.decision,
    notAfter: decision.notAfter,
  };
  const now = clock.now().getTime();
  const intent = entriesOf(view, "grant-intent").find(
    (known) => known.result.grant.request === request.name,
  );
  if (intent === undefined) {
    const isLapsed = decision.notAfter === null || now >= Date.parse(decision.notAfter);
    return isLapsed ? { ...base, cause: "lapsed" } : null;
  }
  if (now >= Date.parse(intent.result.grant.expiresAt)) return { ...base, cause: "expired" };
  if (accessState(view.executions, request.name) === "ended") return { ...base, cause: "removed" };
  return null;
}

async function openRevert(gate: Gate, tip: string, ended: EndedRequest): Promise<number> {
  const known = entriesOf(gate.ledger.view(), "revert").find(
    ({ inputs }) => inputs.request === ended.name,
  );
  const branch = `revert/${ended.name}/${ended.decision.replace("sha256:", "").slice(0, 8)}`;
  const { pull } = await gate.writer.openRemoval({
    branch,
    tip,
    path: ended.path,
    title: `Remove ${ended.name}: ${inWords(ended.cause)}`,
    body: `${sentence(ended.cause)} This pull request removes the record of it. It stays red until the access was read back as gone at the target, and is merged then.`,
  });
  if (known?.result.pull === pull) return pull;
  await gate.ledger.append([...lapsed(ended), revert(ended, pull, branch)]);
  return pull;
}

function revert({ name, path, cause }: EndedRequest, pull: number, branch: string): EntryDraft {
  return {
    type: "revert",
    idempotencyKey: `revert:${name}:${pull}`,
    summary: `#${pull}: removes ${name} (${cause})`,
    delivery: null,
    inputs: { request: name, path, cause },
    result: { pull, branch },
  };
}

function lapsed({ name, decision, cause, notAfter }: EndedRequest): readonly EntryDraft[] {
  if (cause !== "lapsed" || notAfter === null) return [];
  return [
    {
      type: "lapsed",
      idempotencyKey: `lapsed:${name}`,
      summary: `${name}: approved, never active, can no longer begin`,
      delivery: null,
      inputs: { request: name, decision },
      result: { notAfter },
    },
  ];
}

function inWords(cause: RevertCause): string {
  switch (cause) {
    case "expired":
      return "its time is over";
    case "lapsed":
      return "it never began";
    case "removed":
      return "it ended early";
  }
}

function sentence(cause: RevertCause): string {
  switch (cause) {
    case "expired":
      return "The time of this access is over.";
    case "lapsed":
      return "This access was approved but never began, and can no longer begin.";
    case "removed":
      return "This access ended before its time.";
  }
}
