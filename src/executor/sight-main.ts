import { sha256 } from "../core/attest/digest.ts";
import { requestName } from "../core/plan/match-decision.ts";
import type { RequestFile } from "../core/plan/match-decision.ts";
import type { CommitNode, Mirror } from "../ports/mirror.ts";
import type { Executor, MainSighting } from "./executor.ts";

/**
 * Reads the governed branch as it is at `tip`, and marks the requests whose files have changed. Where it only grew since it was
 * read before, no more is read than what it grew by.
 */
export async function sight({ mirror, memory }: Executor, tip: string): Promise<MainSighting> {
  const before = memory.main as Growing | null;
  const commits = before === null ? null : await commitsSince(mirror, before.tip, tip);
  if (before === null || commits === null) {
    const seen = await sightAll(mirror, tip);
    memory.changed.everything = "yes";
    return seen;
  }
  const changes: [string, RequestFile | null][] = [];
  for (const { path, modeAfter: mode, oidAfter: oid } of await mirror.changes(before.tip, tip)) {
    if (!requestPath.test(path)) continue;
    changes.push([path, oid === null ? null : await fileOf(mirror, { path, mode, oid })]);
  }
  // In place, once all of it was read: copying what did not change would cost more than reading what did.
  for (const [path, file] of changes) {
    put(before, path, file);
    memory.changed.names.add(requestName(path));
  }
  for (const { oid, parents } of commits) before.history.set(oid, parents);
  return { ...before, tip };
}

/** What was seen, as the one who sees more of it may change it. */
interface Growing extends MainSighting {
  readonly files: Map<string, RequestFile>;
  readonly byName: Map<string, Map<string, RequestFile>>;
  readonly history: Map<string, readonly string[]>;
}

function put({ files, byName }: Growing, path: string, file: RequestFile | null): void {
  const name = requestName(path);
  const named = byName.get(name) ?? new Map<string, RequestFile>();
  if (file === null) {
    files.delete(path);
    named.delete(path);
  } else {
    files.set(path, file);
    named.set(path, file);
  }
  if (named.size === 0) byName.delete(name);
  else byName.set(name, named);
}

/** The first-parent commits by which a branch grew; `null` when it did anything else. */
async function commitsSince(
  mirror: Mirror,
  from: string,
  to: string,
): Promise<readonly CommitNode[] | null> {
  if (!(await mirror.has(from)) || !(await mirror.isAncestor(from, to))) return null;
  const commits = await mirror.firstParents(from, to);
  // It may have come in as a second parent: then other commits are the branch's own now.
  return commits[0]?.parents[0] === from ? commits : null;
}

async function sightAll(mirror: Mirror, tip: string): Promise<MainSighting> {
  const seen: Growing = { tip, files: new Map(), byName: new Map(), history: new Map() };
  for (const entry of await mirror.list(tip, "access-requests")) {
    if (requestPath.test(entry.path)) put(seen, entry.path, await fileOf(mirror, entry));
  }
  for (const { oid, parents } of await mirror.firstParents(null, tip)) {
    seen.history.set(oid, parents);
  }
  return seen;
}

async function fileOf(
  mirror: Mirror,
  { path, mode, oid }: { readonly path: string; readonly mode: string; readonly oid: string },
): Promise<RequestFile> {
  return { path, mode, digest: sha256(await mirror.blob(oid)) };
}

const requestPath = /^access-requests\/[a-z0-9._-]+\/[a-z0-9._-]+\.yaml$/u;
