import { parseArgs } from "node:util";
import { entriesOf } from "../../core/attest/ledger-view.ts";
import { decide } from "../../core/decide/decide.ts";
import type { Decision } from "../../core/model/decision.ts";
import { parseInstant } from "../../core/parse/instant.ts";
import { planRequest } from "../../core/plan/request-plan.ts";
import type { RequestPlan } from "../../core/plan/request-plan.ts";
import { explainDecision } from "../../core/render/explain-decision.ts";
import type { Command } from "../command.ts";
import { openVerifiedLedgers } from "../open-verified-ledgers.ts";
import { readSnapshotFile } from "../read-snapshot-file.ts";
import { requireRoot } from "../root-option.ts";
import { StartRefused } from "../start-refused.ts";

/**
 * Explains a decision: `explain NUMBER --root sha256:… [--repo DIR] [--at INSTANT] [--json]` the newest one on a pull request
 * that a clone's ledger holds, or what it would be at another instant; `explain FILE --at INSTANT [--json]` that on a
 * recorded snapshot. Returns 0 when approved, 1 when pending or denied, 2 when the clone does not verify or holds no decision
 * on that pull request, 3 for misuse.
 */
export const explain: Command = async (args, io) => {
  const { subject, repo, root, at, json } = readOptions(args);
  const pull = /^#?([1-9]\d{0,14})$/u.exec(subject)?.[1];
  const explained =
    pull === undefined
      ? await fromFile(subject, at)
      : await fromLedger({ repo, root: requireRoot(root), pull: Number(pull), at });
  io.stdout(json ? `${JSON.stringify(explained)}\n` : inWords(explained));
  return explained.decision.verdict === "approved" ? 0 : 1;
};

interface Explained {
  readonly decision: Decision;
  /** What the executor would do; `null` where nothing was asked for that could be read. */
  readonly plan: RequestPlan | null;
  /** The instant at which it was, or would be, decided. */
  readonly decidedAt: string;
  /** Number of its entry on audit/decisions; `null`: it is on no ledger. */
  readonly entry: number | null;
}

async function fromFile(path: string, at: Date | null): Promise<Explained> {
  if (at === null) {
    throw new StartRefused(
      "A snapshot says nothing about the time: write --at 2026-11-21T10:00:00Z.",
    );
  }
  const snapshot = await readSnapshotFile(path);
  const decision = decide(snapshot, at);
  return {
    decision,
    plan: planRequest(snapshot, decision),
    decidedAt: at.toISOString(),
    entry: null,
  };
}

interface Place {
  readonly repo: string;
  readonly root: string;
  readonly pull: number;
  readonly at: Date | null;
}

async function fromLedger({ repo, root, pull, at }: Place): Promise<Explained> {
  const view = await openVerifiedLedgers(repo, root);
  const newest = entriesOf(view, "decision").findLast(
    ({ result }) => result.decision.pull === pull,
  );
  if (newest === undefined) throw new Error(`The ledger of ${repo} holds no decision on #${pull}.`);
  const { snapshot, decidedAt } = newest.inputs;
  const decision = at === null ? newest.result.decision : decide(snapshot, at);
  const plan = planRequest(snapshot, decision);
  if (at === null) return { decision, plan, decidedAt, entry: newest.seq };
  return { decision, plan, decidedAt: at.toISOString(), entry: null };
}

function inWords({ decision, plan, decidedAt, entry }: Explained): string {
  const where = entry === null ? "not recorded" : `audit/decisions entry ${entry}`;
  return `${explainDecision(decision, plan)}Decided at ${decidedAt}, ${where}.\n`;
}

function readOptions(args: readonly string[]) {
  const { values, positionals } = parse(args);
  const [subject, second] = positionals;
  if (subject === undefined || second !== undefined) {
    throw new StartRefused("Name one pull request by its number, or one snapshot file.");
  }
  const { at } = values;
  const instant = at === undefined ? null : parseInstant(at);
  if (at !== undefined && instant === null) {
    throw new StartRefused(
      `--at is "${at}": write an instant in UTC, such as 2026-11-21T10:00:00Z.`,
    );
  }
  return { ...values, subject, at: instant };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        repo: { type: "string", default: "." },
        root: { type: "string" },
        at: { type: "string" },
        json: { type: "boolean", default: false },
      },
    });
  } catch (cause) {
    throw new StartRefused(cause instanceof Error ? cause.message : "", { cause });
  }
}
