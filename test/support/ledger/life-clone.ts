import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import { openLedgerStore } from "../../../src/adapters/git/git-ledger-store.ts";
import type { GitObject, Mirror } from "../../../src/ports/mirror.ts";
import { bareRemote } from "../git/bare-remote.ts";
import { gitIn } from "../git/git-in.ts";
import { temporaryFolder } from "../git/temporary-folder.ts";
import { auditedLife } from "./audited-life.ts";
import type { Lies } from "./audited-life.ts";

/** A clone that holds the whole life of one request, with the root hash that its keys are trusted by. */
export interface LifeClone {
  readonly folder: string;
  readonly root: string;
}

/** Lives the life of one request in memory, writes its objects and ledgers through real git, and clones them. */
export async function lifeClone(lies: Lies = {}): Promise<LifeClone> {
  const { mirror, remote: lived, main, keys } = await auditedLife(lies);
  await mirror.fetch();
  const remote = await bareRemote();
  await writeObjects(remote.folder, mirror, main);
  await remote.setRef("refs/heads/main", main);
  const store = await openLedgerStore({
    folder: join(await temporaryFolder(), "store"),
    remote: remote.folder,
    credential: null,
    identity: { name: "gate", email: "gate@acme.example" },
  });
  for (const branch of ["audit/decisions", "audit/executions"] as const) {
    const entries = lived.commits(branch).map(({ bytes, message }) => {
      return { bytes: bytes ?? "", message };
    });
    await store.append(branch, null, entries);
  }
  const folder = join(await temporaryFolder(), "clone.git");
  await gitIn(remote.folder, ["clone", "--quiet", "--mirror", `file://${remote.folder}`, folder]);
  return { folder, root: keys.rootDigest };
}

/** Copies a commit with everything that it leads to, byte for byte, as loose objects: the ids stay the same. */
async function writeObjects(folder: string, mirror: Mirror, tip: string): Promise<void> {
  const open = [tip];
  const done = new Set<string>();
  for (let oid = open.pop(); oid !== undefined; oid = open.pop()) {
    if (done.has(oid)) continue;
    done.add(oid);
    const object = await mirror.object(oid);
    const place = join(folder, "objects", oid.slice(0, 2));
    const head = Buffer.from(`${object.type} ${object.bytes.length}\0`);
    await mkdir(place, { recursive: true });
    await writeFile(join(place, oid.slice(2)), deflateSync(Buffer.concat([head, object.bytes])));
    open.push(...linksOf(object));
  }
}

function linksOf({ type, bytes }: GitObject): readonly string[] {
  const written = Buffer.from(bytes);
  if (type === "blob") return [];
  if (type === "commit") {
    const head = written.toString("latin1").split("\nauthor ")[0] ?? "";
    return [...head.matchAll(/\b[0-9a-f]{40}\b/gu)].map(([oid]) => oid);
  }
  const links: string[] = [];
  for (let at = 0; at < written.length;) {
    const zero = written.indexOf(0, at);
    links.push(written.toString("hex", zero + 1, zero + 21));
    at = zero + 21;
  }
  return links;
}
