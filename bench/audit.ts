/**
 * What `audit verify` takes for ledgers of a given length, beside what the machine could do at most: `npx node bench/audit.ts
 * [entries…]`, by default 10000 and 100000. One entry in twenty is a decision with its whole snapshot, the others are what
 * people and the executor leave behind. Writing the ledgers takes several times as long as reading them.
 */
import { execFileSync, spawn } from "node:child_process";
import { verify } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openCloneLedger, openLedgerStore } from "../src/adapters/git/git-ledger-store.ts";
import { openClone } from "../src/adapters/git/git-mirror.ts";

import type { AuditMode } from "../src/audit/audit-report.ts";
import { verifyAudit } from "../src/audit/verify-audit.ts";
import type { EntryDraft } from "../src/core/model/entry.ts";
import { ensureTrustRoot } from "../src/record/ensure-trust-root.ts";
import { openLedger } from "../src/record/ledger.ts";
import { acmeKeys } from "../test/support/ledger/acme-keys.ts";
import { decisionDraft } from "../test/support/ledger/decided-clone.ts";
import { oidOf } from "../test/support/ledger/drafts.ts";
import { evenChance } from "../test/support/ledger/even-chance.ts";
import { stillClock } from "../test/support/ledger/still-clock.ts";

/** The audit alone, in a process of its own whose memory is looked at. */
async function auditOnce([
  folder = "",
  root = "",
  mode = "full",
]: readonly string[]): Promise<void> {
  const start = performance.now();
  const { findings, doubts, entries } = await verifyAudit({
    mirror: await openClone(folder),
    store: await openCloneLedger(folder),
    expectedRoot: root,
    now: new Date(),
    mode: mode as AuditMode,
  });
  const seconds = (performance.now() - start) / 1000;
  const count = entries.reduce((sum, one) => sum + one.count, 0);
  const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
  console.log(JSON.stringify({ count, seconds, megabytes, findings: findings.length, doubts }));
}

async function compare(sizes: readonly number[]): Promise<void> {
  console.log(`${cpus().length} × ${cpus()[0]?.model ?? "unknown"}, node ${process.version}`);
  const limit = await signatureLimit();
  console.log(
    `node:crypto verifies ${rate(limit.alone)}/s alone, ${rate(limit.beside)}/s in its pool`,
  );
  for (const size of sizes.length === 0 ? [10_000, 100_000] : sizes) await compareSize(size, limit);
}

