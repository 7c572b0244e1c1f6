import { memoryForge } from "../../../src/adapters/memory/memory-forge.ts";
import {
  memoryIncidents,
  memoryIssues,
  memoryTracker,
} from "../../../src/adapters/memory/memory-issues.ts";
import type { MemoryTracker } from "../../../src/adapters/memory/memory-issues.ts";
import { memoryMirror } from "../../../src/adapters/memory/memory-mirror.ts";
import type { ForgeComment } from "../../../src/ports/forge-conversation.ts";
import type { ForgePush } from "../../../src/ports/forge-reader.ts";
import type { MemoryFile, MemoryMirror } from "../../../src/adapters/memory/memory-mirror.ts";
import { memoryPull, memoryWorld } from "../../../src/adapters/memory/memory-world.ts";
import type { MemoryPull, MemoryWorld } from "../../../src/adapters/memory/memory-world.ts";
import { entriesOf } from "../../../src/core/attest/ledger-view.ts";
import type { EntryOf, EntryType } from "../../../src/core/model/entry.ts";
import type { ReviewFacts } from "../../../src/core/model/snapshot.ts";
import type { Gate } from "../../../src/gate/gate.ts";
import { look } from "../../../src/gate/look.ts";
import type { Sighting } from "../../../src/gate/sighting.ts";
import type { Check } from "../../../src/ports/forge-writer.ts";
import { acmeKeys } from "../../support/ledger/acme-keys.ts";
import { twoLedgers } from "../../support/ledger/two-ledgers.ts";
import type { TwoLedgers } from "../../support/ledger/two-ledgers.ts";
import { account, forgeTeams } from "../../support/snapshot/cast.ts";
import { exampleFiles } from "../../support/snapshot/example-files.ts";
import { ordinaryPath, ordinaryText } from "../../support/snapshot/request-text.ts";

/** A check as it was published, with what the ledger held at that moment. */
export interface Published {
  readonly head: string;
  readonly conclusion: Check["conclusion"];
  readonly verdictOnLedger: string | null;
}

/** acme/access in memory: a real commit graph, a forge that shows it, both ledgers, and a gate. */
export interface GateScene extends TwoLedgers {
  readonly mirror: MemoryMirror;
  readonly world: MemoryWorld;
  readonly tracker: MemoryTracker;
  readonly gate: Gate;
  readonly origin: string;
  readonly published: Published[];
  readonly lines: string[];
  /** Runs before every read of a pull request, with how many came before. */
  beforeRead: (reads: number) => Promise<void> | void;
  open(pull: Opened): string;
  review(pull: number, login: string, state?: ReviewFacts["state"]): Sighting;
  /** Writes a comment as somebody, and returns its id. */
  comment(pull: number, login: string, body: string, more?: Partial<ForgeComment>): number;
  look(pull: number, sightings?: readonly Sighting[]): Promise<void>;
  /** Merges as a person does with the button, or with `files` by hand. */
  mergeByHand(pull: number, files?: Readonly<Record<string, MemoryFile | null>>): Promise<string>;
  /** Moves the governed branch to a commit and shows it at the forge. */
  moveMain(oid: string): Promise<void>;
  entries<T extends EntryType>(type: T): readonly EntryOf<T>[];
}

export interface Opened {
  readonly number: number;
  readonly author?: string;
  readonly files?: Readonly<Record<string, MemoryFile | null>>;
  readonly parts?: Partial<MemoryPull>;
}

export const request = ordinaryPath;
export const requestName = "2026-11-21-alice-settlement";

