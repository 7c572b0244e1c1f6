import type { DriftMode, DriftResponse, DriftSighting, Held } from "../model/drift.ts";
import type { ReadBack } from "../model/grant.ts";
import type { CatalogueTarget, Governance } from "../model/governance.ts";
import type { ExecutionRecord } from "./access-state.ts";

/** How a target is looked at for access that no grant explains. */
export interface DriftWatch {
  readonly target: string;
  readonly mode: DriftMode;
  readonly mostPerPass: number;
  readonly everyHours: number;
  /** Whom people.yaml names at the target, but for the exempt. */
  readonly identities: readonly string[];
  /** Permissions of the catalogue. */
  readonly permissions: readonly string[];
}

/** Lists the targets that governance wants looked at. */
export function driftWatches(governance: Governance): readonly DriftWatch[] {
  return governance.targets.flatMap((target) => watchOf(target, governance) ?? []);
}

function watchOf(
  { metadata, spec }: CatalogueTarget,
  { people, machines }: Governance,
): DriftWatch | null {
  if (spec.drift === undefined) return null;
  const { mode, mostPerPass = 10, everyHours = 24, exempt = [] } = spec.drift;
  const named = [...people, ...machines].flatMap(({ identities }) =>
    identities.filter(({ target }) => target === metadata.name).map(({ name }) => name),
  );
  return {
    ...{ target: metadata.name, mode, mostPerPass, everyHours },
    identities: [...new Set(named)].filter((name) => !exempt.includes(name)).sort(),
    permissions: spec.entitlements.map(({ permission }) => permission).sort(),
  };
}

/** What an identity was seen to hold, and what of that no open grant explained at that moment. */
export interface Looked {
  readonly readBack: ReadBack;
  readonly unexplained: readonly string[];
}

/** What is on record about the drift of one target. */
export interface KnownDrift {
  /** Whether a baseline looked at this identity and this permission. */
  readonly covers: (held: Held) => "yes" | "no";
  /** Drift that is not read back as gone. */
  readonly open: readonly DriftSighting[];
  /** Of the baseline, what was not seen to go. It is never taken out. */
  readonly baseline: readonly DriftSighting[];
}

/** Collects what is on record about the drift of one target, in whatever order it comes. */
export function knownDrift(records: readonly ExecutionRecord[], target: string): KnownDrift {
  const scopes: { identities: Set<string>; permissions: Set<string> }[] = [];
  const baseline = new Map<string, DriftSighting>();
  const open = new Map<string, DriftSighting>();
  const ended = new Set<string>();
  for (const record of records) {
    if (record.type === "drift-baseline" && record.inputs.target === target) {
      const { identities, permissions, at } = record.inputs;
      scopes.push({ identities: new Set(identities), permissions: new Set(permissions) });
      for (const held of record.result.held) {
        const sighting = { target, ...held, firstSeenAt: at };
        baseline.set(sightingKey(sighting), sighting);
      }
    }
    if (record.type === "drift" && record.inputs.target === target) {
      open.set(sightingKey(record.inputs), record.inputs);
    }
    if (record.type === "drift-outcome" && record.result.outcome !== "failed") {
      ended.add(sightingKey(record.inputs));
    }
  }
  const stillHeld = (all: ReadonlyMap<string, DriftSighting>): readonly DriftSighting[] =>
    [...all].filter(([key]) => !ended.has(key)).map(([, sighting]) => sighting);
  return {
    covers: ({ identity, permission }) =>
      scopes.some((one) => one.identities.has(identity) && one.permissions.has(permission))
        ? "yes"
        : "no",
    open: stillHeld(open),
    baseline: stillHeld(baseline),
  };
}

/** Names one sighting of drift. */
export function sightingKey({ target, identity, permission, firstSeenAt }: DriftSighting): string {
  return JSON.stringify([target, identity, permission, firstSeenAt]);
}

