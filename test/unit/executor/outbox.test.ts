import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { revokeDone, revokeIntent } from "../../../src/executor/drafts.ts";
import { openOutbox } from "../../../src/executor/outbox.ts";
import { temporaryFolder } from "../../support/git/temporary-folder.ts";
import { grantOf } from "../../support/ledger/drafts.ts";

const readBack = { at: "2026-11-21T14:00:00.000Z", identity: "alice", permissions: [] };
const intent = revokeIntent(grantOf("a"), "expired");
const done = revokeDone(grantOf("a"), readBack);
const other = revokeIntent(grantOf("b"), "expired");
const silent = () => undefined;

test("entries outlive a restart in the order in which they happened", async () => {
  const folder = await temporaryFolder();
  const outbox = await openOutbox(folder, silent);
  await outbox.put([intent]);
  await outbox.put([done, other]);

  const again = await openOutbox(folder, silent);
  expect(again.waiting()).toEqual([intent, done, other]);
  await again.put([revokeIntent(grantOf("c"), "expired")]);
  expect((await openOutbox(folder, silent)).waiting()).toHaveLength(4);
});

test("an entry that waits already is not added again", async () => {
  const folder = await temporaryFolder();
  const outbox = await openOutbox(folder, silent);
  await outbox.put([intent]);
  await outbox.put([intent, other]);
  expect((await openOutbox(folder, silent)).waiting()).toEqual([intent, other]);
});

test("what was pushed is dropped, what was not stays, and empty files go", async () => {
  const folder = await temporaryFolder();
  const outbox = await openOutbox(folder, silent);
  await outbox.put([intent]);
  await outbox.put([done, other]);
  await outbox.drop(new Set([intent.draft.idempotencyKey, done.draft.idempotencyKey]));
  expect(outbox.waiting()).toEqual([other]);
  expect(await readdir(folder)).toHaveLength(1);
  await outbox.drop(new Set([other.draft.idempotencyKey]));
  expect(await readdir(folder)).toEqual([]);
});

test("entries that are put at the same time all become durable", async () => {
  const folder = await temporaryFolder();
  const outbox = await openOutbox(folder, silent);
  const many = Array.from({ length: 50 }, (_, at) => revokeIntent(grantOf(`r${at}`), "expired"));
  await Promise.all(many.map((one) => outbox.put([one])));
  expect((await openOutbox(folder, silent)).waiting()).toEqual(many);
});

test("a folder that cannot be written is said, and the entries are kept in memory until it can", async () => {
  const folder = await temporaryFolder();
  const outbox = await openOutbox(folder, silent);
  // A folder in the place of the temporary file: not even root can write that.
  const { mkdir, rmdir } = await import("node:fs/promises");
  const inTheWay = join(folder, "000000000000.json.tmp");
  await mkdir(inTheWay);
  await expect(outbox.put([intent])).rejects.toMatchObject({ code: "EISDIR" });
  expect(outbox.waiting()).toEqual([intent]);
  await rmdir(inTheWay);
  await outbox.put([other]);
  expect((await openOutbox(folder, silent)).waiting()).toEqual([intent, other]);
});

test.each(["{", "[1]", '{"draft":1}', '[{"draft":{}}]', "[null]"])(
  "an unreadable file is set aside and hides no other: %s",
  async (text) => {
    const folder = await temporaryFolder();
    await (await openOutbox(folder, silent)).put([intent]);
    await writeFile(join(folder, "000000000007.json"), text);
    const lines: string[] = [];
    const outbox = await openOutbox(folder, (level, message) => lines.push(`${level} ${message}`));
    expect(outbox.waiting()).toEqual([intent]);
    expect(lines).toEqual(["error An outbox file could not be read and was set aside"]);
    expect((await readdir(folder)).sort()).toEqual([
      "000000000000.json",
      "000000000007.json.unreadable",
    ]);
  },
);
