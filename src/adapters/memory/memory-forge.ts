import { createHash } from "node:crypto";
import { ForgeRefused } from "../../ports/forge-reader.ts";
import type { ForgeCommit, ForgePush, ForgeReader, PullRead } from "../../ports/forge-reader.ts";
import type { ForgeComment, ForgeConversation } from "../../ports/forge-conversation.ts";
import type { ForgeWriter, MergeOutcome, Removal } from "../../ports/forge-writer.ts";
import { memoryPull } from "./memory-world.ts";
import type { MemoryPull, MemoryWorld } from "./memory-world.ts";

/**
 * Shows a world in memory through the forge ports, for tests. It keeps the forge's promises (one check a
 * head, no merge of a moved head or without a green check, repeatable removals) and knows nothing of git.
 */
export function memoryForge(world: MemoryWorld): ForgeReader & ForgeWriter & ForgeConversation {
  const later = <T>(act: () => T): Promise<T> =>
    Promise.resolve().then(() => {
      if (world.outage !== null) throw world.outage;
      return act();
    });
  return {
    readPull: (number, teams) => later(() => read(world, number, teams)),
    openPulls: () => later(() => open(world).map(({ number }) => number)),
    pullsFromBranch: (branch) => later(() => fromBranch(world, branch)),
    pushes: (branch) => later(() => pushes(world, branch)),
    commits: (oids) => later(() => commits(world, oids)),
    publishCheck: (head, check) => later(() => void world.checks.set(head, check)),
    marksOn: (head) => later(() => structuredClone(world.marks.get(head) ?? [])),
    merge: (number, head) => later(() => merge(world, number, head)),
    comments: (pull) => later(() => structuredClone(world.comments.get(pull) ?? [])),
    answer: (pull, comment, body) => later(() => answer(world, { pull, comment, body })),
    close: (pull) => later(() => close(world, pull)),
    openRemoval: (removal) => later(() => ({ pull: openRemoval(world, removal) })),
  };
}

function read(world: MemoryWorld, number: number, teams: readonly string[]): PullRead {
  return structuredClone({
    ...pullOf(world, number),
    repository: world.repository,
    governance: { tip: world.tip, files: world.governance },
    teams: teams.map((slug) => ({ slug, members: world.teams.get(slug) ?? null })),
  });
}

function pullOf(world: MemoryWorld, number: number): MemoryPull {
  const pull = world.pulls.get(number);
  if (pull !== undefined) return pull;
  throw new ForgeRefused(`there is no pull request ${number}`, 404);
}

function ascending(world: MemoryWorld): readonly MemoryPull[] {
  return [...world.pulls.values()].sort((a, b) => a.number - b.number);
}

function open(world: MemoryWorld): readonly MemoryPull[] {
  return ascending(world).filter(
    (pull) => pull.state === "open" && pull.baseRef === world.governedBranch,
  );
}

function fromBranch(world: MemoryWorld, branch: string) {
  return ascending(world)
    .filter((pull) => pull.headRef === branch && !pull.crossRepository)
    .map(({ number, state }) => ({
      number,
      state: state === "open" ? state : ("closed" as const),
    }));
}

function pushes(world: MemoryWorld, branch: string): readonly ForgePush[] | null {
  return world.pushes === null ? null : structuredClone(world.pushes.get(branch) ?? []);
}

function commits(world: MemoryWorld, oids: readonly string[]): readonly ForgeCommit[] {
  const known = new Map(world.commits);
  for (const pull of world.pulls.values()) {
    for (const commit of pull.commits) known.set(commit.oid, commit);
  }
  return structuredClone([...new Set(oids)].flatMap((oid) => known.get(oid) ?? []));
}

function merge(world: MemoryWorld, number: number, head: string): MergeOutcome {
  const pull = pullOf(world, number);
  const reason = obstacle(world, pull, head);
  if (reason !== null) return { outcome: "stale", reason };

  const commit = oidOf("merge", world.tip, head);
  for (const path of pull.paths) {
    if (!world.paths.delete(path)) world.paths.add(path);
  }
  Object.assign(pull, {
    state: "merged",
    mergeCommit: commit,
    mergedAt: world.now().toISOString(),
  });
  world.tip = commit;
  return { outcome: "merged", commit };
}

function obstacle(world: MemoryWorld, pull: MemoryPull, head: string): string | null {
  if (pull.state !== "open") return "the pull request is not open";
  if (pull.draft) return "the pull request is a draft";
  if (pull.headOid !== head) return "the head moved";
  if (world.checks.get(head)?.conclusion !== "success") return "the check countersign is not green";
  return null;
}

function answer(
  world: MemoryWorld,
  { pull, comment, body }: { pull: number; comment: number | null; body: string },
): void {
  const written = world.comments.get(pull) ?? [];
  const all = [...world.comments.values()].flat();
  const id = comment ?? Math.max(0, ...all.map((one) => one.id)) + 1;
  const own: ForgeComment = {
    ...{ id, author: world.writer, body, createdAt: world.now().toISOString() },
    ...{ edited: comment === null ? "no" : "yes", via: "own-app" },
  };
  world.comments.set(pull, [...written.filter((one) => one.id !== id), own]);
}

function close(world: MemoryWorld, number: number): void {
  const pull = pullOf(world, number);
  if (pull.state === "open") pull.state = "closed";
}

function openRemoval(world: MemoryWorld, removal: Removal): number {
  const existing = open(world).find((pull) => pull.headRef === removal.branch);
  if (existing !== undefined) return existing.number;
  const paths = removal.paths.filter((path) => world.paths.has(path));
  if (paths.length === 0) {
    const named = removal.paths.join(", ");
    throw new ForgeRefused(`${named} is not on the governed branch: nothing to remove`, 404);
  }
  const number = Math.max(0, ...world.pulls.keys()) + 1;
  const pull = memoryPull({
    ...{ number, author: world.writer, headRef: removal.branch, baseRef: world.governedBranch },
    headOid: oidOf("removal", removal.tip, ...paths),
    ...{ paths, createdAt: world.now().toISOString() },
  });
  world.pulls.set(number, pull);
  return number;
}

function oidOf(...parts: readonly string[]): string {
  return createHash("sha1").update(parts.join("\n")).digest("hex");
}