/** Sets the scene: the example governance, as `changed` leaves it, on main, the trust root on the ledger, no pull request. */
export async function gateScene(
  changed: (text: string) => string = (text) => text,
): Promise<GateScene> {
  const mirror = memoryMirror();
  const keys = acmeKeys();
  const files = Object.fromEntries(exampleFiles.map(({ path, text }) => [path, changed(text)]));
  const trustRoot = `${JSON.stringify(keys.trustRoot, null, 2)}\n`;
  const origin = mirror.commit({
    files: { ...files, "governance/trust-root.json": trustRoot, "README.md": "access" },
  });
  const ledgers = await twoLedgers(origin, keys);
  const { clock, decisions } = ledgers;
  const teams = new Map(forgeTeams.map(({ slug, members }) => [slug, members]));
  const world = memoryWorld({ teams, now: () => clock.now() });
  const forge = memoryForge(world);
  const tracker = memoryTracker();
  let reads = 0;
  let reviews = 100;
  let comments = 5_000;
  const published: Published[] = [];
  const lines: string[] = [];

  const pullOf = (number: number): MemoryPull => {
    const pull = world.pulls.get(number);
    if (pull === undefined) throw new Error(`no pull request ${number}`);
    return pull;
  };
  const moveMain = async (oid: string): Promise<void> => {
    mirror.setBranch("main", oid);
    await mirror.fetch();
    world.tip = oid;
    const listed = await mirror.list(oid, "governance");
    world.governance = listed.map((entry) => ({ ...entry, text: "shown" }));
    world.paths.clear();
    for (const { path } of await mirror.list(oid, "access-requests")) world.paths.add(path);
  };
  const filesOf = async (pull: MemoryPull): Promise<Record<string, MemoryFile | null>> => {
    await mirror.fetch();
    const base = await mirror.mergeBase(world.tip, pull.headOid);
    const changes = await mirror.changes(base ?? world.tip, pull.headOid);
    const texts = changes.map(async ({ path, oidAfter, modeAfter }) => {
      if (oidAfter === null) return [path, null] as const;
      const content = new TextDecoder().decode(await mirror.blob(oidAfter));
      return [path, { mode: modeAfter, content }] as const;
    });
    return Object.fromEntries(await Promise.all(texts));
  };
  const mergeByHand = async (
    number: number,
    extra: Readonly<Record<string, MemoryFile | null>> = {},
    message = `Merge pull request #${number}`,
  ): Promise<string> => {
    const pull = pullOf(number);
    const written = { ...(await filesOf(pull)), ...extra };
    const commit = mirror.commit({ parents: [world.tip, pull.headOid], files: written, message });
    await moveMain(commit);
    const mergedAt = clock.now().toISOString();
    Object.assign(pull, { state: "merged", mergeCommit: commit, mergedAt });
    return commit;
  };
  const push = (branch: string, one: ForgePush): void => {
    world.pushes?.set(branch, [...(world.pushes.get(branch) ?? []), one]);
  };
  const show = (opened: Opened, head: string): void => {
    const { number, author = "alice", parts = {} } = opened;
    mirror.setPull(number, head);
    const who = { number, author: account(author), headOid: head, headRef: `request/${number}` };
    const pull = memoryPull({ ...who, ...parts });
    world.pulls.set(number, pull);
    push(pull.headRef, { before: null, after: head, at: pull.createdAt, actor: who.author });
  };

  const scene: GateScene = {
    ...ledgers,
    ...{ mirror, world, tracker, origin, published, lines, mergeByHand, moveMain },
    beforeRead: () => undefined,
    gate: {
      reader: {
        ...forge,
        readPull: async (number, named) => {
          await scene.beforeRead(reads++);
          return forge.readPull(number, named);
        },
      },
      writer: {
        marksOn: (head) => forge.marksOn(head),
        publishCheck: async (head, check) => {
          await forge.publishCheck(head, check);
          const newest = entriesOf(decisions.view(), "decision").findLast(
            ({ result }) => result.decision.head === head,
          );
          const { conclusion } = check;
          const verdictOnLedger = newest?.result.decision.verdict ?? null;
          published.push({ head, conclusion, verdictOnLedger });
        },
        merge: async (number, head, title, message) => {
          const before = world.tip;
          const outcome = await forge.merge(number, head, title, message);
          if (outcome.outcome === "stale") return outcome;
          world.tip = before;
          const commit = await mergeByHand(number, {}, `${title}\n\n${message}`);
          return { outcome: "merged", commit };
        },
        openRemoval: async (removal) => {
          const before = new Set(world.pulls.keys());
          const opened = await forge.openRemoval(removal);
          if (before.has(opened.pull)) return opened;
          const pull = pullOf(opened.pull);
          const files = Object.fromEntries(removal.paths.map((path) => [path, null]));
          const head = mirror.commit({ parents: [removal.tip], files });
          mirror.setPull(pull.number, head);
          const commits = pull.commits.map((commit) => ({ ...commit, oid: head }));
          Object.assign(pull, { headOid: head, commits });
          return opened;
        },
      },
      conversation: forge,
      ...{ issues: memoryIssues(tracker), incidents: memoryIncidents(tracker) },
      ...{ mirror, ledger: decisions, clock, governedBranch: "main" },
      log: (level, message, fields) => lines.push(`${level} ${message} ${JSON.stringify(fields)}`),
    },
    open(opened) {
      const written = opened.files ?? { [request]: ordinaryText(requestName) };
      const head = mirror.commit({ parents: [world.tip], files: written });
      show(opened, head);
      return head;
    },
    review(number, login, state = "APPROVED") {
      const pull = pullOf(number);
      const reviewer = account(login);
      if (reviewer === null) throw new Error("a ghost does not review");
      const review = (reviews += 1);
      const seen = { submittedAt: clock.now().toISOString(), commit: pull.headOid };
      const given = { id: review, author: reviewer, state, ...seen, dismissal: null };
      pull.reviews = [...pull.reviews, given];
      const { baseRef } = pull;
      return { pull: number, review, reviewer, state, baseRef, ...seen, delivery: `d-${review}` };
    },
    comment(number, login, body, more = {}) {
      const id = (comments += 1);
      const written: ForgeComment = {
        ...{ id, author: account(login), body, createdAt: clock.now().toISOString() },
        ...{ edited: "no", via: "hand", ...more },
      };
      world.comments.set(number, [...(world.comments.get(number) ?? []), written]);
      return id;
    },
    look: (number, sightings = []) =>
      look(scene.gate, number, { reviews: sightings, pushesTo: () => [] }),
    entries: (type) => entriesOf(decisions.view(), type),
  };
  await moveMain(origin);
  return scene;
}
