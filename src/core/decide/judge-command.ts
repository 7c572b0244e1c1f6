import { openApprovals } from "../evaluate/approval-case.ts";
import type { ApprovalCase } from "../evaluate/approval-case.ts";
import { approvalSteps } from "../evaluate/approval-steps.ts";
import { openCase } from "../evaluate/case.ts";
import type { Case } from "../evaluate/case.ts";
import { judgeEnding, judgeRevocation } from "../evaluate/commands/judge-ending.ts";
import { judgeConfirmation } from "../evaluate/commands/judge-confirmation.ts";
import { judgeClearing } from "../evaluate/commands/judge-clearing.ts";
import { judgeReview } from "../evaluate/commands/judge-review.ts";
import { judgeReroute } from "../evaluate/commands/judge-reroute.ts";
import { refuse } from "../evaluate/commands/refuse.ts";
import type { CommandCase } from "../evaluate/commands/command-case.ts";
import { accountIdsOf, identify, personNamed } from "../evaluate/people.ts";
import { routeOf } from "../evaluate/route.ts";
import type { AskedCommand, Command, CommandOutcome } from "../model/command.ts";
import type { Snapshot } from "../model/snapshot.ts";
import { parseCommand } from "../parse/parse-command.ts";
import { epochMs } from "../parse/epoch-ms.ts";
import { decide } from "./decide.ts";

/** A command that nobody carried out for so long is not carried out any more. */
const longestWaitSeconds = 86_400;

/**
 * Judges a command by the roles at the tip of the governed branch. Pure and total, like `decide`: the same snapshot, command
 * and instant give the same outcome for ever. `null` when the comment holds no command at all. Every refusal says what is
 * missing; nothing is carried out in part.
 */
export function judgeCommand(
  snapshot: Snapshot,
  asked: AskedCommand,
  now: Date,
): CommandOutcome | null {
  const parsed = parseCommand(asked.text);
  if (parsed.kind === "none") return null;
  if (parsed.kind === "malformed") return refuse("CMD-MALFORMED", parsed.usage);
  const ageSeconds = (now.getTime() - epochMs(asked.at)) / 1000;
  if (!(ageSeconds < longestWaitSeconds)) {
    return refuse("CMD-TOO-OLD", "It is older than 24 hours: write it again.");
  }
  const given = openCase(snapshot, now);
  const context = commandCase(given, asked);
  if (!("person" in context)) return context;
  return judge(context, parsed.command, given);
}

function commandCase(given: Case, { actor, comment }: AskedCommand): CommandCase | CommandOutcome {
  const { governance, snapshot } = given;
  if (governance === null || snapshot.governance.provenance.status !== "intact") {
    return refuse("CMD-GOVERNANCE", "Governance cannot be read or trusted: nothing is done.");
  }
  if (snapshot.missing.length > 0) {
    return refuse("CMD-FACTS", "Not everything could be read: write the command again later.");
  }
  const identity = identify(governance, actor);
  if (actor.type !== "User" || identity.kind !== "person") {
    return refuse("CMD-HUMAN", "Only people whom people.yaml names give commands.");
  }
  if (personNamed(governance, identity.name)?.status === "suspended") {
    return refuse("CMD-SUSPENDED", `${identity.name} is suspended in people.yaml.`);
  }
  const [change] = snapshot.pull.changes;
  const hasViolation = snapshot.ledger.violations.length > 0;
  if ((given.pull.kind !== "request" && !hasViolation) || change === undefined) {
    return refuse("CMD-NO-REQUEST", "Commands are for pull requests that ask for access.");
  }
  return {
    given,
    governance,
    path: change.path,
    person: identity.name,
    actor: { person: identity.name, accounts: accountIdsOf(governance, identity.name) },
    comment,
  };
}

function judge(context: CommandCase, command: Command, given: Case): CommandOutcome {
  switch (command.name) {
    case "withdraw":
      return judgeEnding(context, "withdrawn");
    case "cancel":
      return judgeEnding(context, "cancelled");
    case "revoke":
      return judgeRevocation(context);
    case "confirm":
      return judgeConfirmation(context, command.reroute);
    case "clear":
      return judgeClearing(context, command.violation);
    case "review":
      return judgeReview(context, command.outcome);
    case "reroute": {
      const approvals = approvalsOf(given, context);
      if (approvals === null) {
        return refuse(
          "CMD-NO-POLICY",
          "Which approvals it needs is not known: mend what the check names first.",
        );
      }
      const decision = decide(given.snapshot, given.now);
      return judgeReroute(context, command, { approvals, decision });
    }
  }
}

function approvalsOf(given: Case, { governance }: CommandCase): ApprovalCase | null {
  const steps = approvalSteps(given, governance);
  if (steps === null) return null;
  return openApprovals(given, governance, { steps, route: routeOf(given, governance) });
}
