import type { EntryDraft, RevertCause } from "../core/model/entry.ts";
import { ForgeRefused } from "../ports/forge-reader.ts";
import type { Removal } from "../ports/forge-writer.ts";
import type { EndedRequest } from "./ended-requests.ts";
import type { Gate } from "./gate.ts";

/** What one revert PR removes. */
export interface Revert {
  /** At least one; the first names the branch. */
  readonly requests: readonly [EndedRequest, ...EndedRequest[]];
  /** How many revert PRs of the first are gone already, or hold something else by now. */
  readonly attempt: number;
  readonly tip: string;
}

/**
 * Opens the PR that removes the files of what has ended, and records it for each of them. Repeatable: the name of the branch
 * follows from the decision on the first request and the number of the attempt, and an open PR of it is found again.
 */
export async function openRevert(gate: Gate, revert: Revert): Promise<number> {
  const branch = branchOf(revert);
  const { pull, at } = await openOn(gate, {
    ...{ branch, tip: revert.tip, paths: revert.requests.map(({ path }) => path) },
    ...(revert.requests.length === 1 ? textOfOne(revert.requests[0]) : textOfMany(revert.requests)),
  });
  await gate.ledger.append(
    revert.requests.flatMap((ended) => [...lapsed(ended), reverted(ended, pull, at)]),
  );
  return pull;
}

function branchOf({ requests: [first, ...others], attempt }: Revert): string {
  const decision = first.decision.replace("sha256:", "").slice(0, 8);
  const again = attempt === 0 ? "" : `-${attempt + 1}`;
  return others.length === 0
    ? `revert/${first.name}/${decision}${again}`
    : `revert-many/${decision}${again}`;
}

/** Whoever may push can take a name first, or the folder it needs (attacker-controlled): then another one serves as well. */
async function openOn(
  { writer }: Gate,
  removal: Removal,
): Promise<{ readonly pull: number; readonly at: string }> {
  try {
    return { ...(await writer.openRemoval(removal)), at: removal.branch };
  } catch (error) {
    if (!(error instanceof ForgeRefused) || error.status !== 422) throw error;
    const branch = `countersign-${removal.branch.replaceAll("/", "-")}`;
    return { ...(await writer.openRemoval({ ...removal, branch })), at: branch };
  }
}

function reverted({ name, path, cause }: EndedRequest, pull: number, branch: string): EntryDraft {
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

type Text = Pick<Removal, "title" | "body">;

function textOfOne({ name, cause }: EndedRequest): Text {
  return {
    title: `Remove ${name}: ${inWords(cause)}`,
    body: `${sentence(cause)} This pull request removes the record of it. It stays red until the access was read back as gone at the target, and is merged then.`,
  };
}

function textOfMany(requests: readonly EndedRequest[]): Text {
  const list = requests.map(({ path, cause }) => `- \`${path}\`: ${inWords(cause)}`);
  return {
    title: `Remove ${requests.length} requests that are over`,
    body: `These accesses are over. This pull request removes the record of them. It stays red until each of them was read back as gone at its target, and is merged then; what keeps the others waiting gets a pull request of its own.\n\n${list.join("\n")}`,
  };
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
