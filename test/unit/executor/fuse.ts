import type { ExecutorParts } from "../../../src/executor/executor.ts";
import type { Target } from "../../../src/ports/target.ts";

/** Kills an executor at one of its steps. */
export interface Fuse {
  /** How many steps were made. */
  readonly steps: () => number;
  readonly wrap: (parts: ExecutorParts) => ExecutorParts;
}

/**
 * Makes a fuse that blows at step `at`: the step is not made (`before`), or made without an answer (`after`).
 * From then on nothing works any more, as if the machine had lost its power.
 */
export function fuse(at: number, when: "before" | "after"): Fuse {
  let steps = 0;
  let blown = false;
  const step = async <T>(work: () => Promise<T>): Promise<T> => {
    if (blown) throw new Error("no power");
    steps += 1;
    blown = steps === at;
    if (blown && when === "before") throw new Error("no power");
    const result = await work();
    if (blown) throw new Error("no power");
    return result;
  };
  const target = (real: Target): Target => ({
    capabilities: real.capabilities,
    observe: (identity) => step(() => real.observe(identity)),
    provision: (...args) => step(() => real.provision(...args)),
    revoke: (...args) => step(() => real.revoke(...args)),
    sessions: (identity) => real.sessions(identity),
    close: () => real.close(),
  });
  return {
    steps: () => steps,
    wrap: (parts) => ({
      ...parts,
      ledger: {
        ...parts.ledger,
        sync: () => step(() => parts.ledger.sync()),
        append: (drafts) => step(() => parts.ledger.append(drafts)),
      },
      mirror: { ...parts.mirror, fetch: () => step(() => parts.mirror.fetch()) },
      readSnapshot: (...args) => step(() => parts.readSnapshot(...args)),
      openTarget: (name) => step(async () => target(await parts.openTarget(name))),
      outbox: {
        ...parts.outbox,
        put: (entries) => step(() => parts.outbox.put(entries)),
        drop: (keys) => step(() => parts.outbox.drop(keys)),
      },
      known: { ...parts.known, write: (state) => step(() => parts.known.write(state)) },
    }),
  };
}
