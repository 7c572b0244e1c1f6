import { auditCheckProof } from "./commands/audit-check-proof.ts";
import { auditDiff } from "./commands/audit-diff.ts";
import { auditProve } from "./commands/audit-prove.ts";
import { auditReport } from "./commands/audit-report.ts";
import { auditShow } from "./commands/audit-show.ts";
import { auditVerify } from "./commands/audit-verify.ts";
import { check } from "./commands/check.ts";
import { decide } from "./commands/decide.ts";
import { demo } from "./commands/demo.ts";
import { executor } from "./commands/executor.ts";
import { explain } from "./commands/explain.ts";
import { gate } from "./commands/gate.ts";
import { grants } from "./commands/grants.ts";
import { keygen } from "./commands/keygen.ts";
import { policyBacktest } from "./commands/policy-backtest.ts";
import { policyTest } from "./commands/policy-test.ts";
import { sandbox } from "./commands/sandbox.ts";
import { trustRootKey } from "./commands/trust-root-key.ts";
import { trustRootRotate } from "./commands/trust-root-rotate.ts";
import { trustRootShow } from "./commands/trust-root-show.ts";
import { trustRootSign } from "./commands/trust-root-sign.ts";
import type { Command, CommandOutput } from "./command.ts";
import { StartRefused } from "./start-refused.ts";

interface Entry {
  readonly words: readonly string[];
  readonly run: Command;
  readonly use: string;
}

const commands: readonly Entry[] = [
  {
    words: ["demo"],
    run: demo,
    use: "demo [--scenario NAME] [--json]            watch one request live and die",
  },
  {
    words: ["check"],
    run: check,
    use: "check FILE… [--json]                       check request and governance files",
  },
  {
    words: ["policy", "test"],
    run: policyTest,
    use: "policy test [--repo DIR] [--json]          run the decision tables beside the policies",
  },
  {
    words: ["policy", "backtest"],
    run: policyBacktest,
    use: "policy backtest --since … --root sha256:…  what other policies would have decided",
  },
  {
    words: ["gate"],
    run: gate,
    use: "gate [--env-file FILE]                     decide on pull requests",
  },
  {
    words: ["executor"],
    run: executor,
    use: "executor [--env-file FILE]                 grant and revoke at the targets",
  },
  {
    words: ["sandbox"],
    run: sandbox,
    use: "sandbox [--json] [--folder DIR]            run a small GitHub on this machine",
  },
  {
    words: ["decide"],
    run: decide,
    use: "decide --snapshot FILE --at INSTANT        decide a recorded snapshot again",
  },
  {
    words: ["explain"],
    run: explain,
    use: "explain NUMBER|FILE [--root …] [--at …]    say why a request is decided as it is",
  },
  {
    words: ["keygen"],
    run: keygen,
    use: "keygen --out DIR --repository-id N         make the keys and the trust root",
  },
  {
    words: ["trust-root", "key"],
    run: trustRootKey,
    use: "trust-root key --out NAME                  make one new key, for the next trust root",
  },
  {
    words: ["trust-root", "rotate"],
    run: trustRootRotate,
    use: "trust-root rotate --out FILE               write the next trust root: other keys, unsigned",
  },
  {
    words: ["trust-root", "sign"],
    run: trustRootSign,
    use: "trust-root sign FILE --key KEY.pem         add a signature to it, offline",
  },
  {
    words: ["trust-root", "show"],
    run: trustRootShow,
    use: "trust-root show [FILE] [--current FILE]    its keys, and who has signed it",
  },
  {
    words: ["grants"],
    run: grants,
    use: "grants --root sha256:… [--at …] [--all]    list access in effect and what is overdue, from a clone",
  },
  {
    words: ["audit", "verify"],
    run: auditVerify,
    use: "audit verify [--repo DIR] --root sha256:…  check the evidence in a clone",
  },
  {
    words: ["audit", "show"],
    run: auditShow,
    use: "audit show REQUEST --root sha256:…         tell the story of one request",
  },
  {
    words: ["audit", "diff"],
    run: auditDiff,
    use: "audit diff A B --root sha256:…             find where the ledgers of two clones part",
  },
  {
    words: ["audit", "prove"],
    run: auditProve,
    use: "audit prove REQUEST --root sha256:…        bundle one request for who has no clone",
  },
  {
    words: ["audit", "check-proof"],
    run: auditCheckProof,
    use: "audit check-proof FILE --root sha256:…     check such a bundle, without the repository",
  },
  {
    words: ["audit", "report"],
    run: auditReport,
    use: "audit report [--from …] [--to …] --root …      the report of a period, as HTML, CSV or JSON",
  },
];

/** Runs the command that the arguments name and returns its exit code. */
async function main(args: readonly string[], io: CommandOutput): Promise<number> {
  const entry = commands.find(({ words }) => words.every((word, at) => args[at] === word));
  if (entry === undefined) {
    const asked = args[0] === "help" || args[0] === "--help" || args.length === 0;
    (asked ? io.stdout : io.stderr)(usage());
    return asked ? 0 : 3;
  }
  const rest = args.slice(entry.words.length);
  if (rest.includes("--help") || rest.includes("-h")) {
    io.stdout(`Usage: countersign ${entry.use.replace(/ {2,}/u, "\n  ")}\n`);
    return 0;
  }
  try {
    return await entry.run(rest, io);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    io.stderr(`countersign ${entry.words.join(" ")}: ${reason}\n`);
    return error instanceof StartRefused ? 3 : 2;
  }
}

function usage(): string {
  const lines = commands.map(({ use }) => `  countersign ${use}\n`);
  return `Access by pull request, with separation of duties.\n\n${lines.join("")}\nExit codes: 0 yes, 1 no, 2 could not tell, 3 misuse.\n`;
}

process.exitCode = await main(process.argv.slice(2), {
  stdout: (text) => process.stdout.write(text),
  stderr: (text) => process.stderr.write(text),
  ...(process.stdout.isTTY && process.stdout.columns > 0
    ? { columns: process.stdout.columns }
    : {}),
  ...(process.stderr.isTTY ? { progress: (text) => process.stderr.write(text) } : {}),
});
