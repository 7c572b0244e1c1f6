import { branchTip, isAncestor } from "../git/refs.ts";
import { invalid } from "../http/refusal.ts";
import { instant } from "../world/instant.ts";
import { emitPull } from "../webhooks/pull-events.ts";
import { writeRules } from "../world/write-rules.ts";
import { closePull } from "./close-pull.ts";
import { headMoved } from "./head-moved.ts";
import { noteEvent } from "./note-event.ts";
import { refuseDuplicate } from "./open-pull.ts";
import type { JsonObject } from "../http/json.ts";
import type { Pull } from "../world/pull.ts";
import type { Account } from "../world/account.ts";
import type { World } from "../world/world.ts";

/** Changes title and body, and tells of it if anything changed. */
export async function rewordPull(
  world: World,
  pull: Pull,
  by: Account,
  title: string | null,
  body: string | null,
): Promise<void> {
  const changes: Record<string, JsonObject> = {};
  if (title !== null && title !== pull.title) {
    changes["title"] = { from: pull.title };
    noteEvent(world, pull, "RenamedTitleEvent", by, { before: pull.title, after: title });
    pull.title = title;
  }
  if (body !== null && body !== pull.body) {
    changes["body"] = { from: pull.body ?? "" };
    pull.body = body;
    pull.updatedAt = instant();
  }
  if (Object.keys(changes).length > 0) await emitPull(world, pull, "edited", by, { changes });
}

/** Points a pull request at another base branch; its frozen base becomes that branch's tip. */
export async function retargetPull(
  world: World,
  pull: Pull,
  by: Account,
  base: string,
): Promise<void> {
  if (base === pull.baseRef) return;
  const tip = await branchTip(world.git, base);
  if (tip === null || pull.state === "closed") throw invalid("PullRequest", "base", "invalid");
  refuseDuplicate(world, pull.headRef, base);
  const changes = { base: { ref: { from: pull.baseRef }, sha: { from: pull.baseOid } } };
  noteEvent(world, pull, "BaseRefChangedEvent", by, { before: pull.baseRef, after: base });
  pull.baseRef = base;
  pull.baseOid = tip;
  await emitPull(world, pull, "edited", by, { changes });
  await writeRules(world);
}

/** Closes or reopens a pull request. A merged one, or one whose branch is gone, stays closed. */
export async function setPullState(
  world: World,
  pull: Pull,
  by: Account,
  state: "open" | "closed",
): Promise<void> {
  if (state === pull.state) return;
  if (state === "closed") {
    await closePull(world, pull, by, null);
  } else {
    await checkReopening(world, pull);
    pull.state = "open";
    pull.closedAt = null;
    noteEvent(world, pull, "ReopenedEvent", by);
    await emitPull(world, pull, "reopened", by);
    const head = await branchTip(world.git, pull.headRef);
    if (head !== null && head !== pull.headOid) await headMoved(world, pull, head, by, "no");
  }
  await writeRules(world);
}

/** A branch that is gone or was rewritten meanwhile cannot be reopened; one that grew can. */
async function checkReopening(world: World, pull: Pull): Promise<void> {
  const head = await branchTip(world.git, pull.headRef);
  const grew = head !== null && (await isAncestor(world.git, pull.headOid, head));
  if (pull.merged !== null || !grew) throw invalid("PullRequest", "state", "invalid");
  refuseDuplicate(world, pull.headRef, pull.baseRef);
}

/** Makes a pull request a draft or ready for review. */
export async function setDraft(
  world: World,
  pull: Pull,
  by: Account,
  draft: boolean,
): Promise<void> {
  if (pull.draft === draft) return;
  pull.draft = draft;
  noteEvent(world, pull, draft ? "ConvertToDraftEvent" : "ReadyForReviewEvent", by);
  await emitPull(world, pull, draft ? "converted_to_draft" : "ready_for_review", by);
  await writeRules(world);
}
