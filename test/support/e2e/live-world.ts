import { join } from "node:path";
import { rolesOf } from "../../../src/bin/demo/read-role.ts";
import { waitFor } from "../../../src/bin/demo/wait-for.ts";
import { startPostgres } from "../../../src/bin/sandbox/start-postgres.ts";
import { startGateWorld } from "./gate-world.ts";
import type { GateWorld } from "./gate-world.ts";
import { startCli } from "./run-cli.ts";
import type { Running } from "./run-cli.ts";

/** The role that `requestText` asks for at the database. */
export const role = "payments_readwrite";

/** A gate world with a real database and, when started, the executor as a process. */
export interface LiveWorld extends GateWorld {
  /** Starts the executor, also again after it ended. */
  startExecutor(): Promise<Running>;
  /** What the database itself says, over a connection of its own. */
  roles(login: string): Promise<readonly string[]>;
  /** Waits until the database shows that alice holds the role, or does not. */
  aliceHolds(what: typeof role | "nothing"): Promise<void>;
}

/** Starts database, sandbox and gate. */
export async function startLiveWorld(): Promise<LiveWorld> {
  const postgres = await startPostgres();
  const world = await startGateWorld({}, postgres.url);
  const executors: Running[] = [];
  const roles = (login: string): Promise<readonly string[]> => rolesOf(postgres.url, login);
  const live: Omit<LiveWorld, keyof GateWorld> = {
    roles,
    async startExecutor() {
      const file = join(world.folder, "sandbox", "executor.env");
      const executor = startCli(["executor", "--env-file", file, "--json"]);
      executors.push(executor);
      await executor.firstLine;
      return executor;
    },
    async aliceHolds(what) {
      await waitFor(`alice to hold ${what}`, 60, async () => {
        const held = await roles("alice");
        const seen = held.join(", ") || "nothing";
        return seen === what ? { found: seen } : { seen };
      });
    },
  };
  const stop = async (): Promise<void> => {
    await Promise.all(executors.map((executor) => executor.stop()));
    await world.stop();
    await postgres.stop();
  };
  // Not a spread: the gate is a getter, another process after a restart.
  return Object.assign(Object.create(world) as GateWorld, live, { stop });
}
