import type { CommandOutcome, EndingCause } from "../../model/command.ts";
import type { Governance } from "../../model/governance.ts";
import type { RoleName } from "../../model/names.ts";
import type { EarlyEnding, RequestRecord, Snapshot } from "../../model/snapshot.ts";
import { identify, personBehind } from "../people.ts";
import { epochMs } from "../../parse/epoch-ms.ts";
import { hadAPart } from "../exclusions.ts";
import { requesterSet } from "../requester-set.ts";
import { roleHolders } from "../role-holders.ts";
import { notItsName, recordOf } from "./command-case.ts";
import type { CommandCase } from "./command-case.ts";
import { refuse } from "./refuse.ts";

/**
 * Judges a withdrawal by who asked, or a cancellation by the process owners (role `cancel`): both are final, and only before
 * the access is in effect (I9, I10). Nobody cancels what they asked for, receive, wrote or rerouted: who asked may withdraw.
 */
export function judgeEnding(
  context: CommandCase,
  cause: Exclude<EndingCause, "revoked">,
): CommandOutcome {
  const record = recordOf(context);
  if (record === null) return notItsName;
  if (record.ending !== null) return alreadyEnded(record.ending);
  if (record.access !== "none") {
    return refuse(
      "CMD-IN-EFFECT",
      "Its access has begun: it is ended early with `/access revoke reason=<code>`.",
    );
  }
  const { given, governance, person } = context;
  if (given.snapshot.pull.state === "merged" && !mayBegin(record, given.now)) {
    return refuse("CMD-ENDED", "It can no longer begin: there is nothing to end.");
  }
  const asking = askers(governance, record, given.snapshot);
  if (cause === "withdrawn") {
    if (asking.has(person)) return ended(cause, `Withdrawn by ${person}. That is final.`);
    return refuse("CMD-NOT-REQUESTER", `Only ${inWords(asking)} may withdraw it.`);
  }
  const holders = roleHolders(governance, given.snapshot, "cancel", context.path);
  if (!holders.includes(person)) {
    return refuse("CMD-ROLE", `Only the role cancel may cancel it: ${inWords(holders)}.`);
  }
  if (hadAPart(given, governance, { person, requesters: requesterSet(given, governance) })) {
    return refuse("CMD-OWN-REQUEST", `${person} has a part in it, so cannot cancel it.`);
  }
  return ended(cause, `Cancelled by ${person}. That is final: a new request can be opened.`);
}

/** Roles whose holders may end access early: it only removes, so that many may. */
const revokingRoles: readonly RoleName[] = ["approver", "control", "break-glass", "cancel"];

/** Judges an early revocation of what was merged: by who asked, who receives it or owns what does, or a holder of a role for its path. */
export function judgeRevocation(context: CommandCase): CommandOutcome {
  const record = recordOf(context);
  if (record === null) return notItsName;
  if (record.ending !== null) return alreadyEnded(record.ending);
  const { given, governance, person } = context;
  if (given.snapshot.pull.state !== "merged" || !mayBegin(record, given.now)) {
    return refuse(
      "CMD-NOT-MERGED",
      "Nothing was granted by it: use `/access withdraw` or `/access cancel`.",
    );
  }
  if (record.access === "ended") return refuse("CMD-ENDED", "Its access has ended already.");
  if (mayRevoke(governance, given.snapshot, { record, person })) {
    return ended(
      "revoked",
      `${person} ends the access now. It was read back as gone when the revert is merged.`,
    );
  }
  return refuse(
    "CMD-ROLE",
    "Only who asked for it, who receives it, and holders of approver, control, break-glass or cancel may end it early.",
  );
}

/** Its access began, or was approved and can still begin; what was merged without an approval, or has lapsed, gives none. */
export function mayBegin({ access, notAfter }: RequestRecord, now: Date): boolean {
  return access !== "none" || (notAfter !== null && now.getTime() < epochMs(notAfter));
}

/** Says whether a person may end the access of a request early. */
export function mayRevoke(
  governance: Governance,
  snapshot: Snapshot,
  { record, person }: { readonly record: RequestRecord; readonly person: string },
): boolean {
  if (askers(governance, record, snapshot).has(person)) return true;
  return revokingRoles.some((role) =>
    roleHolders(governance, snapshot, role, record.path).includes(person),
  );
}

/** Who asked, opened the PR, or receives it: people, and owners of machines. */
function askers(
  governance: Governance,
  { asked }: RequestRecord,
  { pull }: Snapshot,
): ReadonlySet<string> {
  const author = identify(governance, asked === null ? pull.author : asked.author);
  const people = [
    author.kind === "person" ? author.name : null,
    author.kind === "machine" ? author.owner : null,
    asked === null ? null : personBehind(governance, asked.requester),
    asked === null ? null : personBehind(governance, asked.beneficiary),
  ];
  return new Set(people.filter((person) => person !== null));
}

function alreadyEnded({ cause }: EarlyEnding): CommandOutcome {
  return refuse("CMD-ENDED", `It was ${cause} already.`);
}

function ended(cause: EndingCause, reason: string): CommandOutcome {
  return {
    outcome: "carried-out",
    code: `CMD-${cause.toUpperCase()}`,
    reason,
    effect: { kind: "ending", cause },
  };
}

function inWords(people: Iterable<string>): string {
  const names = [...people].sort();
  return names.length === 0 ? "nobody" : names.join(", ");
}
