import { isAbsolute } from "node:path";
import { TargetRefused } from "../../../ports/target.ts";
import type { Target, TargetCapabilities } from "../../../ports/target.ts";
import { fileError } from "./file-errors.ts";

/** What a target that is made of files can do; each verb may throw whatever a file operation throws. */
export interface FileVerbs {
  held(identity: string): Promise<readonly string[]>;
  provision(identity: string, permission: string, expiresAt: Date): Promise<void>;
  revoke(identity: string, permission: string): Promise<void>;
}

/** Makes a target of files: closed once and for all, its errors those of the port. It cannot tell sessions. */
export function fileTarget(capabilities: TargetCapabilities, verbs: FileVerbs): Target {
  let state: "open" | "closed" = "open";
  const when = async <T>(work: () => Promise<T>): Promise<T> => {
    if (state === "closed") throw new TargetRefused("The target was closed: open it again.");
    try {
      return await work();
    } catch (error) {
      throw fileError(error);
    }
  };
  return {
    capabilities,
    observe: (identity) =>
      when(async () => {
        // Taken before the question: the answer is at least as new as the instant it carries.
        const at = new Date().toISOString();
        return { at, identity, permissions: await verbs.held(identity) };
      }),
    provision: (identity, permission, expiresAt) =>
      when(() => verbs.provision(identity, permission, expiresAt)),
    revoke: (identity, permission) => when(() => verbs.revoke(identity, permission)),
    sessions: () => when(() => Promise.resolve(null)),
    close: () => {
      state = "closed";
      return Promise.resolve();
    },
  };
}

/** Requires paths that do not depend on where the executor was started. Throws TargetRefused, naming what is wrong. */
export function requireAbsolute(paths: Readonly<Record<string, string | null>>): void {
  for (const [name, path] of Object.entries(paths)) {
    if (path === null || isAbsolute(path)) continue;
    throw new TargetRefused(`${name} is "${path}": write the whole path, from / on.`);
  }
}

/** Requires a time-out that ends: NaN or 0 would mean "wait for ever". */
export function requireTimeout(timeoutSeconds: number): void {
  if (timeoutSeconds > 0 && timeoutSeconds <= longestTimeoutSeconds) return;
  throw new TargetRefused(
    `The target's time-out must be more than 0 and at most ${longestTimeoutSeconds} seconds.`,
  );
}

const longestTimeoutSeconds = 3600;
