import type { ReadBack } from "../../core/model/grant.ts";
import { TargetRefused, TargetUnreachable } from "../../ports/target.ts";
import type { Target, TargetCapabilities } from "../../ports/target.ts";

/**
 * How a memory target behaves: `unreachable` changes nothing and says so; `hanging` never answers;
 * `lying` says that it provisioned and revoked and did neither, while `observe` stays true.
 */
export type MemoryTargetBehaviour = "honest" | "unreachable" | "hanging" | "lying";

export interface MemoryTargetOptions {
  readonly identities: readonly string[];
  readonly permissions: readonly string[];
  /** Asked at every call, so that a test can let a target fail and recover. Always honest when left out. */
  readonly behaviour?: (verb: "observe" | "provision" | "revoke") => MemoryTargetBehaviour;
  /** Gives the instant of a read-back; the system's clock when left out. */
  readonly now?: () => Date;
  readonly capabilities?: TargetCapabilities;
  /** How many sessions an identity has now; a target without it cannot tell. */
  readonly sessions?: (identity: string) => number;
}

/** A target with the hands of its own administrators: what they do, Countersign did not. */
export interface MemoryTarget extends Target {
  readonly administrator: {
    addIdentity(identity: string): void;
    addPermission(permission: string): void;
    dropIdentity(identity: string): void;
    dropPermission(permission: string): void;
    give(identity: string, permission: string): void;
    take(identity: string, permission: string): void;
  };
}

/** Keeps a target in memory, for tests. It passes the contract suite of the port as the real ones do. */
export function memoryTarget(options: MemoryTargetOptions): MemoryTarget {
  const held = new Map(options.identities.map((identity) => [identity, new Set<string>()]));
  const permissions = new Set(options.permissions);
  let state: "open" | "closed" = "open";
  const meet = async (verb: "observe" | "provision" | "revoke"): Promise<MemoryTargetBehaviour> => {
    if (state === "closed") throw new TargetRefused("The target was closed: open it again.");
    const behaviour = options.behaviour?.(verb) ?? "honest";
    if (behaviour === "unreachable") throw new TargetUnreachable("The target does not answer.");
    if (behaviour === "hanging") await new Promise<never>(() => undefined);
    return behaviour;
  };
  return {
    capabilities: options.capabilities ?? usualCapabilities,
    observe: async (identity): Promise<ReadBack> => {
      await meet("observe");
      const at = (options.now?.() ?? new Date()).toISOString();
      return { at, identity, permissions: [...(held.get(identity) ?? [])].sort() };
    },
    provision: async (identity, permission) => {
      const behaviour = await meet("provision");
      const holds = held.get(identity);
      if (holds === undefined) throw new TargetRefused(`The target has no identity ${identity}.`);
      if (!permissions.has(permission)) {
        throw new TargetRefused(`The target has no permission ${permission}.`);
      }
      if (behaviour === "honest") holds.add(permission);
    },
    revoke: async (identity, permission) => {
      const behaviour = await meet("revoke");
      if (behaviour === "honest") held.get(identity)?.delete(permission);
    },
    sessions: async (identity) => {
      await meet("observe");
      return options.sessions?.(identity) ?? null;
    },
    close: () => {
      state = "closed";
      return Promise.resolve();
    },
    administrator: {
      addIdentity: (identity) => void held.set(identity, held.get(identity) ?? new Set()),
      addPermission: (permission) => void permissions.add(permission),
      dropIdentity: (identity) => void held.delete(identity),
      dropPermission: (permission) => {
        permissions.delete(permission);
        for (const holds of held.values()) holds.delete(permission);
      },
      give: (identity, permission) => void held.get(identity)?.add(permission),
      take: (identity, permission) => void held.get(identity)?.delete(permission),
    },
  };
}

const usualCapabilities: TargetCapabilities = {
  nativeExpiry: "none",
  residualSeconds: 0,
  endsSessions: "yes",
};
