import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startEmbeddedPostgres } from "../../src/adapters/targets/embedded-postgres.ts";
import { openPostgresTarget } from "../../src/adapters/targets/postgres-target.ts";

describe("bin/embedded-postgres", () => {
  const end = new Date("2026-12-01T00:00:00Z");
  const started: ChildProcess[] = [];
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "countersign-embedded-"));
  });
  afterEach(async () => {
    for (const child of started.splice(0)) child.kill("SIGKILL");
    await rm(folder, { recursive: true, force: true });
  });

  const start = (...args: string[]) => {
    const child = spawn(process.execPath, ["src/bin/embedded-postgres.ts", ...args]);
    started.push(child);
    return child;
  };
  const readyUrl = async (child: ReturnType<typeof start>): Promise<string> => {
    for await (const line of createInterface({ input: child.stdout })) {
      const ready: unknown = JSON.parse(line);
      if (typeof ready === "object" && ready !== null && "url" in ready) return String(ready.url);
    }
    throw new Error("it ended before it was ready");
  };
  const refusal = async (child: ReturnType<typeof start>): Promise<[unknown, string]> => {
    const words: Buffer[] = [];
    child.stderr.on("data", (chunk: Buffer) => words.push(chunk));
    const [code] = (await once(child, "close")) as unknown[];
    return [code, Buffer.concat(words).toString()];
  };

  it("keeps its folder over a stop, seeds it again, and grants what the catalogue names", async () => {
    const database = join(folder, "database");
    const args = ["--port", "0", "--folder", database, "--seed", "src/bin/demo/seed.sql", "--json"];
    const first = start(...args);
    const before = openPostgresTarget({ url: await readyUrl(first), timeoutSeconds: 5 });
    await before.provision("alice", "payments_readwrite", end);
    await before.provision("lena", "analytics_report", end);
    first.kill("SIGTERM");
    expect(await once(first, "exit")).toEqual([0, null]);
    expect(existsSync(`${database}.lock`)).toBe(false);

    const after = openPostgresTarget({ url: await readyUrl(start(...args)), timeoutSeconds: 5 });
    expect((await after.observe("alice")).permissions).toEqual(["payments_readwrite"]);
    expect((await after.observe("lena")).permissions).toEqual(["analytics_report"]);
  });

  it("refuses a folder that another process holds, and takes over from a dead one", async () => {
    const database = join(folder, "database");
    const first = await startEmbeddedPostgres({ port: 0, folder: database, seed: null });
    expect(await readFile(`${database}.lock`, "utf8")).toBe(String(process.pid));
    const [code, words] = await refusal(start("--folder", database));
    expect(code).toBe(2);
    expect(words).toContain(`process ${String(process.pid)}`);
    await first.stop();

    const dead = spawn(process.execPath, ["--version"]);
    await once(dead, "exit");
    await writeFile(`${database}.lock`, String(dead.pid));
    const second = await startEmbeddedPostgres({ port: 0, folder: database, seed: null });
    await second.stop();
  });

  it.each([["--port", "70000"], ["--port", "x"], ["--seed", "no-such.sql"], ["--what"]])(
    "calls %j %j a misuse",
    async (...args) => {
      const [code, words] = await refusal(start(...args));
      expect(code).toBe(3);
      expect(words).toContain("usage:");
    },
  );
});
