import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import type { Command } from "../command.ts";
import { auditClone } from "../demo/audit-clone.ts";
import { play } from "../demo/play.ts";
import { playBreakGlass } from "../demo/play-break-glass.ts";
import { playExtension } from "../demo/play-extension.ts";
import { playStall } from "../demo/play-stall.ts";
import type { DemoPlace } from "../demo/scene.ts";
import { startProcesses } from "../demo/start-processes.ts";
import type { Processes } from "../demo/start-processes.ts";
import { NotShown, openStage } from "../demo/step.ts";
import type { Stage } from "../demo/step.ts";
import { attachedWorld } from "../demo/world.ts";
import type { DemoWorld } from "../demo/world.ts";
import { StartRefused } from "../start-refused.ts";

/**
 * Plays the whole life of a request, or a scenario of it: `demo [--scenario stall|break-glass|extension] [--json] [--keep DIR]
 * [--attach DIR]`. `--keep` leaves logs, keys and the
 * auditor's clone for looking around; `--attach` plays against processes that somebody started by hand.
 */
export const demo: Command = async (args, io) => {
  const { json, keep, attach, scenario } = readOptions(args);
  const theirs = attach === undefined ? null : await attachedWorld(attach);
  const stage = openStage(
    (text) => (json ? undefined : io.stderr(text)),
    process.stderr.isTTY ? "terminal" : "file",
  );
  const folder = keep === undefined ? await mkdtemp(join(tmpdir(), "countersign-")) : resolve(keep);
  await mkdir(folder, { recursive: true });
  const running: Processes[] = [];
  try {
    await stage.step("three processes: sandbox, gate and executor", async () => {
      const processes = theirs === null ? await startProcesses(folder) : await attachTo(theirs);
      running.push(processes);
      return processes.evidence;
    });
    const { world } = onlyOne(running);
    await scenarios[scenario](stage, world, { stamp: stamp(new Date()), folder });
    await auditClone(stage, world, folder);
  } catch (error) {
    if (!(error instanceof NotShown)) throw error;
  } finally {
    await Promise.all(running.map((processes) => processes.stop()));
    if (keep === undefined) await rm(folder, { recursive: true, force: true });
  }
  const ok = stage.steps.every((step) => step.ok);
  if (json) io.stdout(`${JSON.stringify({ steps: stage.steps }, null, 2)}\n`);
  else if (!ok) io.stdout("A step could not be shown.\n");
  else io.stdout(keep === undefined ? goodbye : lookAround(folder, running[0]?.world));
  return ok ? 0 : 1;
};

/** Attaches to a sandbox that answers; gate and executor show themselves in the steps that follow. */
async function attachTo(world: DemoWorld): Promise<Processes> {
  try {
    await fetch(world.apiUrl);
  } catch (cause) {
    const fix = "start `npx countersign sandbox` again, then gate and executor.";
    throw new Error(`Nothing answers at ${world.apiUrl}: ${fix}`, { cause });
  }
  return { world, evidence: `attached to ${world.apiUrl}`, stop: () => Promise.resolve() };
}

function onlyOne(running: readonly Processes[]): Processes {
  const [processes] = running;
  if (processes === undefined) throw new NotShown("The processes did not start.");
  return processes;
}

type Play = (stage: Stage, world: DemoWorld, place: DemoPlace) => Promise<unknown>;

/** What can be played; `life` is the whole life of one request. */
const scenarios = {
  life: play,
  stall: playStall,
  "break-glass": playBreakGlass,
  extension: playExtension,
} satisfies Readonly<Record<string, Play>>;
type Scenario = keyof typeof scenarios;

function readOptions(args: readonly string[]) {
  const { scenario, ...rest } = readArgs(args);
  const names = Object.keys(scenarios) as Scenario[];
  const known = names.find((name) => name === scenario);
  if (known !== undefined) return { ...rest, scenario: known };
  throw new StartRefused(`There is no scenario ${scenario}: write one of ${names.join(", ")}.`);
}

function readArgs(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        json: { type: "boolean", default: false },
        keep: { type: "string" },
        attach: { type: "string" },
        scenario: { type: "string", default: "life" },
      },
    }).values;
  } catch (cause) {
    throw new StartRefused(cause instanceof Error ? cause.message : "", { cause });
  }
}

/** A name is used once, also when the demo is played twice against the same sandbox. */
function stamp(now: Date): string {
  return now.toISOString().replaceAll(/[-:]/gu, "").slice(0, 15).toLowerCase();
}

const goodbye = "Every step was shown. Run it with --keep DIR to look around in what it leaves.\n";

function lookAround(folder: string, world: DemoWorld | undefined): string {
  const clone = join(folder, "clone.git");
  const trust = `--root ${world?.trustRoot ?? ""} --forge-keys ${world?.forgeKeys ?? ""}`;
  return [
    "Every step was shown. What it left can be looked at:",
    `  git -C ${clone} log audit/decisions`,
    `  npx countersign audit verify --repo ${clone} ${trust}`,
    `  npx countersign audit verify --repo ${join(folder, "tampered.git")} ${trust}`,
    "",
  ].join("\n");
}
