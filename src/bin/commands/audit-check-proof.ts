import { readFile, stat } from "node:fs/promises";
import { parseArgs } from "node:util";
import { checkProof } from "../../audit/check-proof.ts";
import { renderProof } from "../../audit/render-proof.ts";
import { decodeProof } from "../../audit/request-proof.ts";
import { terminalText } from "../../core/render/terminal-text.ts";
import type { Command } from "../command.ts";
import { requireRoot } from "../root-option.ts";
import { StartRefused } from "../start-refused.ts";

/** More than any bundle of one request has; a larger file is not read. */
const mostBytes = 256 * 1024 * 1024;

const nameBundle = "Name the file that `countersign audit prove` wrote.";

/**
 * Checks a bundle that `audit prove` made, without the repository: `audit check-proof FILE --root sha256:… [--json]`. Returns 0 when
 * everything it claims is proved, 1 when something is not, 2 when the file is no bundle of this version or was damaged, 3 for misuse.
 */
export const auditCheckProof: Command = async (args, io) => {
  const { file, root, json } = readOptions(args);
  const decoded = decodeProof(await readText(file));
  if (!decoded.ok) throw new Error(`${file} is no bundle: ${terminalText(decoded.reason)}`);
  const { proof } = decoded;
  const lines = checkProof(proof, root);
  const exitCode = lines.some(({ status }) => status === "failed") ? 1 : 0;
  io.stdout(
    json
      ? `${JSON.stringify({ request: proof.request, lines, exitCode })}\n`
      : renderProof(proof.request, lines),
  );
  return exitCode;
};

async function readText(file: string): Promise<string> {
  const bytes = await readBytes(file);
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new Error(`${file} is no bundle: it is not UTF-8. ${nameBundle}`, { cause });
  }
}

async function readBytes(file: string): Promise<Uint8Array> {
  const bytes = await readFileUpTo(file, mostBytes).catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : "";
    throw new Error(`${file} could not be read: ${reason}. ${nameBundle}`, { cause });
  });
  if (bytes !== null) return bytes;
  throw new Error(`${file} is larger than any bundle of one request. ${nameBundle}`);
}

async function readFileUpTo(file: string, most: number): Promise<Uint8Array | null> {
  const { size } = await stat(file);
  return size > most ? null : readFile(file);
}

function readOptions(args: readonly string[]) {
  const { values, positionals } = parse(args);
  const [file, second] = positionals;
  if (file === undefined || second !== undefined) {
    throw new StartRefused("Name one bundle: countersign audit check-proof FILE --root sha256:…");
  }
  return { file, root: requireRoot(values.root), json: values.json };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { root: { type: "string" }, json: { type: "boolean", default: false } },
    });
  } catch (cause) {
    throw new StartRefused(cause instanceof Error ? cause.message : "", { cause });
  }
}
