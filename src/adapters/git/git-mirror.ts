import type { Mirror } from "../../ports/mirror.ts";
import { MirrorUnreachable } from "../../ports/mirror.ts";
import { prepareBareFolder } from "./bare-folder.ts";
import { isBranchName } from "./branch-name.ts";
import { requireWholeClone } from "./clone-defects.ts";
import { fetchCommits } from "./fetch-commits.ts";
import { gitClient } from "./git-client.ts";
import type { GitClient } from "./git-client.ts";
import { requireRemote } from "./git-remote.ts";
import type { GitRemote } from "./git-remote.ts";
import { mirrorReads } from "./mirror-reads.ts";
import { readRef } from "./refs.ts";
import { rememberedReads } from "./remembered-reads.ts";
import { coalesced } from "./coalesced.ts";

/** Where a mirror lies and what it follows. */
export interface MirrorSettings {
  /** A folder for this program alone; made when missing. */
  readonly folder: string;
  readonly remote: string;
  readonly credential: GitRemote["credential"];
  readonly timeoutSeconds?: number;
}

/**
 * Opens a mirror of a remote in a bare repository of our own. The remote is first asked at `fetch`, so a
 * forge that is down does not stop the start. Nothing that was fetched is ever collected.
 */
export async function openMirror(settings: MirrorSettings): Promise<Mirror> {
  const remote = requireRemote({ url: settings.remote, credential: settings.credential });
  await prepareBareFolder(settings.folder);
  const client = gitClient(settings.folder, "remote");
  const seconds = settings.timeoutSeconds ?? 120;
  const tips = rememberedTips(client);
  return {
    ...rememberedReads(mirrorReads(client)),
    fetch: coalesced(async () => {
      try {
        await fetchAll(client, remote, seconds);
      } finally {
        tips.forget();
      }
    }),
    fetchCommits: (oids) => fetchCommits(client, remote, oids, seconds),
    tip: (branch) => tips.of(branch),
  };
}

/**
 * Opens an auditor's clone, bare or ordinary, as it lies there: `fetch` and `fetchCommits` do nothing and no network is ever
 * asked. Where `refs/remotes/origin/<branch>` exists it is the tip, even if a local branch of that name
 * differs: what the remote showed is evidence, what was done in the clone afterwards is not. Throws
 * CloneUnfit for a clone that cannot show all of history.
 */
export async function openClone(folder: string): Promise<Mirror> {
  const client = gitClient(await requireWholeClone(folder), "none");
  return {
    ...mirrorReads(client),
    fetch: () => Promise.resolve(),
    fetchCommits: () => Promise.resolve(),
    tip: (branch) => tipIn(client, branch, cloneNamespaces),
  };
}

/** The branches of the remote as the last fetch left them: nothing else moves them in a folder of our own. */
function rememberedTips(client: GitClient) {
  const known = new Map<string, Promise<string | null>>();
  return {
    forget: () => known.clear(),
    of(branch: string): Promise<string | null> {
      const before = known.get(branch);
      if (before !== undefined) return before;
      const tip = tipIn(client, branch, ["refs/remotes/origin/"]);
      known.set(branch, tip);
      tip.catch(() => known.delete(branch));
      return tip;
    },
  };
}

/** Where a clone keeps the branches of its remote, in the order of trust. */
export const cloneNamespaces = ["refs/remotes/origin/", "refs/heads/"] as const;

/** Finds a branch by its full ref name in the first namespace that has it: a tag is never looked at. */
export async function tipIn(
  client: GitClient,
  branch: string,
  namespaces: readonly string[],
): Promise<string | null> {
  if (!isBranchName(branch)) return null;
  for (const namespace of namespaces) {
    const oid = await readRef(client, namespace + branch);
    if (oid !== null) return oid;
  }
  return null;
}

async function fetchAll(client: GitClient, remote: GitRemote, seconds: number): Promise<void> {
  const answer = await client
    .online(remote, [...fetchCommand, remote.url, ...refspecs], seconds)
    .catch((cause: unknown) => {
      throw new MirrorUnreachable("the access repository could not be fetched", { cause });
    });
  if (answer.code === 0) return;
  throw new MirrorUnreachable(`the access repository could not be fetched: ${answer.stderr}`);
}

const fetchCommand = [
  "fetch",
  "--quiet",
  "--force",
  "--prune",
  "--no-tags",
  "--no-write-fetch-head",
  "--no-recurse-submodules",
];

const refspecs = ["+refs/heads/*:refs/remotes/origin/*", "+refs/pull/*/head:refs/pull/*/head"];
