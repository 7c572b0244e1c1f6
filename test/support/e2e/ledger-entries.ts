import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { EntryOf, EntryType } from "../../../src/core/model/entry.ts";
import type { GateWorld } from "./gate-world.ts";

const run = promisify(execFile);

/** What one entry says; signatures and chains are the audit's to check. */
export type WrittenEntry = {
  readonly [T in EntryType]: Pick<EntryOf<T>, "type" | "inputs" | "result">;
}[EntryType];

/** Reads a ledger branch from a fresh clone, oldest entry first. */
export async function ledgerEntries(
  world: GateWorld,
  branch: "audit/decisions" | "audit/executions",
): Promise<readonly WrittenEntry[]> {
  const folder = await freshClone(world);
  const git = async (...args: string[]): Promise<string> =>
    (await run("git", ["-C", folder, ...args], { maxBuffer: 64e6 })).stdout.trim();
  const commits = (await git("rev-list", "--reverse", branch)).split("\n");
  const entries: WrittenEntry[] = [];
  for (const commit of commits) {
    const { payload } = JSON.parse(await git("show", `${commit}:entry.dsse.json`)) as {
      payload: string;
    };
    const { predicateType, predicate } = JSON.parse(
      Buffer.from(payload, "base64").toString("utf8"),
    ) as { predicateType: string; predicate: Pick<WrittenEntry, "inputs" | "result"> };
    const type = /^urn:countersign:(?<type>[a-z-]+):v1$/u.exec(predicateType)?.groups?.["type"];
    entries.push({ type, inputs: predicate.inputs, result: predicate.result } as WrittenEntry);
  }
  await rm(folder, { recursive: true, force: true });
  return entries;
}

/** Clones the repository as frank, the auditor, would, and returns the folder of the bare clone. */
export async function freshClone(world: GateWorld): Promise<string> {
  const folder = await mkdtemp(join(world.folder, "clone-"));
  const { serverUrl, repository, tokens } = world.world;
  const basic = Buffer.from(`x-access-token:${tokens["frank"] ?? ""}`).toString("base64");
  await run("git", [
    ...["-c", `http.${serverUrl}/.extraHeader=Authorization: Basic ${basic}`],
    ...["clone", "--quiet", "--bare", `${serverUrl}/${repository}.git`, folder],
  ]);
  return folder;
}
