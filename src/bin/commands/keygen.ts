import { join } from "node:path";
import { parseArgs } from "node:util";

import { generateKey } from "../../adapters/system/generate-key.ts";
import { createTrustRoot } from "../../core/attest/create-trust-root.ts";
import { trustRootDigest } from "../../core/attest/trust-root.ts";
import type { CommandOutput } from "../command.ts";
import { writeKeys } from "../write-keys.ts";
import type { KeyFile } from "../write-keys.ts";

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
  const failure = await writeKeys(options.out, files);
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
