import type { LedgerView } from "../core/attest/ledger-view.ts";
import type { Decision } from "../core/model/decision.ts";
import type { Snapshot } from "../core/model/snapshot.ts";
import type { Usage } from "../core/model/grant.ts";
import { growingDecisions } from "../core/plan/decision-index.ts";
import { growingBook } from "../core/plan/grant-book.ts";
import type { GrantBook } from "../core/plan/grant-book.ts";
import type { RequestFile } from "../core/plan/match-decision.ts";
import type { IncidentSource } from "../ports/incident-source.ts";
import type { Clock } from "../ports/clock.ts";
import type { Mirror } from "../ports/mirror.ts";
import type { Target } from "../ports/target.ts";
import type { Ledger } from "../record/ledger.ts";
import { newBackOff } from "./back-off.ts";
import type { BackOff } from "./back-off.ts";
import { newDriftMemory } from "./drift-memory.ts";
import type { DriftMemory } from "./drift-memory.ts";
import type { KnownStore } from "./known-state.ts";
import type { Log } from "../ports/log.ts";
import type { Outbox } from "./outbox.ts";

/** What an executor is made of. It holds no way to publish, merge or review (P1). */
export interface ExecutorParts {
  readonly clock: Clock;
  /** Opened for `audit/executions` with the executor's own key. */
  readonly ledger: Ledger;
  /** The executor's own mirror of the access repository. */
  readonly mirror: Mirror;
  readonly governedBranch: string;
  /** Reads a PR through the executor's own App and mirror: nothing is taken from the gate. */
  readonly readSnapshot: (ledger: LedgerView, pull: number) => Promise<Snapshot>;
  readonly decide: (snapshot: Snapshot, now: Date) => Decision;
  /** Fetches the credential of a target; it is dropped again after one plan (P12). */
  readonly openTarget: (name: string) => Promise<Target>;
  /** Where the incidents of emergencies are tracked, through the executor's own App. */
  readonly incidents: IncidentSource;
  readonly outbox: Outbox;
  readonly known: KnownStore;
  readonly log: Log;
  /** How long a remote or a target may hold up a pass; 10 by default. */
  readonly patienceSeconds?: number;
}

/** An executor with what it remembers from one pass to the next. */
export interface Executor extends Required<ExecutorParts> {
  readonly memory: Memory;
}

/** Everything in it can be lost: a restart finds it again from disk, ledgers and targets. */
export interface Memory {
  /** What the last successful look at the ledgers found; `null` before the first. `takeView` sets it. */
  view: LedgerView | null;
  /** All that is known to have happened, from ledger, disk and outbox. */
  readonly book: GrantBook;
  readonly decisions: ReturnType<typeof growingDecisions>;
  /** What has to be judged again, because something about it has changed or it is not settled. */
  readonly changed: Changed;
  /** Ids of grants of which the disk does not remember the newest. */
  readonly unsaved: Set<string>;
  /** Ids of open grants whose holders are watched, and of those that an incident ends. */
  readonly watched: Set<string>;
  readonly emergencies: Set<string>;
  /** The governed branch as last read; `null` before the first. */
  main: MainSighting | null;
  /** Targets that are being worked on, and the work. */
  readonly lanes: Map<string, Promise<void>>;
  /** Targets whose active grants were compared with the target since the start. */
  readonly compared: Set<string>;
  readonly backOff: BackOff;
  /** Ids of grants whose incident was seen closed since they were asked for. */
  readonly over: Set<string>;
  /** What was seen of the use of active grants that are reviewed afterwards, by their id, since the start. */
  readonly usage: Map<string, Usage>;
  /** Refusals that were logged already, as `<path> <code>`. */
  readonly told: Set<string>;
  readonly drift: DriftMemory;
  looking: Promise<GrantStop | null> | null;
  watching: Promise<void> | null;
  flushing: Promise<void> | null;
}

/** Names of requests; `everything` where that cannot be said. */
export interface Changed {
  names: Set<string>;
  everything: "yes" | "no";
}

export interface MainSighting {
  readonly tip: string;
  /** Request files by path. */
  readonly files: ReadonlyMap<string, RequestFile>;
  /** The same by the name of the request: a name can be in the folders of several targets. */
  readonly byName: ReadonlyMap<string, ReadonlyMap<string, RequestFile>>;
  readonly history: ReadonlyMap<string, readonly string[]>;
}

/** Why no grant begins in a pass. Revokes go on. */
export interface GrantStop {
  readonly code:
    | "EXEC-LEDGER-BROKEN"
    | "EXEC-LEDGER-UNREACHABLE"
    | "EXEC-MIRROR-UNREACHABLE"
    | "EXEC-MAIN-MISSING"
    | "EXEC-MAIN-REWRITTEN"
    | "EXEC-REMOTE-SLOW"
    | "EXEC-DISK"
    | "EXEC-KEY-RETIRED"
    | "EXEC-CLOCK-BEHIND";
  readonly reason: string;
}

/** Makes an executor that knows what its disk remembers. Does no I/O: `reconcile` does. */
export function newExecutor(parts: ExecutorParts): Executor {
  const book = growingBook();
  parts.known.read().entries.forEach((entry) => book.add(entry));
  parts.outbox.waiting().forEach(({ draft }) => book.add(draft));
  return {
    patienceSeconds: 10,
    ...parts,
    memory: {
      view: null,
      book,
      decisions: growingDecisions(),
      changed: { names: new Set(), everything: "yes" },
      unsaved: new Set(),
      watched: new Set(),
      emergencies: new Set(),
      main: null,
      lanes: new Map(),
      compared: new Set(),
      backOff: newBackOff(),
      over: new Set(),
      usage: new Map(),
      told: new Set(),
      drift: newDriftMemory(),
      looking: null,
      watching: null,
      flushing: null,
    },
  };
}
