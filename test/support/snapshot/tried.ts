import fc from "fast-check";
import { decide } from "../../../src/core/decide/decide.ts";
import type { Decision, Verdict } from "../../../src/core/model/decision.ts";
import type { World } from "./arbitrary-snapshot.ts";
import type { Change } from "./changes/change.ts";
import { drawFrom } from "./draw.ts";
import type { Draw } from "./draw.ts";

/** What a property saw: from which verdicts it started, and how often it made any difference. */
export interface Tried {
  readonly runs: number;
  readonly verdicts: Readonly<Record<Verdict, number>>;
  /** Times in which something was changed, and the verdict with it. */
  readonly changed: number;
  readonly decidedOtherwise: number;
  /** Changes that made no difference to any verdict, by name. */
  readonly idle: readonly string[];
}

/** What is compared: both decisions, and what the second was made of. */
export interface Compared {
  readonly before: Decision;
  readonly after: Decision;
  readonly changed: ChangedWorld;
}

/** A changed world; `without` is who cannot approve it any more. */
export interface ChangedWorld extends World {
  readonly without?: string | null;
}

/** A change of a world, which may also be of the instant; `before` is how it was decided. */
export interface WorldChange {
  readonly name: string;
  readonly apply: (world: World, draw: Draw, before: Decision) => ChangedWorld;
}

export interface Trial {
  /** Worlds to choose from: they are made and decided once, for all properties. */
  readonly pool: readonly World[];
  /** Where to look for a smaller counterexample. */
  readonly worlds: fc.Arbitrary<World>;
  readonly changes: readonly WorldChange[];
  readonly runs: number;
  readonly seed: number;
  readonly expected: (compared: Compared) => boolean;
}

/** Tries one of the changes on each of many worlds; throws where what is expected is not so. */
export function tryChanges({ pool, worlds, changes, runs, seed, expected }: Trial): Tried {
  const verdicts = { approved: 0, pending: 0, denied: 0 };
  let changed = 0;
  let decidedOtherwise = 0;
  const idle = new Set(changes.map(({ name }) => name));
  const change = fc.constantFrom(...changes).map(named);
  const holds = (world: World, { name, apply }: WorldChange, drawn: number): void => {
    const before = decided(world);
    const other = apply(world, drawFrom(drawn), before);
    const after = decide(other.snapshot, other.now);
    verdicts[before.verdict] += 1;
    if (other.snapshot !== world.snapshot || other.now !== world.now) changed += 1;
    if (before.verdict !== after.verdict) {
      decidedOtherwise += 1;
      idle.delete(name);
    }
    if (expected({ before, after, changed: other })) return;
    throw new Error(`${name}: ${inWords(before)} became ${inWords(after)}`);
  };
  const settings = { numRuns: runs, seed };
  const ofPool = fc.property(fc.constantFrom(...pool), change, fc.nat(), holds);
  const found = fc.check(ofPool, settings);
  const tried = { runs: found.numRuns, verdicts: { ...verdicts }, changed, decidedOtherwise };
  if (!found.failed) {
    // What seldom matters is tried on its own before it is said to make no difference.
    for (const one of changes.filter(({ name }) => idle.has(name))) {
      const makesNone = fc.property(fc.constantFrom(...pool), fc.nat(), (world, drawn) => {
        holds(world, one, drawn);
        return idle.has(one.name);
      });
      fc.check(makesNone, settings);
    }
    return { ...tried, idle: [...idle] };
  }
  // Worlds of the pool cannot be shrunk: the same again with fresh ones, and with the first if there is none.
  fc.assert(fc.property(worlds.map(shown), change, fc.nat(), holds), settings);
  fc.assert(ofPool, settings);
  return { ...tried, idle: [...idle] };
}

/** Makes worlds to choose from. */
export function poolOf(
  worlds: fc.Arbitrary<World>,
  { size, seed }: { readonly size: number; readonly seed: number },
): readonly World[] {
  return fc.sample(worlds.map(shown), { numRuns: size, seed });
}

const decisions = new WeakMap<World, Decision>();

/** Decides a world, or remembers how it was decided. */
export function decided(world: World): Decision {
  const known = decisions.get(world);
  if (known !== undefined) return known;
  const decision = decide(world.snapshot, world.now);
  decisions.set(world, decision);
  return decision;
}

/** Lets changes of the snapshot alone be tried. */
export function ofSnapshot(changes: readonly Change[]): readonly WorldChange[] {
  return changes.map(({ name, apply }) => ({
    name,
    apply: (world, draw) => {
      const snapshot = apply(world.snapshot, draw);
      return snapshot === world.snapshot ? world : { ...world, snapshot };
    },
  }));
}

/** `approved` is more than `pending`, and that more than `denied`. */
export function isMoreApproved(a: Decision, b: Decision): boolean {
  return rank[a.verdict] > rank[b.verdict];
}

const rank: Readonly<Record<Verdict, number>> = { denied: 0, pending: 1, approved: 2 };

/** Says a decision's verdict with what stands against it, or who approved. */
function inWords({ verdict, findings, approvals }: Decision): string {
  const against = findings
    .filter(({ outcome }) => outcome !== "satisfied")
    .map(({ code, reason }) => `${code}: ${reason}`);
  const by = approvals.map(({ person, role, review }) => `${person} as ${role} in ${review}`);
  return `${verdict} (${[...against, ...by].join(" | ")})`;
}

/** A counterexample shows what is particular, not the text of all of governance. */
function shown(world: World): World {
  const { scene, snapshot, now } = world;
  const { pull, ledger, governance, missing } = snapshot;
  const opening = governance.opening === null ? "as now" : "another";
  const teams = snapshot.teams.filter((team, at) => team !== scene.base.teams[at]);
  const show = (): string =>
    JSON.stringify({ scene: scene.name, now, pull, ledger, opening, teams, missing }, null, 1);
  return { ...world, [fc.toStringMethod]: show } as World;
}

function named(change: WorldChange): WorldChange {
  return { ...change, [fc.toStringMethod]: () => JSON.stringify(change.name) } as WorldChange;
}
