import { appendFile, chmod, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { cloneDefects, CloneUnfit } from "../../../../src/adapters/git/clone-defects.ts";
import {
  LedgerReadOnly,
  openCloneLedger,
  openLedgerStore,
} from "../../../../src/adapters/git/git-ledger-store.ts";
import { openClone } from "../../../../src/adapters/git/git-mirror.ts";
import { LedgerRewritten } from "../../../../src/ports/ledger-store.ts";
import { MirrorObjectMissing } from "../../../../src/ports/mirror.ts";
import { bareRemote } from "../../../support/git/bare-remote.ts";
import { gitIn } from "../../../support/git/git-in.ts";
import { temporaryFolder } from "../../../support/git/temporary-folder.ts";

async function seeded() {
  const remote = await bareRemote();
  const one = await remote.commit({ files: { a: "1" } });
  const two = await remote.commit({ parents: [one], files: { a: "2" } });
  await remote.setRef("refs/heads/main", two);
  await remote.setRef("refs/heads/audit/decisions", two);
  const folder = await temporaryFolder();
  const clone = async (...options: string[]): Promise<string> => {
    const target = join(folder, `clone-${(await readdir(folder)).length}`);
    await gitIn(folder, ["clone", "-q", ...options, `file://${remote.folder}`, target]);
    return target;
  };
  return { remote, one, two, folder, clone };
}

async function codes(folder: string): Promise<readonly string[]> {
  return (await cloneDefects(folder)).map(({ code }) => code);
}

describe("openClone", () => {
  it.each([[[]], [["--bare"]], [["--mirror"]]])("reads a clone made with %j", async (options) => {
    const s = await seeded();
    const folder = await s.clone(...options);
    const mirror = await openClone(folder);
    await mirror.fetch();
    expect(await codes(folder)).toEqual([]);
    expect(await mirror.tip("main")).toBe(s.two);
    expect(await mirror.tip("audit/decisions")).toBe(s.two);
    expect(await mirror.tip("audit/executions")).toBeNull();
    expect((await mirror.firstParents(null, s.two)).map(({ oid }) => oid)).toEqual([s.one, s.two]);
  });

  it("believes what the remote showed over a local branch that differs", async () => {
    const s = await seeded();
    const folder = await s.clone();
    await gitIn(folder, ["update-ref", "refs/heads/main", s.one]);
    await gitIn(folder, ["update-ref", "refs/heads/mine", s.one]);
    const mirror = await openClone(folder);
    expect(await mirror.tip("main")).toBe(s.two);
    expect(await mirror.tip("mine")).toBe(s.one);
  });

  it("never takes a tag for a branch", async () => {
    const s = await seeded();
    const folder = await s.clone();
    await gitIn(folder, ["tag", "main", s.one]);
    await gitIn(folder, ["tag", "audit/executions", s.one]);
    const mirror = await openClone(folder);
    expect(await mirror.tip("main")).toBe(s.two);
    expect(await mirror.tip("audit/executions")).toBeNull();
  });

  it("reads the repository that was named, whatever GIT_DIR or a folder around it says", async () => {
    const s = await seeded();
    const folder = await s.clone();
    const inside = join(folder, "inside");
    await mkdir(inside);
    expect(await codes(inside)).toEqual(["not-a-repository"]);
    expect(await codes(join(folder, "nothing"))).toEqual(["not-a-repository"]);
    await expect(openClone(inside)).rejects.toThrow(CloneUnfit);
  });

  it("refuses a shallow clone", async () => {
    const s = await seeded();
    const folder = await s.clone("--depth=1");
    expect(await codes(folder)).toEqual(["shallow"]);
    await expect(openClone(folder)).rejects.toThrow(CloneUnfit);
    await expect(openCloneLedger(folder)).rejects.toThrow(/git fetch --unshallow/);
  });

  it("refuses a partial clone, also when its configuration no longer says so", async () => {
    const s = await seeded();
    await gitIn(s.remote.folder, ["config", "uploadpack.allowFilter", "true"]);
    const folder = await s.clone("--filter=blob:none");
    expect(await codes(folder)).toEqual(["partial"]);
    await gitIn(folder, ["config", "--unset", "remote.origin.promisor"]);
    await gitIn(folder, ["config", "--unset", "remote.origin.partialclonefilter"]);
    expect(await codes(folder)).toEqual(["partial"]);
  });

  it("refuses refs/replace and info/grafts, and reads past them what was really recorded", async () => {
    const s = await seeded();
    const folder = await s.clone("--bare");
    const mirror = await openClone(folder);
    const other = await s.remote.commit({ files: { a: "forged" } });
    await gitIn(folder, ["fetch", "-q", s.remote.folder, `refs/built/*:refs/built/*`]);
    await gitIn(folder, ["replace", s.two, other]);
    expect(await codes(folder)).toEqual(["replaced"]);
    await expect(openClone(folder)).rejects.toThrow(/git replace -l/);
    await mkdir(join(folder, "info"), { recursive: true });
    await writeFile(join(folder, "info", "grafts"), `${s.two}\n`);
    expect(await codes(folder)).toEqual(["replaced", "grafted"]);
    const entry = await mirror.entry(s.two, "a");
    expect(new TextDecoder().decode(await mirror.blob(entry?.oid ?? ""))).toBe("2");
    expect(await mirror.firstParents(null, s.two)).toHaveLength(2);
    expect(await mirror.isAncestor(s.one, s.two)).toBe(true);
  });

  it("refuses an object whose bytes were changed in the object store", async () => {
    const s = await seeded();
    const folder = await s.clone("--bare");
    const mirror = await openClone(folder);
    const forged = Buffer.from(`tree ${"4".repeat(40)}\n\nforged`);
    const bytes = Buffer.concat([Buffer.from(`commit ${forged.length}\0`), forged]);
    await gitIn(folder, ["unpack-objects", "-q"], await looseCopy(folder));
    await putLoose(folder, s.two, deflateSync(bytes));
    await expect(mirror.message(s.two)).rejects.toThrow(MirrorObjectMissing);
    await expect(mirror.message(s.two)).rejects.toThrow(/fresh clone/);
  });

  it("asks no network for an object that is missing", async () => {
    const s = await seeded();
    const folder = await s.clone();
    const mirror = await openClone(folder);
    await s.remote.setRef("refs/heads/main", await s.remote.commit({ files: { late: "1" } }));
    const late = await gitIn(s.remote.folder, ["rev-parse", "refs/heads/main"]);
    await gitIn(folder, ["config", "remote.origin.promisor", "true"]);
    await gitIn(folder, ["config", "core.repositoryFormatVersion", "1"]);
    await gitIn(folder, ["config", "extensions.partialClone", "origin"]);
    expect(await mirror.has(late)).toBe(false);
    await expect(mirror.message(late)).rejects.toThrow();
    expect(await mirror.has(late)).toBe(false);
  });

  it("runs no program that the clone's own configuration names", async () => {
    const s = await seeded();
    const folder = await s.clone();
    const trace = join(folder, "trace");
    const program = join(folder, "program.sh");
    await writeFile(program, `#!/bin/sh\necho ran >> ${trace}\n`);
    await chmod(program, 0o755);
    await appendFile(
      join(folder, ".git", "config"),
      `[core]\n\tfsmonitor = ${program}\n\tpager = ${program}\n\tsshCommand = ${program}\n[diff]\n\texternal = ${program}\n`,
    );
    const mirror = await openClone(folder);
    await mirror.changes(s.one, s.two);
    await mirror.commitsBetween(s.one, s.two);
    expect(await readdir(folder)).not.toContain("trace");
  });
});

describe("openCloneLedger", () => {
  async function ledgerClone() {
    const remote = await bareRemote();
    const folder = await temporaryFolder();
    const identity = { name: "Gate", email: "gate@example.com" };
    const settings = { folder: join(folder, "gate"), remote: remote.folder, credential: null };
    const store = await openLedgerStore({ ...settings, identity });
    const oids = await store.append("audit/decisions", null, [
      { bytes: "{}", message: "a" },
      { bytes: "[]", message: "b" },
    ]);
    await gitIn(folder, ["clone", "-q", "--bare", remote.folder, "clone"]);
    return { oids, clone: join(folder, "clone") };
  }

  it("reads what is there and writes nothing", async () => {
    const { oids, clone } = await ledgerClone();
    const ledger = await openCloneLedger(clone);
    await ledger.fetch();
    const entries = await ledger.read("audit/decisions", null);
    expect(entries.map(({ commit, bytes }) => [commit, bytes])).toEqual([
      [oids[0], "{}"],
      [oids[1], "[]"],
    ]);
    expect(await ledger.read("audit/executions", null)).toEqual([]);
    const more = [{ bytes: "{}", message: "c" }];
    await expect(ledger.append("audit/decisions", oids[1] ?? "", more)).rejects.toThrow(
      LedgerReadOnly,
    );
  });

  it("throws LedgerRewritten when an entry's bytes do not hash to their name", async () => {
    const { oids, clone } = await ledgerClone();
    const blob = await gitIn(clone, ["rev-parse", `${oids[0] ?? ""}:entry.dsse.json`]);
    await gitIn(clone, ["unpack-objects", "-q"], await looseCopy(clone));
    await putLoose(clone, blob, deflateSync(Buffer.from("blob 2\0[}")));
    const ledger = await openCloneLedger(clone);
    await expect(ledger.read("audit/decisions", null)).rejects.toThrow(LedgerRewritten);
  });
});

/** Moves all packs away and hands out the bytes of one, so that every object can be changed by itself. */
async function looseCopy(gitDir: string): Promise<Buffer> {
  const packs = join(gitDir, "objects", "pack");
  const names = await readdir(packs);
  const pack = names.find((name) => name.endsWith(".pack"));
  if (pack === undefined) return Buffer.from(emptyPack, "hex");
  const bytes = await readFile(join(packs, pack));
  await rm(packs, { recursive: true });
  return bytes;
}

const emptyPack = "5041434b0000000200000000029d08823bd8a8eab510ad6ac75c823cfd3ed31e";

async function putLoose(gitDir: string, oid: string, bytes: Buffer): Promise<void> {
  const file = join(gitDir, "objects", oid.slice(0, 2), oid.slice(2));
  await chmod(file, 0o644);
  await writeFile(file, bytes);
}
