import type { Entry } from "../core/model/entry.ts";
import type { Snapshot } from "../core/model/snapshot.ts";

/**
 * Lets go of most of a recorded snapshot once its entry was judged: it is nearly all of a ledger's bytes, and an audit of
 * years must fit into memory. What the rules over the whole case still read is kept; reading any other part throws, so that
 * no rule can take what is not there any more for nothing.
 */
export function letGo(entry: Entry): Entry {
  if (entry.type !== "decision" && entry.type !== "command") return entry;
  // Of the few emergencies the fallback chain is computed again from the whole snapshot.
  if (entry.type === "decision" && entry.result.decision.request?.kind === "BreakGlassRequest") {
    return entry;
  }
  return {
    ...entry,
    inputs: { ...entry.inputs, snapshot: outline(entry.inputs.snapshot) },
  } as Entry;
}

/** Keeps of an entry only its place in the chain, for who judges nothing else. */
export function outlineOnly(entry: Entry): Entry {
  if (entry.type === "trust-root") return entry;
  const nothing = guarded<object>({});
  return { ...entry, inputs: nothing, result: nothing } as unknown as Entry;
}

/**
 * Makes entries share the texts that neighbours have in common: nearly all that is left of an entry that was let go are
 * digests, each of which the entries around it carry as well.
 */
export function sharedTexts(): (entry: Entry) => Entry {
  let known = new Map<string, string>();
  const shared = (text: string): string => {
    const before = known.get(text);
    if (before !== undefined) return before;
    // Only what stands near is repeated: keys, and the entries just before.
    if (known.size >= mostTexts) known = new Map();
    known.set(text, text);
    return text;
  };
  const orNone = (text: string | null): string | null => (text === null ? null : shared(text));
  return (entry) => ({
    ...entry,
    digest: shared(entry.digest),
    prev: orNone(entry.prev),
    prevBySigner: orNone(entry.prevBySigner),
    keyid: shared(entry.keyid),
    observedPeer:
      entry.observedPeer === null
        ? null
        : { seq: entry.observedPeer.seq, digest: shared(entry.observedPeer.digest) },
  });
}

const mostTexts = 4096;

function outline({ format, repository, pull, ledger }: Snapshot): Snapshot {
  const { number, state, author, createdAt, headOid } = pull;
  return guarded<Snapshot>({
    format,
    repository,
    pull: guarded<Snapshot["pull"]>({ number, state, author, createdAt, headOid }),
    ledger: guarded<Snapshot["ledger"]>({ requests: ledger.requests }),
  });
}

function guarded<T extends object>(kept: Partial<T>): T {
  return new Proxy(kept, {
    get(target, name, receiver) {
      if (typeof name === "string" && !(name in target)) {
        throw new Error(`${name} was let go: judge it in an entry rule, as the entry passes`);
      }
      return Reflect.get(target, name, receiver) as unknown;
    },
  }) as T;
}
