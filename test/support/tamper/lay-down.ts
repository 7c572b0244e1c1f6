import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { deflate } from "node:zlib";
import { objectId } from "../../../src/adapters/git/oid.ts";
import { writeCommit } from "../../../src/adapters/memory/git-objects.ts";
import type { WrittenObject } from "../../../src/adapters/memory/git-objects.ts";
import type { StoredEntry } from "../../../src/ports/ledger-store.ts";
import { gitIn } from "../git/git-in.ts";
import type { RecordedLife } from "./recorded-life.ts";

const packed = promisify(deflate);

/** Lays a life down in a new bare repository, object by object, and returns the oids of its ledger commits. */
export async function layDown(
  folder: string,
  { objects, main, decisions, executions }: RecordedLife,
): Promise<{ readonly decisions: readonly string[]; readonly executions: readonly string[] }> {
  await mkdir(folder, { recursive: true });
  await gitIn(folder, ["init", "--bare", "--quiet", "-b", "main"]);
  const ledgers = { decisions: ledgerObjects(decisions), executions: ledgerObjects(executions) };
  const all = [...objects, ...ledgers.decisions.objects, ...ledgers.executions.objects];
  for (const object of new Map(all.map((one) => [one.oid, one])).values()) {
    await writeObject(folder, object);
  }
  const heads = [
    ["main", main],
    ["audit/decisions", ledgers.decisions.commits.at(-1)],
    ["audit/executions", ledgers.executions.commits.at(-1)],
  ] as const;
  const updates = heads.flatMap(([branch, oid]) =>
    oid === undefined ? [] : [`update refs/heads/${branch} ${oid}\n`],
  );
  await gitIn(folder, ["update-ref", "--stdin"], updates.join(""));
  return { decisions: ledgers.decisions.commits, executions: ledgers.executions.commits };
}

/** Each entry on top of the one before it, whatever it says of itself: so does anybody who rewrites a branch. */
function ledgerObjects(entries: readonly StoredEntry[]) {
  const objects: WrittenObject[] = [];
  const commits: string[] = [];
  for (const { bytes, message } of entries) {
    const contents = Buffer.from(bytes ?? "");
    const oid = objectId("blob", contents, "");
    const parent = commits.at(-1);
    const files = [{ path: "entry.dsse.json", mode: "100644", oid }];
    const written = writeCommit({
      parents: parent === undefined ? [] : [parent],
      message,
      files,
    });
    objects.push({ oid, type: "blob", bytes: contents }, ...written.objects);
    commits.push(written.oid);
  }
  return { objects, commits };
}

async function writeObject(folder: string, { oid, type, bytes }: WrittenObject): Promise<void> {
  const path = join(folder, "objects", oid.slice(0, 2));
  await mkdir(path, { recursive: true });
  const whole = Buffer.concat([Buffer.from(`${type} ${bytes.length}\0`), bytes]);
  await writeFile(join(path, oid.slice(2)), await packed(whole));
}
