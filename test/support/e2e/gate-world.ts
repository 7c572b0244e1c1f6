import { mkdtemp, rm, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { commitFile, person } from "../../../src/bin/demo/person.ts";
import type { SimpleGit } from "simple-git";
import type { Person } from "../../../src/bin/demo/person.ts";
import type { ForgeView } from "../../../src/bin/demo/forge-view.ts";
import type { DemoWorld } from "../../../src/bin/demo/world.ts";
import { startEverything } from "../../../src/bin/sandbox/start-everything.ts";
import type { Sandbox } from "../../../src/sandbox/start-sandbox.ts";
import { exampleGovernance } from "../snapshot/cast.ts";
import { freePort } from "./free-port.ts";
import { startCli } from "./run-cli.ts";
import type { Running } from "./run-cli.ts";

/** The built gate as a process, against a sandbox that the test can disturb. */
export interface GateWorld {
  readonly folder: string;
  readonly sandbox: Sandbox;
  readonly world: DemoWorld;
  readonly gateUrl: string;
  readonly gate: Running;
  /** Starts the gate again after it ended, with the same configuration and data. */
  restartGate(): Promise<void>;
  as(login: string): Person;
  view: ForgeView;
  /** The variables of the gate or the executor, as the sandbox wrote them. */
  variables(of: "gate" | "executor"): Promise<Record<string, string>>;
  /** Pushes files on a new branch as alice and opens a pull request. */
  openPull(files: Readonly<Record<string, string>>): Promise<OpenedPull>;
  stop(): Promise<void>;
}

/** A pull request of alice's, with the clone she made it in. */
export interface OpenedPull {
  readonly pull: number;
  readonly head: string;
  readonly branch: string;
  readonly git: SimpleGit;
  /** Where the clone is. */
  readonly work: string;
}

/**
 * Starts sandbox and gate; `env` adds variables to the process of the gate, not to its configuration. Without a
 * database URL the executor's configuration names one that does not exist.
 */
export async function startGateWorld(
  env: Record<string, string> = {},
  databaseUrl = "postgres://nobody@127.0.0.1:1/none",
): Promise<GateWorld> {
  const folder = await mkdtemp(join(tmpdir(), "countersign-e2e-"));
  const gatePort = await freePort();
  const { sandbox, json } = await startEverything({
    folder: join(folder, "sandbox"),
    port: 0,
    gatePort,
    databaseUrl,
    log: () => undefined,
  });
  const world = json as unknown as DemoWorld;
  const startGate = (): Running =>
    startCli(["gate", "--env-file", join(folder, "sandbox", "gate.env"), "--json"], { env });
  let gate = startGate();
  const { url } = JSON.parse(await gate.firstLine) as { url: string };
  const [owner = "", repo = ""] = world.repository.split("/");
  const as = (login: string): Person => person(world, login, idOf(login));
  let branches = 0;
  return {
    folder,
    sandbox,
    world,
    gateUrl: url,
    get gate() {
      return gate;
    },
    async restartGate() {
      gate = startGate();
      await gate.firstLine;
    },
    as,
    view: { owner, repo, by: as("alice") },
    variables: async (of) =>
      parseEnv(await readFile(join(folder, "sandbox", `${of}.env`), "utf8")) as Record<
        string,
        string
      >,
    async openPull(files) {
      branches += 1;
      const branch = `try-${branches}`;
      const work = join(folder, branch);
      const git = await as("alice").clone(work);
      await git.checkoutLocalBranch(branch);
      for (const [path, text] of Object.entries(files)) {
        await commitFile(git, { folder: work, path, text, message: `Add ${path}` });
      }
      await git.push("origin", branch);
      const { data } = await as("alice").github.pulls.create({
        owner,
        repo,
        title: branch,
        head: branch,
        base: "main",
      });
      return { pull: data.number, head: data.head.sha, branch, git, work };
    },
    async stop() {
      await gate.stop();
      await sandbox.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function idOf(login: string): number {
  const accounts = exampleGovernance.people.flatMap((known) => known.accounts);
  return accounts.find((account) => account.login === login)?.id ?? 0;
}
