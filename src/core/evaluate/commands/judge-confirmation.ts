import type { CommandOutcome } from "../../model/command.ts";
import { epochMs } from "../../parse/epoch-ms.ts";
import { hadAPart } from "../exclusions.ts";
import { requesterSet } from "../requester-set.ts";
import { isPerson } from "../reroutes.ts";
import { roleHolders } from "../role-holders.ts";
import type { CommandCase } from "./command-case.ts";
import { refuse } from "./refuse.ts";

/**
 * Judges the agreement of a second person to a reroute of a privileged request: another holder of `rescue`, who is neither of
 * the two people of the reroute and has no other part in the request.
 */
export function judgeConfirmation(context: CommandCase, comment: number): CommandOutcome {
  const { given, governance, person, path } = context;
  const { snapshot, now } = given;
  const record = snapshot.ledger.reroutes.find(
    ({ reroute }) => reroute.comment === comment && reroute.pull === snapshot.pull.number,
  );
  if (record === undefined) {
    return refuse("CMD-NO-REROUTE", `There is no reroute ${comment} on this pull request.`);
  }
  const { reroute, confirmed } = record;
  if (confirmed !== null) {
    return refuse("CMD-CONFIRMED", `${confirmed.by.person} has confirmed it already.`);
  }
  if (reroute.confirmation === "not-needed") {
    return refuse("CMD-CONFIRMED", "It needs no confirmation: it is in force.");
  }
  if (!(now.getTime() < epochMs(reroute.until))) {
    return refuse("CMD-OVER", `It ended at ${reroute.until}.`);
  }
  if (isPerson(governance, person, reroute.by)) {
    return refuse("CMD-SECOND-PERSON", "A second person has to confirm it.");
  }
  const holders = roleHolders(governance, snapshot, "rescue", path);
  if (!holders.includes(person)) {
    return refuse("CMD-ROLE", `Only the role rescue may confirm it: ${holders.join(", ")}.`);
  }
  const requesters = requesterSet(given, governance);
  const isParty = [reroute.from, reroute.to].some((one) => isPerson(governance, person, one));
  const isInvolved = hadAPart(given, governance, { person, requesters });
  if (isParty || isInvolved || requesters.unresolved.length > 0) {
    return refuse(
      "CMD-OWN-REQUEST",
      `${person} has a part in it, or not everybody who has is known.`,
    );
  }
  return {
    outcome: "carried-out",
    code: "CMD-CONFIRMED",
    reason: `${person} confirms that ${reroute.to.person} stands in for ${reroute.from.person} as ${reroute.role} until ${reroute.until}.`,
    effect: { kind: "confirmation", reroute: comment, by: context.actor },
  };
}
