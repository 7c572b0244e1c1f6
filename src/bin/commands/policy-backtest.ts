import { parseArgs } from "node:util";
import { backtestDecisions } from "../../audit/backtest-decisions.ts";
import { renderBacktest } from "../../audit/render-backtest.ts";
import type { Backtest, OtherGovernance } from "../../audit/backtest-decisions.ts";
import { parseInstant } from "../../core/parse/instant.ts";
import { parseGovernance } from "../../core/parse/parse-governance.ts";
import type { Command, CommandOutput } from "../command.ts";
import { readGovernedTree } from "../governed-tree.ts";
import { openVerifiedLedgers } from "../open-verified-ledgers.ts";
import { problemText } from "../problem-text.ts";
import { requireRoot } from "../root-option.ts";
import { StartRefused } from "../start-refused.ts";

/**
 * Decides recorded requests again under the governance of the working tree, so that a change of policy is reviewed on facts:
 * `policy backtest --since INSTANT --root sha256:… [--repo DIR] [--json]`. Returns 0 when no verdict would change, 1 when
 * one would, 2 when it could not be told (a clone that does not verify, governance that does not parse, a decision that
 * this version does not repeat, nothing decided since), 3 for misuse.
 */
export const policyBacktest: Command = async (args, io) => {
  const { repo, root, since, json } = readOptions(args);
  const other = await readOther(repo, io);
  if (other === null) return 2;
  const view = await openVerifiedLedgers(repo, root);
  const found = backtestDecisions(view, since, other);
  io.stdout(json ? `${JSON.stringify(found, null, 2)}\n` : renderBacktest(found));
  return exitCodeOf(found);
};

function exitCodeOf({ changes, undecidable, decided }: Backtest): number {
  if (changes.length > 0) return 1;
  return undecidable.length > 0 || decided === 0 ? 2 : 0;
}

async function readOther(repo: string, io: CommandOutput): Promise<OtherGovernance | null> {
  const { root, files } = await readGovernedTree(repo);
  const governance = parseGovernance(files);
  if (governance.ok) return { files, governance: governance.value };
  for (const problem of governance.problems) io.stderr(problemText(root, problem));
  return null;
}

function readOptions(args: readonly string[]) {
  const { since, root, ...rest } = parse(args);
  const instant = since === undefined ? null : parseInstant(since);
  if (instant === null) {
    throw new StartRefused("Write --since as an instant in UTC, such as 2026-11-01T00:00:00Z.");
  }
  return { ...rest, since: instant, root: requireRoot(root) };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        repo: { type: "string", default: "." },
        root: { type: "string" },
        since: { type: "string" },
        json: { type: "boolean", default: false },
      },
    }).values;
  } catch (cause) {
    throw new StartRefused(cause instanceof Error ? cause.message : "", { cause });
  }
}
