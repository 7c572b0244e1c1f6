import { appendFile, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openKnownState } from "../../../src/executor/known-state.ts";
import type { KnownChange } from "../../../src/executor/known-state.ts";
import type { Entry } from "../../../src/core/model/entry.ts";
import { granted, intent } from "../core/plan/plan-entries.ts";
import { temporaryFolder } from "../../support/git/temporary-folder.ts";

const silent = (): void => undefined;
const main = "a".repeat(40);
const newestAt = "2026-11-21T10:00:00.000Z";
const nothing: KnownChange = { added: [], ended: [], main, newestAt };

function entriesOf(name: string, seq: number): readonly Entry[] {
  const given = { id: `grant:${name}`, request: name };
  return [intent(seq, given), granted(seq + 1, given)];
}

async function linesIn(folder: string): Promise<number> {
  return (await readFile(join(folder, "known.jsonl"), "utf8")).split("\n").length - 1;
}

test("the known state outlives a restart, private to its owner", async () => {
  const folder = await temporaryFolder();
  const known = await openKnownState(folder, silent);
  expect(known.read()).toEqual({ entries: [], main: null, newestAt: null });
  await known.write({ ...nothing, added: entriesOf("a", 1) });
  await known.write({ ...nothing, added: entriesOf("b", 3), newestAt: "2026-11-21T11:00:00.000Z" });
  await known.write({ ...nothing, ended: ["grant:a"], newestAt: "2026-11-21T12:00:00.000Z" });
  const again = await openKnownState(folder, silent);
  expect(again.read()).toEqual({
    entries: entriesOf("b", 3),
    main,
    newestAt: "2026-11-21T12:00:00.000Z",
  });
  expect(again.read()).toEqual(known.read());
  expect((await stat(join(folder, "known.jsonl"))).mode & 0o777).toBe(0o600);
});

test("what is known already is not written again", async () => {
  const folder = await temporaryFolder();
  const known = await openKnownState(folder, silent);
  const change = { ...nothing, added: entriesOf("a", 1) };
  await known.write(change);
  await known.write(change);
  await known.write({ ...change, ended: ["grant:unknown"] });
  expect(await linesIn(folder)).toBe(1);
});

test("a file that is mostly about what has ended is written anew", async () => {
  const folder = await temporaryFolder();
  const known = await openKnownState(folder, silent);
  for (let at = 0; at < 200; at += 1) {
    await known.write({ ...nothing, added: entriesOf(`r${at}`, 2 * at) });
    await known.write({ ...nothing, ended: [`grant:r${at - 1}`] });
  }
  expect(await linesIn(folder)).toBeLessThan(300);
  expect((await openKnownState(folder, silent)).read().entries).toEqual(entriesOf("r199", 398));
});

test("a line that a crash cut off is dropped, and the next one does not hang on it", async () => {
  const folder = await temporaryFolder();
  await (await openKnownState(folder, silent)).write({ ...nothing, added: entriesOf("a", 1) });
  await appendFile(join(folder, "known.jsonl"), '{"added":[{"type');
  const lines: string[] = [];
  const known = await openKnownState(folder, (level) => lines.push(level));
  expect(known.read().entries).toEqual(entriesOf("a", 1));
  expect(lines).toEqual([]);
  await known.write({ ...nothing, added: entriesOf("b", 3) });
  expect((await openKnownState(folder, silent)).read().entries).toEqual([
    ...entriesOf("a", 1),
    ...entriesOf("b", 3),
  ]);
});

test.each(["{", "null", "[]", '{"added":1}'])(
  "a line that cannot be read is logged, the file kept aside, and the rest believed: %s",
  async (text) => {
    const folder = await temporaryFolder();
    const file = join(folder, "known.jsonl");
    const line = JSON.stringify({ ...nothing, added: entriesOf("a", 1) });
    await writeFile(file, `${text}\n${line}\n`);
    const lines: string[] = [];
    const known = await openKnownState(folder, (level, message) =>
      lines.push(`${level} ${message}`),
    );
    expect(known.read().entries).toEqual(entriesOf("a", 1));
    expect(lines).toEqual([
      "error A part of the known state could not be read; the file was kept aside",
    ]);
    expect(await readFile(`${file}.unreadable`, "utf8")).toBe(`${text}\n${line}\n`);
    await known.write(nothing);
    expect(await linesIn(folder)).toBe(1);
    expect((await readdir(folder)).sort()).toEqual(["known.jsonl", "known.jsonl.unreadable"]);
  },
);
