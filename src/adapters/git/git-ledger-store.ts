import type { LedgerBranch } from "../../core/model/entry.ts";
import { LedgerMoved, LedgerRewritten, LedgerUnreachable } from "../../ports/ledger-store.ts";
import type { LedgerStore, StoredEntry } from "../../ports/ledger-store.ts";
import { prepareBareFolder } from "./bare-folder.ts";
import { requireWholeClone } from "./clone-defects.ts";
import { coalesced } from "./coalesced.ts";
import { gitClient } from "./git-client.ts";
import type { GitClient } from "./git-client.ts";
import { cloneNamespaces, tipIn } from "./git-mirror.ts";
import { requireRemote } from "./git-remote.ts";
import type { GitRemote } from "./git-remote.ts";
import { writeLedgerCommits } from "./ledger-commits.ts";
import type { CommitIdentity } from "./ledger-commits.ts";
import { pushLedger } from "./ledger-push.ts";
import { countEntries, gathered, ledgerReads } from "./ledger-reads.ts";
import type { ReadEntries } from "./ledger-reads.ts";
import { moveRef, readRef, readRefs } from "./refs.ts";

/** Where the ledgers' local copy lies, where they are at home, and who writes. */
export interface LedgerStoreSettings {
  /** A folder for this program alone; made when missing. It remembers the newest heads ever seen. */
  readonly folder: string;
  readonly remote: string;
  readonly credential: GitRemote["credential"];
  readonly identity: CommitIdentity;
  readonly timeoutSeconds?: number;
}

/** Appending to an auditor's clone: reading is all that it is for. */
export class LedgerReadOnly extends Error {
  override readonly name = "LedgerReadOnly";
}

/**
 * Opens the two ledgers of a remote over a bare repository of our own. The newest head seen of each branch
 * is a ref in that folder, so a remote that loses entries is noticed after a restart too; it only ever
 * moves forward.
 */
export async function openLedgerStore(settings: LedgerStoreSettings): Promise<LedgerStore> {
  const remote = requireRemote({ url: settings.remote, credential: settings.credential });
  await prepareBareFolder(settings.folder);
  const client = gitClient(settings.folder, "remote");
  const entries = ledgerReads(client);
  const seconds = settings.timeoutSeconds ?? 60;
  // As this run saw them last: should another in this folder be further, the remote's lease refuses what is behind.
  const heads = new Map<LedgerBranch, string | null>();
  const headOf = async (branch: LedgerBranch): Promise<string | null> => {
    const known = heads.get(branch);
    if (known !== undefined) return known;
    const head = await seenHead(client, branch);
    heads.set(branch, head);
    return head;
  };
  return {
    fetch: coalesced(async () => {
      await fetchLedgers(client, remote, seconds);
      const refs = await readRefs(client, "refs/countersign/");
      heads.clear();
      for (const branch of ledgerBranches) {
        const seen = refs.get(seenRef(branch)) ?? null;
        if (seen === (refs.get(fetchedRef(branch)) ?? null)) heads.set(branch, seen);
        else await acceptFetched(client, entries, branch);
      }
    }),
    read: async (branch, after) => gathered(readFrom(entries, await headOf(branch), branch, after)),
    pieces: async function* pieces(branch) {
      yield* readFrom(entries, await headOf(branch), branch, null);
    },
    size: async (branch) => countEntries(client, await headOf(branch)),
    append: async (branch, expected, drafts) => {
      if (drafts.length === 0) return [];
      if ((await headOf(branch)) !== expected) {
        throw new LedgerMoved(`${branch} has moved: fetch and chain again`);
      }
      const oids = await writeLedgerCommits(client, settings.identity, expected, drafts);
      const newest = oids.at(-1) ?? "";
      await pushLedger(client, remote, branch, expected, newest, seconds);
      heads.delete(branch);
      // Should another run in this folder have fetched meanwhile, it has seen this head already.
      await moveRef(client, seenRef(branch), expected, newest);
      return oids;
    },
  };
}

/**
 * Opens the ledgers in an auditor's clone, branches as `openClone` finds them. Reads only: `fetch` does
 * nothing, `append` throws LedgerReadOnly. Throws CloneUnfit.
 */
export async function openCloneLedger(folder: string): Promise<LedgerStore> {
  const client = gitClient(await requireWholeClone(folder), "none");
  const entries = ledgerReads(client);
  return {
    fetch: () => Promise.resolve(),
    read: async (branch, after) =>
      gathered(readFrom(entries, await tipIn(client, branch, cloneNamespaces), branch, after)),
    pieces: async function* pieces(branch) {
      yield* readFrom(entries, await tipIn(client, branch, cloneNamespaces), branch, null);
    },
    size: async (branch) => countEntries(client, await tipIn(client, branch, cloneNamespaces)),
    append: () => Promise.reject(new LedgerReadOnly("a clone is read, never written")),
  };
}

const ledgerBranches: readonly LedgerBranch[] = ["audit/decisions", "audit/executions"];

async function* readFrom(
  entries: ReadEntries,
  head: string | null,
  branch: LedgerBranch,
  after: string | null,
): AsyncIterable<readonly StoredEntry[]> {
  if (head !== null) yield* entries(head, after);
  else if (after !== null)
    throw new LedgerRewritten(`${branch} does not exist, though ${after} was read from it`, branch);
}

async function fetchLedgers(client: GitClient, remote: GitRemote, seconds: number): Promise<void> {
  const refspec = "+refs/heads/audit/*:refs/countersign/fetched/audit/*";
  const args = [...fetchCommand, remote.url, refspec];
  const answer = await client.online(remote, args, seconds).catch((cause: unknown) => {
    throw new LedgerUnreachable("the ledgers could not be fetched", { cause });
  });
  if (answer.code === 0) return;
  throw new LedgerUnreachable(`the ledgers could not be fetched: ${answer.stderr}`);
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

/** Moves the remembered head forward to what was fetched, or throws LedgerRewritten and leaves it. */
async function acceptFetched(
  client: GitClient,
  entries: ReadEntries,
  branch: LedgerBranch,
): Promise<void> {
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const seen = await seenHead(client, branch);
    const fetched = await readRef(client, fetchedRef(branch));
    if (seen === fetched) return;
    if (fetched === null) throw new LedgerRewritten(`${branch} is gone from the remote`, branch);
    // The read throws unless the head seen leads to the one fetched; nothing between them means it went back.
    if (seen !== null && (await newEntries(entries, branch, { fetched, seen })).length === 0) {
      throw new LedgerRewritten(
        `${branch} is back at ${fetched} on the remote; ${seen} was seen`,
        branch,
      );
    }
    if ((await moveRef(client, seenRef(branch), seen, fetched)) === "set") return;
  }
  throw new LedgerUnreachable(`${branch} keeps moving in the local folder: try again`);
}

/** Says of which branch it is what cannot be walked. */
async function newEntries(
  entries: ReadEntries,
  branch: LedgerBranch,
  { fetched, seen }: { readonly fetched: string; readonly seen: string },
): Promise<readonly StoredEntry[]> {
  try {
    return await gathered(entries(fetched, seen));
  } catch (cause) {
    if (!(cause instanceof LedgerRewritten)) throw cause;
    throw new LedgerRewritten(cause.message, branch, { cause });
  }
}

function seenHead(client: GitClient, branch: LedgerBranch): Promise<string | null> {
  return readRef(client, seenRef(branch));
}

function fetchedRef(branch: LedgerBranch): string {
  return `refs/countersign/fetched/${branch}`;
}

function seenRef(branch: LedgerBranch): string {
  return `refs/countersign/seen/${branch}`;
}
