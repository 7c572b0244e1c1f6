import { dirname } from "node:path";
import { parseArgs } from "node:util";

import { generateKey } from "../../adapters/system/generate-key.ts";
import { keyidOf } from "../../core/attest/trust-root.ts";
import type { CommandOutput } from "../command.ts";
import { writeKeys } from "../write-keys.ts";

const usage = "countersign trust-root key --out NAME";

/**
 * Makes one new key where it will be used: the private half in NAME.pem, which stays there, and the public half in NAME.pub, for
 * `trust-root rotate`. Overwrites nothing. Returns 0, 1 when a file is there already, 2 when it cannot be written, 3 for misuse.
 */
export async function trustRootKey(args: readonly string[], io: CommandOutput): Promise<number> {
  const options = readOptions(args);
  if ("fault" in options) {
    io.stderr(`${options.fault}\nUsage: ${usage}\n`);
    return 3;
  }
  const { out } = options;
  const { privatePem, publicKey } = generateKey();
  const failure = await writeKeys(dirname(out), [
    { path: `${out}.pem`, text: privatePem, mode: 0o600 },
    { path: `${out}.pub`, text: `${publicKey}\n`, mode: 0o644 },
  ]);
  if (failure !== null) {
    io.stderr(`${failure.message}\n`);
    return failure.exitCode;
  }
  io.stdout(`wrote ${out}.pem\nwrote ${out}.pub\n\nkey  ${keyidOf(publicKey)}\n`);
  return 0;
}

function readOptions(
  args: readonly string[],
): { readonly out: string } | { readonly fault: string } {
  try {
    const { out } = parseArgs({ args: [...args], options: { out: { type: "string" } } }).values;
    if (out === undefined || out === "")
      return { fault: "--out is missing: name the key, without .pem." };
    return { out };
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) };
  }
}
