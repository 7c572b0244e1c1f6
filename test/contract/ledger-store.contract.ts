import { describe, expect, it } from "vitest";
import type { LedgerBranch } from "../../src/core/model/entry.ts";
import { LedgerMoved, LedgerRewritten, LedgerUnreachable } from "../../src/ports/ledger-store.ts";
import type { LedgerStore, StoredEntry } from "../../src/ports/ledger-store.ts";

/** The remote of the ledgers, and the stores of those who write to it. */
export interface LedgerHarness {
  /** Opens a store; the same `disk` again is a restart. */
  open(disk: string): Promise<LedgerStore>;
  /** Force-pushes: points a branch of the remote at a commit or, with `null`, deletes it. */
  setBranch(branch: LedgerBranch, oid: string | null): Promise<void>;
  /** Puts a commit on the remote, with no branch, that holds some file of some mode. */
  plant(parent: string | null, file: PlantedFile): Promise<string>;
  /** Lets the next push reach the remote while its writer hears nothing but an error. */
  loseNextAnswer(): Promise<void>;
  goOffline(): Promise<void>;
  goOnline(): Promise<void>;
}

export interface PlantedFile {
  readonly path: string;
  readonly mode: string;
  readonly content: string;
}

const ledger = "audit/decisions";
const entry = (name: string) => ({ bytes: `{"entry":"${name}"}`, message: `${name}\n` });

