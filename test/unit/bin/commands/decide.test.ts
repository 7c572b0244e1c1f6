import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { decide } from "../../../../src/bin/commands/decide.ts";
import { StartRefused } from "../../../../src/bin/start-refused.ts";
import type { Decision } from "../../../../src/core/model/decision.ts";
import { temporaryFolder } from "../../../support/git/temporary-folder.ts";
import { buildSnapshot } from "../../../support/snapshot/build-snapshot.ts";
import type { Given } from "../../../support/snapshot/build-snapshot.ts";

async function run(given: Given | string, args: readonly string[]) {
  const file = join(await temporaryFolder(), "snapshot.json");
  await writeFile(file, typeof given === "string" ? given : JSON.stringify(buildSnapshot(given)));
  let stdout = "";
  const io = { stdout: (text: string) => void (stdout += text), stderr: () => undefined };
  const exitCode = await decide(["--snapshot", file, ...args], io);
  return { exitCode, stdout };
}

const at = ["--at", "2026-11-21T12:00:00Z"];

it("exits 0 for an approved snapshot and 1 for one that waits, with the decision as JSON", async () => {
  const approved = await run({ reviews: [{ by: "bob" }, { by: "carol" }] }, [...at, "--json"]);
  expect(approved.exitCode).toBe(0);
  expect((JSON.parse(approved.stdout) as Decision).approvals.map(({ person }) => person)).toEqual([
    "bob",
    "carol",
  ]);

  const waiting = await run({ reviews: [{ by: "bob" }] }, at);
  expect(waiting.exitCode).toBe(1);
  expect(waiting.stdout).toContain("1 more control approval is needed");
});

it("decides at the instant that it is given, not now", async () => {
  const late = ["--at", "2026-11-23T12:00:00Z"];
  expect((await run({ reviews: [{ by: "bob" }, { by: "carol" }] }, late)).exitCode).toBe(1);
});

it.each([
  ["{}", at, "is no snapshot"],
  ["{", at, "not strict JSON"],
  ['{"format":1,"format":1}', at, "not strict JSON"],
  ["{}", [], "--at"],
  ["{}", ["--at", "yesterday"], "instant in UTC"],
  ["{}", ["--nonsense"], "nonsense"],
])("refuses %s with %j", async (text, args, words) => {
  await expect(run(text, args)).rejects.toThrow(StartRefused);
  await expect(run(text, args)).rejects.toThrow(words);
});