export interface DriftInput {
  readonly watch: DriftWatch;
  /** A look at every identity of the watch. */
  readonly looked: readonly Looked[];
  readonly known: KnownDrift;
  /** What a grant, open or not, recorded as held before it (K5). */
  readonly preexisting: readonly Held[];
  readonly now: Date;
}

/** What follows from one complete look at a target. */
export interface DriftPlan {
  /** What is seen together for the first time; `null` when nothing is. */
  readonly baseline: {
    readonly identities: readonly string[];
    readonly permissions: readonly string[];
    readonly held: readonly Held[];
  } | null;
  readonly fresh: readonly {
    readonly sighting: DriftSighting;
    readonly response: DriftResponse;
    readonly readBack: ReadBack;
  }[];
  /** On record as held, and not held any more. */
  readonly gone: readonly { readonly sighting: DriftSighting; readonly readBack: ReadBack }[];
  readonly takeOut: readonly DriftSighting[];
  /** How much would have been taken out, where that is more than may be; else 0. */
  readonly overLimit: number;
}

/**
 * Tells what follows from one complete look at a target. What no earlier look could have seen is baseline and never taken out
 * (K14), and neither is what was there before a grant (K5). When more is to be taken out than may be, nothing is: a sweeper that is
 * wrong about much must not be able to remove much.
 */
export function planDrift({ watch, looked, known, preexisting, now }: DriftInput): DriftPlan {
  const firstSeenAt = now.toISOString();
  const found = looked.flatMap(({ readBack, unexplained }) =>
    unexplained
      .filter((permission) => watch.permissions.includes(permission))
      .map((permission) => ({ held: { identity: readBack.identity, permission }, readBack })),
  );
  const onRecord = new Set([...known.open, ...known.baseline].map(heldKey));
  const kept = new Set(preexisting.map(heldKey));
  const isNew = ({ held }: (typeof found)[number]): boolean =>
    known.covers(held) === "yes" && !onRecord.has(heldKey(held));
  const news = found.filter(isNew).map(({ held, readBack }) => ({
    sighting: { target: watch.target, ...held, firstSeenAt },
    readBack,
  }));
  const foundKeys = new Set(found.map(({ held }) => heldKey(held)));
  const left = known.open.filter((one) => foundKeys.has(heldKey(one)));
  const removable =
    watch.mode === "enforce"
      ? [...left, ...news.map(({ sighting }) => sighting)].filter((one) => !kept.has(heldKey(one)))
      : [];
  const isWithin = removable.length <= watch.mostPerPass;
  const responseTo = (one: Held): DriftResponse => {
    if (watch.mode === "observe") return "observed";
    if (watch.mode === "warn") return "warned";
    if (kept.has(heldKey(one))) return "kept-preexisting";
    return isWithin ? "taking-out" : "over-limit";
  };
  return {
    baseline: baselineOf(
      watch,
      known,
      found.map(({ held }) => held),
    ),
    fresh: news.map(({ sighting, readBack }) => ({
      ...{ sighting, readBack },
      response: responseTo(sighting),
    })),
    gone: [...known.open, ...known.baseline].flatMap((sighting) => {
      const seen = looked.find(({ readBack }) => readBack.identity === sighting.identity);
      if (seen === undefined || seen.readBack.permissions.includes(sighting.permission)) return [];
      return [{ sighting, readBack: seen.readBack }];
    }),
    takeOut: isWithin ? removable : [],
    overLimit: isWithin ? 0 : removable.length,
  };
}

function baselineOf(
  { identities, permissions }: DriftWatch,
  { covers }: KnownDrift,
  found: readonly Held[],
): DriftPlan["baseline"] {
  const isSeen = identities.every((identity) =>
    permissions.every((permission) => covers({ identity, permission }) === "yes"),
  );
  if (isSeen) return null;
  return { identities, permissions, held: found.filter((held) => covers(held) === "no") };
}

function heldKey({ identity, permission }: Held): string {
  return JSON.stringify([identity, permission]);
}
