import type { Entry } from "../model/entry.ts";
import type { Grant } from "../model/grant.ts";
import { grantOf, openGrants } from "./access-state.ts";
import type { ExecutionRecord, OpenGrant } from "./access-state.ts";
import { accessKey } from "./access.ts";
import { endQueue } from "./end-queue.ts";
import { growingUses } from "./grant-uses.ts";
import type { GrantUses } from "./grant-uses.ts";

/**
 * Everything the executor knows to have happened, looked up the ways that a pass needs. One more record costs no walk over
 * those that are there: a pass is as long as what changed, not as what is in effect.
 */
export interface GrantBook {
  /**
   * Takes up a record and returns the request that it is about; `null` when it is about none, or says nothing new. An
   * idempotency key counts once, and an entry stands for the draft that it was.
   */
  add(record: ExecutionRecord): string | null;
  has(idempotencyKey: string): boolean;
  readonly uses: GrantUses;
  /** How many grants are not read back as gone. */
  size(): number;
  /** All of them, in no order. */
  all(): readonly OpenGrant[];
  get(id: string): OpenGrant | null;
  /** Those whose end has come. */
  due(now: Date): readonly OpenGrant[];
  /** The first end after `now`; `null` when none is to come. */
  nextEnd(now: Date): Date | null;
  /** Those that have begun and are not read back, or are being revoked. */
  unsettled(): readonly OpenGrant[];
  ofRequest(name: string): readonly OpenGrant[];
  onAccess(access: Pick<Grant, "target" | "identity" | "permission">): readonly OpenGrant[];
  ofIdentity(place: Pick<Grant, "target" | "identity">): readonly OpenGrant[];
  /** Targets that have any. */
  targets(): readonly string[];
  ofTarget(target: string): readonly OpenGrant[];
  /** What is written of a grant, oldest first; what waits to be pushed is not among it. */
  entriesOf(id: string): readonly Entry[];
}

/** Makes an empty book that grows in place. */
export function growingBook(): GrantBook {
  const known = new Map<string, ExecutionRecord>();
  const records = new Map<string, Map<string, ExecutionRecord>>();
  const byIntent = new Map<string, string>();
  const failures = new Map<string, ExecutionRecord[]>();
  const open = new Map<string, OpenGrant>();
  const unsettled = new Set<string>();
  const indexes = [
    listIndex(({ grant }) => grant.request),
    listIndex(({ grant }) => accessKey(grant)),
    listIndex(({ grant }) => placeKey(grant)),
    listIndex(({ grant }) => grant.target),
  ] as const;
  const [byRequest, byAccess, byPlace, byTarget] = indexes;
  const ends = endQueue((id) => open.get(id)?.grant.expiresAt ?? null);
  const uses = growingUses();

  const trace = (id: string): void => {
    const before = open.get(id);
    if (before !== undefined) indexes.forEach((index) => index.remove(id, before));
    const [now] = openGrants([...(records.get(id)?.values() ?? [])]);
    unsettled.delete(id);
    if (now === undefined) {
      open.delete(id);
      return;
    }
    open.set(id, now);
    indexes.forEach((index) => index.add(id, now));
    if (now.phase !== "active") unsettled.add(id);
    if (before?.grant.expiresAt !== now.grant.expiresAt) ends.add(id, now.grant.expiresAt);
  };
  const file = (id: string, record: ExecutionRecord): void => {
    const own = records.get(id) ?? new Map<string, ExecutionRecord>();
    records.set(id, own.set(record.idempotencyKey, record));
  };
  const noteIntent = (id: string, record: ExecutionRecord): void => {
    if (record.type !== "grant-intent" || !("digest" in record)) return;
    byIntent.set(record.digest, id);
    for (const failure of failures.get(record.digest) ?? []) file(id, failure);
    failures.delete(record.digest);
  };
  const lists = (ids: Iterable<string>): readonly OpenGrant[] =>
    [...ids].flatMap((id) => open.get(id) ?? []);
  return {
    uses,
    add(record) {
      const before = known.get(record.idempotencyKey);
      if (before !== undefined && ("digest" in before || !("digest" in record))) return null;
      known.set(record.idempotencyKey, record);
      uses.add(record);
      const id = grantOf(record)?.id ?? failedGrant(record, byIntent, failures);
      if (id === null) return record.type === "grant-failed" ? record.inputs.request : null;
      file(id, record);
      noteIntent(id, record);
      trace(id);
      return (
        grantOf(record)?.request ?? (record.type === "grant-failed" ? record.inputs.request : null)
      );
    },
    has: (key) => known.has(key),
    size: () => open.size,
    all: () => [...open.values()],
    get: (id) => open.get(id) ?? null,
    due: (now) => lists(ends.due(now)),
    nextEnd: (now) => ends.next(now),
    unsettled: () => lists(unsettled),
    ofRequest: (name) => lists(byRequest.get(name)),
    onAccess: (access) => lists(byAccess.get(accessKey(access))),
    ofIdentity: (place) => lists(byPlace.get(placeKey(place))),
    targets: () => byTarget.keys(),
    ofTarget: (target) => lists(byTarget.get(target)),
    entriesOf: (id) =>
      [...(records.get(id)?.values() ?? [])].flatMap((record) =>
        "digest" in record ? [record] : [],
      ),
  };
}

/** A failed provisioning names its intent, which may come to be known later. */
function failedGrant(
  record: ExecutionRecord,
  byIntent: ReadonlyMap<string, string>,
  failures: Map<string, ExecutionRecord[]>,
): string | null {
  if (record.type !== "grant-failed" || record.inputs.intent === null) return null;
  const { intent } = record.inputs;
  const id = byIntent.get(intent) ?? null;
  if (id === null) failures.set(intent, [...(failures.get(intent) ?? []), record]);
  return id;
}

function placeKey({ target, identity }: Pick<Grant, "target" | "identity">): string {
  return JSON.stringify([target, identity]);
}

function listIndex(keyOf: (open: OpenGrant) => string) {
  const lists = new Map<string, Set<string>>();
  return {
    get: (key: string): ReadonlySet<string> => lists.get(key) ?? new Set(),
    keys: (): readonly string[] => [...lists.keys()],
    add(id: string, one: OpenGrant): void {
      const list = lists.get(keyOf(one)) ?? new Set();
      lists.set(keyOf(one), list.add(id));
    },
    remove(id: string, one: OpenGrant): void {
      const list = lists.get(keyOf(one));
      list?.delete(id);
      if (list?.size === 0) lists.delete(keyOf(one));
    },
  };
}
