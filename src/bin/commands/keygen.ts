import { mkdir, open, rm } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { generateKey } from "../../adapters/system/generate-key.ts";
import { createTrustRoot } from "../../core/attest/create-trust-root.ts";
import { trustRootDigest } from "../../core/attest/trust-root.ts";
import type { CommandOutput } from "../command.ts";

const usage = "countersign keygen --out DIR --repository-id N [--branch main] [--json]";

/**
 * Writes three private keys, one a key role, and the trust root that names them. Overwrites nothing. Returns
 * 0, 1 when a file is there already, 2 when the folder cannot be written, 3 for misuse.
 */
export async function keygen(args: readonly string[], io: CommandOutput): Promise<number> {
  const options = readOptions(args);
  if (typeof options === "string") {
    io.stderr(`${options}\nUsage: ${usage}\n`);
    return 3;
  }
  const keys = { root: generateKey(), decision: generateKey(), execution: generateKey() };
  const trustRoot = createTrustRoot({
    repositoryId: options.repositoryId,
    governedBranch: options.branch,
    publicKeys: {
      root: keys.root.publicKey,
      decision: keys.decision.publicKey,
      execution: keys.execution.publicKey,
    },
  });
  const files: readonly KeyFile[] = [
    { path: join(options.out, "root.pem"), text: keys.root.privatePem, mode: 0o600 },
    { path: join(options.out, "decision.pem"), text: keys.decision.privatePem, mode: 0o600 },
    { path: join(options.out, "execution.pem"), text: keys.execution.privatePem, mode: 0o600 },
    {
      path: join(options.out, "trust-root.json"),
      text: `${JSON.stringify(trustRoot, null, 2)}\n`,
      mode: 0o644,
    },
  ];
  const failure = await writeNew(options.out, files);
  if (failure !== null) {
    io.stderr(`${failure.message}\n`);
    return failure.exitCode;
  }
  const root = trustRootDigest(trustRoot);
  const paths = files.map(({ path }) => path);
  io.stdout(
    options.json === "yes" ? `${JSON.stringify({ root, files: paths })}\n` : report(root, paths),
  );
  return 0;
}

interface Options {
  readonly out: string;
  readonly repositoryId: number;
  readonly branch: string;
  readonly json: "yes" | "no";
}

interface KeyFile {
  readonly path: string;
  readonly text: string;
  readonly mode: number;
}

interface Failure {
  readonly exitCode: 1 | 2;
  readonly message: string;
}

function readOptions(args: readonly string[]): Options | string {
  const parsed = parse(args);
  if (typeof parsed === "string") return parsed;
  const { out, branch, json } = parsed;
  const repositoryId = Number(parsed["repository-id"]);
  if (out === undefined || out === "") return "--out is missing: name a folder for the keys.";
  if (
    !/^[1-9][0-9]*$/u.test(parsed["repository-id"] ?? "") ||
    !Number.isSafeInteger(repositoryId)
  ) {
    return "--repository-id must be the repository's numeric id; see `gh api repos/OWNER/NAME --jq .id`.";
  }
  if (!/^[A-Za-z0-9][A-Za-z0-9._/-]{0,99}$/u.test(branch)) return "--branch is not a branch name.";
  return { out, repositoryId, branch, json: json ? "yes" : "no" };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        out: { type: "string" },
        "repository-id": { type: "string" },
        branch: { type: "string", default: "main" },
        json: { type: "boolean", default: false },
      },
    }).values;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function writeNew(folder: string, files: readonly KeyFile[]): Promise<Failure | null> {
  const written: string[] = [];
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    for (const { path, text, mode } of files) {
      const file = await open(path, "wx", mode);
      written.push(path);
      await file.writeFile(text).finally(() => file.close());
    }
    return null;
  } catch (error) {
    // Half a set of keys is worse than none: the trust root would not name them.
    await Promise.all(written.map((path) => rm(path)));
    return failureOf(error);
  }
}

function failureOf(error: unknown): Failure {
  const { code, path } = error as NodeJS.ErrnoException;
  if (code === "EEXIST") {
    const message = `${path ?? "A key"} exists already and is not overwritten. Choose another --out.`;
    return { exitCode: 1, message };
  }
  return { exitCode: 2, message: `The keys could not be written: ${String(error)}` };
}

function report(root: string, paths: readonly string[]): string {
  return [
    ...paths.map((path) => `wrote ${path}`),
    "",
    `root  ${root}`,
    "",
    "What to do next:",
    "  1. Commit trust-root.json as governance/trust-root.json.",
    "  2. Give decision.pem to the gate alone and execution.pem to the executor alone.",
    "  3. Keep root.pem offline: it signs the next trust root.",
    "  4. Hand the root hash to the auditors by another way than the repository:",
    `     countersign audit verify --root ${root}`,
    "",
  ].join("\n");
}
