import type { ReadBack } from "../../../src/core/model/grant.ts";
import type { Target } from "../../../src/ports/target.ts";
import { TargetRefused, TargetUnreachable } from "../../../src/ports/target.ts";

/** Systems that hold access, with the faults of real ones. */
export interface TargetWorld {
  /** What is held: `<target> <identity> <permission>`. */
  readonly held: Set<string>;
  /** Every call that reached a target, in order. */
  readonly calls: string[];
  /** Ends that `provision` was given, by `<target> <identity> <permission>`. */
  readonly ends: Map<string, string>;
  readonly faults: Map<string, Fault>;
  /** Sessions of an identity now; whoever is not named here cannot be told of. */
  readonly sessions: Map<string, number>;
  /** Sessions that were opened and not closed. */
  open: number;
  readonly openTarget: (name: string) => Promise<Target>;
}

/**
 * `down`: does not answer. `hangs`: never answers. `ignores`: says yes and does nothing. `refuses`: no to provision and revoke.
 */
export type Fault = "down" | "hangs" | "ignores" | "refuses";

/** Makes targets that hold nothing and work. */
export function targetWorld(now: () => Date): TargetWorld {
  const world: TargetWorld = {
    held: new Set(),
    calls: [],
    ends: new Map(),
    faults: new Map(),
    sessions: new Map(),
    open: 0,
    openTarget: (name) => {
      world.open += 1;
      return Promise.resolve(target(world, name, now));
    },
  };
  return world;
}

function target(world: TargetWorld, name: string, now: () => Date): Target {
  const { held, calls } = world;
  const act = (verb: string, key: string, change: () => void): Promise<void> => {
    const fault = world.faults.get(name);
    if (fault === "hangs") return new Promise(() => undefined);
    if (fault === "down") return Promise.reject(new TargetUnreachable(`${name} is down`));
    calls.push(`${verb} ${key}`);
    if (fault === "refuses") return Promise.reject(new TargetRefused(`${name} said no`));
    if (fault !== "ignores") change();
    return Promise.resolve();
  };
  return {
    capabilities: { nativeExpiry: "none", residualSeconds: 0, endsSessions: "yes" },
    observe: (identity) => {
      const fault = world.faults.get(name);
      if (fault === "hangs") return new Promise(() => undefined);
      if (fault === "down") return Promise.reject(new TargetUnreachable(`${name} is down`));
      calls.push(`observe ${name} ${identity}`);
      return Promise.resolve(readBack(held, name, identity, now()));
    },
    provision: (identity, permission, expiresAt) => {
      const key = `${name} ${identity} ${permission}`;
      return act("provision", key, () => {
        held.add(key);
        world.ends.set(key, expiresAt.toISOString());
      });
    },
    revoke: (identity, permission) => {
      const key = `${name} ${identity} ${permission}`;
      return act("revoke", key, () => void held.delete(key));
    },
    sessions: (identity) => {
      const fault = world.faults.get(name);
      if (fault === "down") return Promise.reject(new TargetUnreachable(`${name} is down`));
      return Promise.resolve(world.sessions.get(identity) ?? null);
    },
    close: () => {
      world.open -= 1;
      return Promise.resolve();
    },
  };
}

function readBack(held: Set<string>, name: string, identity: string, at: Date): ReadBack {
  const prefix = `${name} ${identity} `;
  const permissions = [...held]
    .filter((key) => key.startsWith(prefix))
    .map((key) => key.slice(prefix.length))
    .sort();
  return { at: at.toISOString(), identity, permissions };
}