/** What every ledger store promises, whatever it is made of. */
export function ledgerStoreContract(name: string, build: () => Promise<LedgerHarness>): void {
  describe(`ledger store: ${name}`, () => {
    describe("appending", () => {
      it("starts a branch and returns the entries byte for byte, in order, with their parents", async () => {
        const store = await (await build()).open("gate");
        await store.fetch();
        expect(await store.read(ledger, null)).toEqual([]);
        const odd = {
          bytes: '{"ä":"😀\\u0000"}\r\n\n',
          message: "odd ò <x>\n\nfrom :1\ndata 3\nabc\n",
        };
        const oids = await store.append(ledger, null, [entry("a"), odd]);
        const [a = "", b = ""] = oids;
        const more = await store.append(ledger, b, [entry("c")]);
        expect(await store.read(ledger, null)).toEqual([
          { commit: a, parents: [], ...entry("a") },
          { commit: b, parents: [a], ...odd },
          { commit: more[0], parents: [b], ...entry("c") },
        ]);
        expect((await store.read(ledger, a)).map(({ commit }) => commit)).toEqual([b, more[0]]);
        expect(await store.read(ledger, more[0] ?? "")).toEqual([]);
      });

      it("keeps the two ledgers apart", async () => {
        const store = await (await build()).open("gate");
        await store.append("audit/executions", null, [entry("x")]);
        expect(await store.read(ledger, null)).toEqual([]);
        expect(await store.read("audit/executions", null)).toHaveLength(1);
      });

      it("does nothing for no entries", async () => {
        const store = await (await build()).open("gate");
        expect(await store.append(ledger, null, [])).toEqual([]);
        await store.fetch();
        expect(await store.read(ledger, null)).toEqual([]);
      });

      it("reads in pieces, and counts, what reading at once gives", async () => {
        const store = await (await build()).open("gate");
        expect(await store.size(ledger)).toBe(0);
        const entries = Array.from({ length: 600 }, (_, index) => entry(`e${index}`));
        await store.append(ledger, null, entries);
        await store.append("audit/executions", null, [entry("x")]);
        const pieces: (readonly StoredEntry[])[] = [];
        for await (const piece of store.pieces(ledger)) pieces.push(piece);
        expect(pieces.flat()).toEqual(await store.read(ledger, null));
        expect(pieces.flat().map(({ bytes }) => bytes)).toEqual(entries.map(({ bytes }) => bytes));
        expect(pieces.length).toBeGreaterThan(1);
        expect([await store.size(ledger), await store.size("audit/executions")]).toEqual([600, 1]);
      });

      it("brings a hundred entries in one push", async () => {
        const h = await build();
        const store = await h.open("gate");
        const entries = Array.from({ length: 100 }, (_, index) => entry(`e${index}`));
        await store.append(ledger, null, entries);
        const reader = await h.open("reader");
        await reader.fetch();
        expect((await reader.read(ledger, null)).map(({ bytes }) => bytes)).toEqual(
          entries.map(({ bytes }) => bytes),
        );
      });

      it("throws LedgerMoved to whoever was slower, and to nobody else", async () => {
        const h = await build();
        const [fast, slow] = [await h.open("fast"), await h.open("slow")];
        const [first = ""] = await fast.append(ledger, null, [entry("a")]);
        await expect(slow.append(ledger, null, [entry("b")])).rejects.toThrow(LedgerMoved);
        await slow.fetch();
        await slow.append(ledger, first, [entry("b")]);
        await expect(fast.append(ledger, first, [entry("c")])).rejects.toThrow(LedgerMoved);
        await expect(fast.append(ledger, null, [entry("c")])).rejects.toThrow(LedgerMoved);
        await expect(fast.append(ledger, "2".repeat(40), [entry("c")])).rejects.toThrow(
          LedgerMoved,
        );
        await fast.fetch();
        expect((await fast.read(ledger, null)).map(({ message }) => message)).toEqual([
          "a\n",
          "b\n",
        ]);
      });

      it("loses and doubles nothing when writers race and try again", async () => {
        const h = await build();
        const writers = ["one", "two", "three"];
        const wanted = writers.flatMap((writer) => [0, 1, 2, 3].map((n) => `${writer}-${n}`));
        const write = async (writer: string): Promise<void> => {
          const store = await h.open(writer);
          for (const n of [0, 1, 2, 3]) await insist(store, `${writer}-${n}`);
        };
        await Promise.all(writers.map(write));
        const reader = await h.open("reader");
        await reader.fetch();
        const found = (await reader.read(ledger, null)).map(({ message }) => message.trim());
        expect([...found].sort()).toEqual([...wanted].sort());
      });

      it("throws LedgerUnreachable when the answer is lost, and shows the entry after a fetch", async () => {
        const h = await build();
        const store = await h.open("gate");
        const [first = ""] = await store.append(ledger, null, [entry("a")]);
        await h.loseNextAnswer();
        await expect(store.append(ledger, first, [entry("b")])).rejects.toThrow(LedgerUnreachable);
        expect(await store.read(ledger, first)).toEqual([]);
        await store.fetch();
        expect((await store.read(ledger, first)).map(({ message }) => message)).toEqual(["b\n"]);
        await expect(store.append(ledger, first, [entry("b")])).rejects.toThrow(LedgerMoved);
      });

      it("throws LedgerUnreachable while the remote is away, and stores nothing", async () => {
        const h = await build();
        const store = await h.open("gate");
        const [first = ""] = await store.append(ledger, null, [entry("a")]);
        await h.goOffline();
        await expect(store.append(ledger, first, [entry("b")])).rejects.toThrow(LedgerUnreachable);
        await expect(store.fetch()).rejects.toThrow(LedgerUnreachable);
        expect(await store.read(ledger, null)).toHaveLength(1);
        await h.goOnline();
        await store.fetch();
        expect(await store.read(ledger, null)).toHaveLength(1);
      });
    });

    describe("reading", () => {
      it("shows what others wrote after a fetch, not before", async () => {
        const h = await build();
        const [writer, reader] = [await h.open("writer"), await h.open("reader")];
        await reader.fetch();
        await writer.append(ledger, null, [entry("a")]);
        expect(await reader.read(ledger, null)).toEqual([]);
        await reader.fetch();
        expect(await reader.read(ledger, null)).toHaveLength(1);
      });

      it("throws LedgerRewritten when asked to go on from a commit that is not in the ledger", async () => {
        const h = await build();
        const store = await h.open("gate");
        await expect(store.read(ledger, "3".repeat(40))).rejects.toThrow(LedgerRewritten);
        await store.append(ledger, null, [entry("a")]);
        await expect(store.read(ledger, "3".repeat(40))).rejects.toThrow(LedgerRewritten);
        const foreign = await h.plant(null, whole);
        await expect(store.read(ledger, foreign)).rejects.toThrow(LedgerRewritten);
      });

      it.each([
        ["an executable entry", { mode: "100755" }],
        ["a symlink", { mode: "120000" }],
        ["another file name", { path: "entry.json" }],
        ["a folder", { path: "entry.dsse.json/x" }],
        ["a file in a folder", { path: "x/entry.dsse.json" }],
      ])("has null for the bytes of %s", async (_, oddity) => {
        const h = await build();
        const store = await h.open("gate");
        const [first = ""] = await store.append(ledger, null, [entry("a")]);
        await h.setBranch(ledger, await h.plant(first, { ...whole, ...oddity }));
        await store.fetch();
        const read = await store.read(ledger, null);
        expect(read.map(({ bytes }) => bytes)).toEqual([entry("a").bytes, null]);
      });

      it("has the bytes of an entry that another program wrote in the same shape", async () => {
        const h = await build();
        const store = await h.open("gate");
        await h.setBranch(ledger, await h.plant(null, whole));
        await store.fetch();
        expect((await store.read(ledger, null)).map(({ bytes }) => bytes)).toEqual([whole.content]);
      });
    });

    describe("a remote that rewrites", () => {
      const seeded = async () => {
        const h = await build();
        const store = await h.open("gate");
        const [a = "", b = ""] = await store.append(ledger, null, [entry("a"), entry("b")]);
        return { h, store, a, b };
      };

      it.each([
        ["loses its tail", (s: Awaited<ReturnType<typeof seeded>>) => Promise.resolve(s.a)],
        ["is gone", () => Promise.resolve(null)],
        ["forks", (s: Awaited<ReturnType<typeof seeded>>) => s.h.plant(s.a, whole)],
        ["begins anew", (s: Awaited<ReturnType<typeof seeded>>) => s.h.plant(null, whole)],
      ])("throws LedgerRewritten when the branch %s, again and after a restart", async (_, tip) => {
        const s = await seeded();
        await s.h.setBranch(ledger, await tip(s));
        await expect(s.store.fetch()).rejects.toThrow(LedgerRewritten);
        await expect(s.store.fetch()).rejects.toThrow(LedgerRewritten);
        const restarted = await s.h.open("gate");
        await expect(restarted.fetch()).rejects.toThrow(LedgerRewritten);
        const commits = (await restarted.read(ledger, null)).map(({ commit }) => commit);
        expect(commits).toEqual([s.a, s.b]);
      });

      it("never repairs a cut tail by writing on", async () => {
        const s = await seeded();
        await s.h.setBranch(ledger, s.a);
        await expect(s.store.append(ledger, s.b, [entry("c")])).rejects.toThrow(LedgerMoved);
        await expect(s.store.fetch()).rejects.toThrow(LedgerRewritten);
      });
    });
  });
}

const whole: PlantedFile = { path: "entry.dsse.json", mode: "100644", content: '{"planted":1}' };

/** Appends as the port tells its callers to: fetch, look whether it is there, chain again. */
async function insist(store: LedgerStore, name: string): Promise<void> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    await store.fetch();
    const entries = await store.read(ledger, null);
    if (entries.some(({ message }) => message.trim() === name)) return;
    try {
      await store.append(ledger, entries.at(-1)?.commit ?? null, [entry(name)]);
      return;
    } catch (error) {
      if (!(error instanceof LedgerMoved)) throw error;
    }
  }
  throw new Error(`${name} could not be written`);
}
