import { parseArgs } from "node:util";

import { openSigner } from "../../adapters/system/file-signer.ts";
import {
  isGoodSignature,
  maySign,
  trustRootSigningBytes,
} from "../../core/attest/trust-root-signatures.ts";
import type { Succession } from "../../core/attest/trust-root-signatures.ts";
import { documentDefect } from "../../core/attest/trust-root-succession.ts";
import type { CommandOutput } from "../command.ts";
import { describeSigning } from "../trust-root/describe-signing.ts";
import {
  readSignatures,
  readTrustRoot,
  signaturesPath,
  writeSignatures,
} from "../trust-root/trust-root-files.ts";

const usage =
  "countersign trust-root sign NEXT.json --key KEY.pem [--current governance/trust-root.json]";

/**
 * Adds one signature to those over the next trust root, beside its file, and says how many are missing. Returns 0, 1 when this key may
 * not sign it, has signed it, or nobody may, 3 for misuse; throws for what cannot be read. Needs no network.
 */
export async function trustRootSign(args: readonly string[], io: CommandOutput): Promise<number> {
  const options = readOptions(args);
  if (typeof options === "string") {
    io.stderr(`${options}\nUsage: ${usage}\n`);
    return 3;
  }
  const { file, key, current } = options;
  const before = await readTrustRoot(current);
  const next = await readTrustRoot(file);
  const signatures = await readSignatures(file);
  const signer = openSigner(key);
  const step = { before, next, signatures };
  const refusal = whyNot(step, signer.keyid, file);
  if (refusal !== null) {
    io.stderr(`${refusal}\n`);
    return 1;
  }
  const signature = { keyid: signer.keyid, sig: signer.sign(trustRootSigningBytes(next)) };
  const signed = { ...step, signatures: [...signatures, signature] };
  await writeSignatures(file, signed.signatures);
  io.stdout(`${[`wrote ${signaturesPath(file)}`, ...describeSigning(signed).lines].join("\n")}\n`);
  return 0;
}

function whyNot(step: Succession, keyid: string, file: string): string | null {
  const { before, next, signatures } = step;
  const defect = documentDefect([before], step);
  if (defect !== null) return `${file} could not follow (${defect.code}): ${defect.detail}`;
  const bad = signatures.find((signature) => !isGoodSignature(step, signature));
  if (bad !== undefined) {
    return `${signaturesPath(file)} has a signature by ${bad.keyid} that is not over ${file}: it was signed before a change. Delete it and sign again.`;
  }
  if (!maySign(step, keyid)) {
    return `${keyid} is neither a root key of trust root ${before.version} or ${next.version}, nor a new key: its signature would count for nothing.`;
  }
  if (signatures.some((signature) => signature.keyid === keyid)) {
    return `${keyid} has signed ${file} already: a key counts once.`;
  }
  return null;
}

interface Options {
  readonly file: string;
  readonly key: string;
  readonly current: string;
}

function readOptions(args: readonly string[]): Options | string {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        key: { type: "string" },
        current: { type: "string", default: "governance/trust-root.json" },
      },
    });
    const [file, ...others] = positionals;
    if (file === undefined || others.length > 0) return "Name one trust root to sign.";
    if (values.key === undefined) return "--key is missing: name the private key to sign with.";
    return { file, key: values.key, current: values.current };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
