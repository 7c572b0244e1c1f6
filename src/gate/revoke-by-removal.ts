import { revokedByRemoval } from "../core/decide/revoked-by-removal.ts";
import type { EntryDraft } from "../core/model/entry.ts";
import type { Snapshot } from "../core/model/snapshot.ts";
import type { Gate } from "./gate.ts";

/** Records that a removal PR ends access early. The executor revokes; the PR stays red until the access was read back as gone. */
export async function revokeByRemoval(
  gate: Gate,
  snapshot: Snapshot,
): Promise<"something-new" | "nothing-new"> {
  const { number: pull, author } = snapshot.pull;
  if (author === null) return "nothing-new";
  const drafts = revokedByRemoval(snapshot, gate.clock.now()).map(({ name, path }): EntryDraft => ({
    type: "ending",
    idempotencyKey: `ending:${name}`,
    summary: `#${pull}: ${name} is revoked`,
    delivery: null,
    inputs: { request: name, path, pull, by: author, comment: null },
    result: { cause: "revoked", reason: `${author.login} opened its removal.` },
  }));
  if (drafts.length === 0) return "nothing-new";
  await gate.ledger.append(drafts);
  return "something-new";
}
