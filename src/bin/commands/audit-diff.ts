import { parseArgs } from "node:util";
import { openCloneLedger } from "../../adapters/git/git-ledger-store.ts";
import { compareLedgers } from "../../audit/compare-ledgers.ts";
import type { LedgerComparison } from "../../audit/compare-ledgers.ts";
import { readLedgers } from "../../audit/read-ledgers.ts";
import type { LedgersRead } from "../../audit/read-ledgers.ts";
import { renderComparison } from "../../audit/render-comparison.ts";
import type { Command } from "../command.ts";
import { requireRoot } from "../root-option.ts";
import { StartRefused } from "../start-refused.ts";

/**
 * Holds the ledgers of two clones against each other. Returns 0 when they are the same or one is only behind, 1 when one is forked:
 * two signed entries under one number are a fork whatever else is wrong; 2 when a clone does not verify and no fork is
 * seen: what was not verified cannot be called the same, so beside a fork nothing else is told of such a clone; 3 for misuse.
 */
export const auditDiff: Command = async (args, io) => {
  const { a, b, root, json } = readOptions(args);
  const [ofA, ofB] = [await read(a, root), await read(b, root)];
  const compared = compareLedgers(ofA.view, ofB.view);
  const unsure = [...defects(a, ofA, root), ...defects(b, ofB, root)];
  const exitCode = exitCodeOf(compared, unsure);
  unsure.forEach((sentence) => io.stderr(`${sentence}\n`));
  if (exitCode === 2) return 2;
  const ledgers =
    unsure.length === 0 ? compared : compared.filter(({ state }) => state === "forked");
  io.stdout(
    json ? `${JSON.stringify({ a, b, ledgers, exitCode })}\n` : renderComparison(ledgers, { a, b }),
  );
  return exitCode;
};

function readOptions(args: readonly string[]) {
  const { values, positionals } = parse(args);
  const [a, b, third] = positionals;
  if (a === undefined || b === undefined || third !== undefined) {
    throw new StartRefused(
      "Name two clones, each by its folder: countersign audit diff A B --root sha256:…",
    );
  }
  return { a, b, root: requireRoot(values.root), json: values.json };
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

async function read(repo: string, root: string): Promise<LedgersRead> {
  try {
    return await readLedgers(await openCloneLedger(repo), root);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`${repo} could not be read: ${reason}`, { cause });
  }
}

function defects(
  repo: string,
  { problems, peers, doubts }: LedgersRead,
  root: string,
): readonly string[] {
  const faults = problems.length + peers.length;
  if (faults === 0 && doubts.length === 0) return [];
  const wrong = faults === 0 ? (doubts[0] ?? "") : `${faults} findings in its ledgers.`;
  return [
    `${repo} does not verify: ${wrong} See \`countersign audit verify --repo ${repo} --root ${root}\`.`,
  ];
}

function exitCodeOf(compared: readonly LedgerComparison[], unsure: readonly string[]): number {
  if (compared.some(({ state }) => state === "forked")) return 1;
  return unsure.length > 0 ? 2 : 0;
}
