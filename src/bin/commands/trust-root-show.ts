import { parseArgs } from "node:util";

import { trustRootDigest } from "../../core/attest/trust-root.ts";
import type { TrustRoot } from "../../core/model/governance.ts";
import type { CommandOutput } from "../command.ts";
import { describeChange } from "../trust-root/describe-change.ts";
import { describeSigning } from "../trust-root/describe-signing.ts";
import type { Signing } from "../trust-root/describe-signing.ts";
import { readSignatures, readTrustRoot } from "../trust-root/trust-root-files.ts";

const usage =
  "countersign trust-root show [governance/trust-root.json] [--current TRUST-ROOT.json] [--json]";

/**
 * Shows the keys and thresholds of a trust root; against the one before it (`--current`) also what it changes and who has signed it. Returns
 * 0, 1 when it may not follow that one (yet), 3 for misuse; throws for what cannot be read.
 */
export async function trustRootShow(args: readonly string[], io: CommandOutput): Promise<number> {
  const options = readOptions(args);
  if (typeof options === "string") {
    io.stderr(`${options}\nUsage: ${usage}\n`);
    return 3;
  }
  const next = await readTrustRoot(options.file);
  const before = options.current === null ? null : await readTrustRoot(options.current);
  const signatures = await readSignatures(options.file);
  const signing = before === null ? null : describeSigning({ before, next, signatures });
  if (options.json === "yes") {
    const { version, keyRoles } = next;
    const signedBy = signatures.map(({ keyid }) => keyid);
    const status = signing?.status ?? null;
    const root = trustRootDigest(next);
    io.stdout(`${JSON.stringify({ version, root, keyRoles, signedBy, status })}\n`);
  } else {
    io.stdout(`${inWords(next, before, signing).join("\n")}\n`);
  }
  return signing?.status === "incomplete" ? 1 : 0;
}

function inWords(
  next: TrustRoot,
  before: TrustRoot | null,
  signing: Signing | null,
): readonly string[] {
  const { id, governedBranch } = next.repository;
  return [
    `trust root ${next.version}, ${trustRootDigest(next)}`,
    `for repository ${id}, branch ${governedBranch}`,
    ...next.keyRoles.flatMap(({ name, threshold, keyids }) => [
      `${name}: ${threshold} of ${keyids.length} must sign`,
      ...keyids.map((keyid) => `  ${keyid}`),
    ]),
    ...(before === null
      ? []
      : [`against trust root ${before.version}:`, ...describeChange(before, next)]),
    ...(signing?.lines ?? []),
  ];
}

interface Options {
  readonly file: string;
  readonly current: string | null;
  readonly json: "yes" | "no";
}

function readOptions(args: readonly string[]): Options | string {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { current: { type: "string" }, json: { type: "boolean", default: false } },
    });
    const [file = "governance/trust-root.json", ...others] = positionals;
    if (others.length > 0) return "Name one trust root to show.";
    return { file, current: values.current ?? null, json: values.json ? "yes" : "no" };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
