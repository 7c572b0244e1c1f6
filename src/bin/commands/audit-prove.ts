import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { openCloneLedger } from "../../adapters/git/git-ledger-store.ts";
import { openClone } from "../../adapters/git/git-mirror.ts";
import { checkProof } from "../../audit/check-proof.ts";
import { findRequest } from "../../audit/find-request.ts";
import { proveRequest } from "../../audit/prove-request.ts";
import type { ProofSource } from "../../audit/prove-request.ts";
import { renderProof } from "../../audit/render-proof.ts";
import { encodeProof } from "../../audit/request-proof.ts";
import { terminalText } from "../../core/render/terminal-text.ts";
import type { Command } from "../command.ts";
import { openVerifiedLedgers } from "../open-verified-ledgers.ts";
import { requireRoot } from "../root-option.ts";
import { StartRefused } from "../start-refused.ts";

/**
 * Writes a bundle that shows one request to somebody without the repository: `audit prove REQUEST --root sha256:… [--repo DIR]
 * [--out FILE] [--whole]`. Returns 0 when it is written, 1 when what is on record would not be proved by it (nothing is written, the
 * reasons are on stderr), 2 when the clone does not verify or lacks an object, 3 for misuse. A file that is there is not overwritten.
 */
export const auditProve: Command = async (args, io) => {
  const { meant, repo, root, out, whole } = readOptions(args);
  const source = await openSource(repo, root);
  const found = findRequest(source.view, meant);
  if (found.found === "no") throw new StartRefused(terminalText(found.fix));
  const proof = await proveRequest(source, found.request, whole ? "whole" : "request");
  if (proof === null) throw new StartRefused(`The ledgers hold nothing about ${found.request}.`);
  const lines = checkProof(proof, root);
  if (lines.some(({ status }) => status === "failed")) {
    io.stderr(renderProof(proof.request, lines));
    return 1;
  }
  const bundle = encodeProof(proof);
  if (out === undefined) {
    io.stdout(bundle);
    return 0;
  }
  await writeNew(out, bundle);
  io.stderr(
    `${out} shows ${proof.request} in ${proof.envelopes.length} entries. Check it with \`countersign audit check-proof ${out} --root ${root}\`.\n`,
  );
  return 0;
};

async function openSource(repo: string, root: string): Promise<ProofSource> {
  const view = await openVerifiedLedgers(repo, root);
  const [mirror, store] = [await openClone(repo), await openCloneLedger(repo)];
  const stored = [
    ...(await store.read("audit/decisions", null)),
    ...(await store.read("audit/executions", null)),
  ];
  const envelopes = new Map(
    stored.flatMap(({ commit, bytes }) => (bytes === null ? [] : [[commit, bytes] as const])),
  );
  return { view, mirror, envelopes };
}

async function writeNew(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text, { flag: "wx" });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StartRefused(`--out could not be written: ${reason}. Name a new file.`, { cause });
  }
}

function readOptions(args: readonly string[]) {
  const { values, positionals } = parse(args);
  const [meant, second] = positionals;
  if (meant === undefined || second !== undefined) {
    throw new StartRefused("Name one request: by its name, its path, or '#7' for a pull request.");
  }
  return { ...values, meant, root: requireRoot(values.root) };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        repo: { type: "string", default: "." },
        root: { type: "string" },
        out: { type: "string" },
        whole: { type: "boolean", default: false },
      },
    });
  } catch (cause) {
    throw new StartRefused(cause instanceof Error ? cause.message : "", { cause });
  }
}
