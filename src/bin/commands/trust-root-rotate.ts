import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";

import { nextTrustRoot } from "../../core/attest/create-trust-root.ts";
import type { TrustRootChanges } from "../../core/attest/create-trust-root.ts";
import { trustRootDigest } from "../../core/attest/trust-root.ts";
import { documentDefect } from "../../core/attest/trust-root-succession.ts";
import type { TrustRoot } from "../../core/model/governance.ts";
import type { CommandOutput } from "../command.ts";
import { describeChange } from "../trust-root/describe-change.ts";
import { describeSigning } from "../trust-root/describe-signing.ts";
import { publicKeyNamed } from "../trust-root/read-public-key.ts";
import { jsonText, readTrustRoot } from "../trust-root/trust-root-files.ts";

const usage =
  "countersign trust-root rotate --out next.json [--current governance/trust-root.json] [--decision-key FILE|KEYID]… [--execution-key FILE|KEYID]… [--root-key FILE|KEYID]… [--threshold N] [--json]";

/**
 * Writes the next trust root, unsigned, and says what it changes and who has to sign it. Each option names all keys of its key role as they
 * shall be. Returns 0, 1 when it could not follow or the file is there already, 3 for misuse; throws for what cannot be read.
 */
export async function trustRootRotate(args: readonly string[], io: CommandOutput): Promise<number> {
  const options = readOptions(args);
  if (typeof options === "string") {
    io.stderr(`${options}\nUsage: ${usage}\n`);
    return 3;
  }
  const before = await readTrustRoot(options.current);
  const next = nextTrustRoot(before, await changesOf(options, before));
  const step = { before, next, signatures: [] };
  const defect = documentDefect([before], step);
  if (defect !== null) {
    io.stderr(`It could not follow (${defect.code}): ${defect.detail}\n`);
    return 1;
  }
  try {
    await writeFile(options.out, jsonText(next), { flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    io.stderr(`${options.out} exists already and is not overwritten. Choose another --out.\n`);
    return 1;
  }
  const root = trustRootDigest(next);
  const lines = [
    `wrote ${options.out}: trust root ${next.version}, ${root}`,
    ...describeChange(before, next),
    ...describeSigning(step).lines,
    "",
    "Each holder of a key signs on the machine that has it:",
    `  countersign trust-root sign ${options.out} --key KEY.pem --current ${options.current}`,
    "",
  ];
  const { version } = next;
  io.stdout(
    options.json === "yes"
      ? `${JSON.stringify({ version, root, file: options.out })}\n`
      : lines.join("\n"),
  );
  return 0;
}

interface Options {
  readonly current: string;
  readonly out: string;
  readonly keys: {
    readonly [R in keyof TrustRootChanges["publicKeys"]]: readonly string[];
  };
  readonly threshold: number | null;
  readonly json: "yes" | "no";
}

async function changesOf(
  { keys, threshold }: Options,
  before: TrustRoot,
): Promise<TrustRootChanges> {
  const named = Object.entries(keys).map(async ([role, names]) => {
    return [role, await Promise.all(names.map((name) => publicKeyNamed(name, before)))] as const;
  });
  return {
    publicKeys: Object.fromEntries(await Promise.all(named)),
    ...(threshold === null ? {} : { rootThreshold: threshold }),
  };
}

function readOptions(args: readonly string[]): Options | string {
  const parsed = parse(args);
  if (typeof parsed === "string") return parsed;
  const { current, out, threshold, json } = parsed;
  const given = [
    ["root", parsed["root-key"]],
    ["decision", parsed["decision-key"]],
    ["execution", parsed["execution-key"]],
  ] as const;
  const keys = given.flatMap(([role, names]) =>
    names === undefined ? [] : [[role, names] as const],
  );
  if (out === undefined || out === "") return "--out is missing: name the file to write.";
  if (threshold !== undefined && !/^[1-9][0-9]?$/u.test(threshold)) {
    return "--threshold must be the number of root keys that have to sign.";
  }
  if (keys.length === 0 && threshold === undefined) {
    return "Nothing would change: name the new keys of a key role, or another --threshold.";
  }
  return {
    ...{ current, out, keys: Object.fromEntries(keys), json: json ? "yes" : "no" },
    threshold: threshold === undefined ? null : Number(threshold),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        current: { type: "string", default: "governance/trust-root.json" },
        out: { type: "string" },
        "root-key": { type: "string", multiple: true },
        "decision-key": { type: "string", multiple: true },
        "execution-key": { type: "string", multiple: true },
        threshold: { type: "string" },
        json: { type: "boolean", default: false },
      },
    }).values;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
