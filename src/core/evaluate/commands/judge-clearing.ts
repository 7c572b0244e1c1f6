import type { CommandOutcome } from "../../model/command.ts";
import { isPerson } from "../reroutes.ts";
import { roleHolders } from "../role-holders.ts";
import type { CommandCase } from "./command-case.ts";
import { outsiderProblem } from "./outsider-problem.ts";
import { refuse } from "./refuse.ts";

/**
 * Judges who takes a violation off a pull request: a holder of `post-reviewer` who is no party to it, for that one violation,
 * with a reason and a ticket (design.md §1, §5). One about files is cleared on any pull request about one of them, by somebody
 * who holds the role for each and had no part in them either. It grants nothing and undoes nothing: what was merged without a decision has
 * none afterwards either, but its removal is no longer stood in the way of.
 */
export function judgeClearing(context: CommandCase, violation: number): CommandOutcome {
  const { given, governance, person, actor } = context;
  const { ledger, pull } = given.snapshot;
  const found = ledger.violations.find(({ entry }) => entry === violation);
  if (found === undefined) {
    const open = ledger.violations.map(({ entry }) => entry).join(", ") || "none";
    return refuse(
      "CMD-NO-VIOLATION",
      `No violation ${violation} stands here. Those that do: ${open}.`,
    );
  }
  if (found.pull !== null && found.pull !== pull.number) {
    return refuse("CMD-OTHER-PULL", `It is about #${found.pull}: who had a part is known there.`);
  }
  if (found.parties === null) {
    return refuse(
      "CMD-PARTIES-UNKNOWN",
      "Who did it is not known, so nobody is known to have no part in it: ask for the access under another name.",
    );
  }
  const lacking = found.paths.find(
    (path) => !roleHolders(governance, given.snapshot, "post-reviewer", path).includes(person),
  );
  if (lacking !== undefined) {
    return refuse("CMD-ROLE", `It touches ${lacking}, for which ${person} is no post-reviewer.`);
  }
  const involved =
    found.parties.some((one) => isPerson(governance, person, one)) ||
    pull.events.some((event) => event.actor !== null && actor.accounts.includes(event.actor.id));
  const against = outsiderProblem(context, { doing: "clear", involved });
  if (against !== null) return against;
  return {
    outcome: "carried-out",
    code: "CMD-CLEARED",
    reason: `${person} cleared ${found.code}, entry ${violation}. It grants nothing.`,
    effect: { kind: "clearing", violation, by: actor },
  };
}
