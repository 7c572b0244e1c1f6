import { revokedByRemoval } from "../core/decide/revoked-by-removal.ts";
import type { Snapshot } from "../core/model/snapshot.ts";
import { endingDraft } from "./ending-draft.ts";
import type { Gate } from "./gate.ts";

/** Records that a removal PR ends access early. The executor revokes; the PR stays red until the access was read back as gone. */
export async function revokeByRemoval(
  gate: Gate,
  snapshot: Snapshot,
): Promise<"something-new" | "nothing-new"> {
  const { number: pull, author } = snapshot.pull;
  if (author === null) return "nothing-new";
  const reason = `${author.login} opened its removal.`;
  const drafts = revokedByRemoval(snapshot, gate.clock.now()).map(({ name: request, path }) =>
    endingDraft(
      { request, path, pull, by: author, comment: null, incident: null },
      { cause: "revoked", reason },
    ),
  );
  if (drafts.length === 0) return "nothing-new";
  await gate.ledger.append(drafts);
  return "something-new";
}
