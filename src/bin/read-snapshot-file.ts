import { readFile } from "node:fs/promises";
import { snapshotShape } from "../core/attest/snapshot-shape.ts";
import { parseStrictJson } from "../core/attest/strict-json.ts";
import type { Snapshot } from "../core/model/snapshot.ts";
import { StartRefused } from "./start-refused.ts";

/** Reads a recorded snapshot from a JSON file. Throws StartRefused when it is none, with what to give instead. */
export async function readSnapshotFile(path: string): Promise<Snapshot> {
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new StartRefused(`${path} cannot be read.`, { cause });
  });
  const parsed = parseStrictJson(text);
  if (!parsed.ok) {
    throw new StartRefused(
      `${path} is not strict JSON: ${parsed.reason} at offset ${parsed.offset}.`,
    );
  }
  if (!snapshotShape(parsed.value)) {
    throw new StartRefused(
      `${path} is no snapshot: give what a decision entry holds in inputs.snapshot.`,
    );
  }
  return parsed.value as unknown as Snapshot;
}