async function compareSize(size: number, limit: SignatureLimit): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "countersign-bench-"));
  try {
    const root = await writeLedgers(folder, size);
    const remote = join(folder, "remote.git");
    const objects = await catFileLimit(remote);
    console.log(`\n${size} entries; git cat-file: ${rate(objects)} objects/s`);
    for (const mode of ["full", "chain"] as const) {
      const { count, seconds, megabytes, findings, doubts } = auditApart(remote, root, mode);
      const share =
        mode === "full"
          ? `${Math.round((count / seconds / limit.beside) * 100)} % of the pool`
          : "";
      console.log(
        `${mode.padEnd(6)}${rate(count / seconds).padStart(8)} entries/s ${seconds.toFixed(1).padStart(7)} s ${megabytes} MB, ${findings} findings, ${doubts.length} doubts ${share}`,
      );
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface Audited {
  readonly count: number;
  readonly seconds: number;
  readonly megabytes: number;
  readonly findings: number;
  readonly doubts: readonly string[];
}

function auditApart(folder: string, root: string, mode: AuditMode): Audited {
  const self = fileURLToPath(import.meta.url);
  const text = execFileSync(process.execPath, [self, "--audit", folder, root, mode]);
  return JSON.parse(text.toString()) as Audited;
}

/** Writes both ledgers through the real store into a bare repository; returns the root's digest. */
async function writeLedgers(folder: string, size: number): Promise<string> {
  const remote = join(folder, "remote.git");
  mkdirSync(remote);
  const git = (...args: string[]): string =>
    execFileSync("git", ["-C", remote, ...args], { input: "" })
      .toString()
      .trim();
  git("init", "--bare", "--quiet", "-b", "main");
  const tree = git("mktree");
  const identity = ["-c", "user.name=bench", "-c", "user.email=bench@example.com"];
  const main = git(...identity, "commit-tree", "-m", "begin", tree);
  git("update-ref", "refs/heads/main", main);
  const keys = acmeKeys();
  const clock = stillClock();
  clock.set(at);
  const open = async (branch: "audit/decisions" | "audit/executions") =>
    openLedger({
      store: await openLedgerStore({
        folder: join(folder, branch.replace("/", "-")),
        remote,
        credential: null,
        identity: { name: "bench", email: "bench@example.com" },
      }),
      signer: branch === "audit/decisions" ? keys.decision : keys.execution,
      clock,
      chance: evenChance,
      branch,
      trustRoot: keys.trustRoot,
    });
  const ledger = await open("audit/decisions");
  await ensureTrustRoot(ledger, keys.trustRoot, main);
  for (let at = 0; at < size; at += batch) {
    const length = Math.min(batch, size - at);
    await ledger.append(Array.from({ length }, (_, index) => draft(at + index)));
  }
  return keys.rootDigest;
}

const batch = 2_000;
const at = "2026-11-21T12:00:00.000Z";

function draft(number: number): EntryDraft {
  if (number % 20 === 19) {
    const decision = decisionDraft({ pull: number, at, given: {} });
    return { ...decision, idempotencyKey: `decision:${number}` };
  }
  return {
    type: "push-observed",
    idempotencyKey: `push-observed:${number}`,
    summary: `branch ${number}: alice pushed`,
    delivery: `delivery-${number}`,
    inputs: {
      branch: `try-${number}`,
      before: oidOf("a"),
      after: number.toString(16).padStart(40, "0"),
      actor: { id: 1001, login: "alice", type: "User" },
      at,
    },
    result: {},
  };
}

interface SignatureLimit {
  readonly alone: number;
  readonly beside: number;
}

/** Verifications a second of a kilobyte: one after the other, and as many at a time as the pool takes. */
async function signatureLimit(): Promise<SignatureLimit> {
  const { generateKeyPairSync, sign } = await import("node:crypto");
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const bytes = Buffer.alloc(1_100, "x");
  const signature = sign(null, bytes, privateKey);
  const times = 5_000;
  let start = performance.now();
  for (let round = 0; round < times; round += 1) verify(null, bytes, publicKey, signature);
  const alone = times / ((performance.now() - start) / 1000);
  start = performance.now();
  await Promise.all(
    Array.from(
      { length: times },
      () =>
        new Promise((resolve) => {
          verify(null, bytes, publicKey, signature, resolve);
        }),
    ),
  );
  return { alone, beside: times / ((performance.now() - start) / 1000) };
}

/** Objects a second that git hands out in bulk. */
async function catFileLimit(remote: string): Promise<number> {
  const oids = execFileSync("git", ["-C", remote, "rev-list", "audit/decisions"], {
    maxBuffer: 1e9,
  }).toString();
  const start = performance.now();
  let bytes = 0;
  const child = spawn("git", ["-C", remote, "cat-file", "--batch", "--buffer"]);
  child.stdin.end(oids);
  for await (const part of child.stdout) bytes += (part as Buffer).length;
  if (bytes === 0) throw new Error("git cat-file gave nothing");
  return oids.split("\n").length / ((performance.now() - start) / 1000);
}

function rate(number: number): string {
  return Math.round(number).toLocaleString("en");
}

const [first, ...rest] = process.argv.slice(2);
if (first === "--audit") await auditOnce(rest);
else await compare([first, ...rest].flatMap((size) => (size === undefined ? [] : [Number(size)])));
