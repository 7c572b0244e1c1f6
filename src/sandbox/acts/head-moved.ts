import { patchId } from "../git/diff.ts";
import { branchTip, commitsBetween } from "../git/refs.ts";
import { emitPull } from "../webhooks/pull-events.ts";
import { noteEvent } from "./note-event.ts";
import type { Pull } from "../world/pull.ts";
import type { Account } from "../world/account.ts";
import type { World } from "../world/world.ts";

/**
 * Gives an open pull request the new head of its branch and tells of it as `synchronize`. A force-push
 * that leaves the patch as it was moves approvals to the new head: GitHub does, so nobody may take a
 * review's commit for what its author saw.
 */
export async function headMoved(
  world: World,
  pull: Pull,
  head: string,
  by: Account,
  forced: "yes" | "no",
): Promise<void> {
  const before = pull.headOid;
  const old = { base: pull.baseOid, head: before };
  pull.headOid = head;
  pull.baseOid = (await branchTip(world.git, pull.baseRef)) ?? pull.baseOid;
  await world.git.text(["update-ref", `refs/pull/${pull.number}/head`, head]);
  if (forced === "yes") {
    noteEvent(world, pull, "HeadRefForcePushedEvent", by, { before, after: head });
    await moveApprovals(world, pull, old);
  }
  await noteCommits(world, pull, by);
  await emitPull(world, pull, "synchronize", by, { before, after: head });
}

/** Puts the commits of a pull request on its timeline that are not there yet. */
export async function noteCommits(world: World, pull: Pull, by: Account): Promise<void> {
  const shown = new Set(pull.events.map((event) => event.after));
  for (const oid of await commitsBetween(world.git, pull.baseOid, pull.headOid)) {
    if (!shown.has(oid)) noteEvent(world, pull, "PullRequestCommit", by, { after: oid });
  }
}

async function moveApprovals(
  world: World,
  pull: Pull,
  old: { readonly base: string; readonly head: string },
): Promise<void> {
  const was = (await patchId(world.git, old.base, old.head)).split(" ")[0];
  const is = (await patchId(world.git, pull.baseOid, pull.headOid)).split(" ")[0];
  if (was !== is) return;
  for (const review of pull.reviews) {
    if (review.state === "APPROVED" && review.commit === old.head) review.commit = pull.headOid;
  }
}
