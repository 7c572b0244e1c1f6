import type { CommandOutcome } from "../../model/command.ts";
import { hadAPart } from "../exclusions.ts";
import { requesterSet } from "../requester-set.ts";
import { roleHolders } from "../role-holders.ts";
import type { CommandCase } from "./command-case.ts";
import { hasReviewed } from "./has-reviewed.ts";
import { refuse } from "./refuse.ts";

/**
 * Says why somebody is not the post-reviewer without a part in it that looks at something again, or `null`. Whoever asked,
 * received, wrote, rerouted or reviewed it has a part; `involved` says so of what only the caller knows.
 */
export function outsiderProblem(
  { given, governance, person, path }: CommandCase,
  { doing, involved }: { readonly doing: "review" | "clear"; readonly involved: boolean },
): CommandOutcome | null {
  const holders = roleHolders(governance, given.snapshot, "post-reviewer", path);
  if (!holders.includes(person)) {
    const who = holders.length === 0 ? "nobody" : holders.join(", ");
    return refuse("CMD-ROLE", `Only the role post-reviewer may ${doing} it: ${who}.`);
  }
  const requesters = requesterSet(given, governance);
  if (requesters.unresolved.length > 0) {
    return refuse("CMD-CONTRIBUTORS", "Not everybody who had a part in it is known.");
  }
  const hasPart =
    involved ||
    hasReviewed(given, governance, person) ||
    hadAPart(given, governance, { person, requesters });
  if (!hasPart) return null;
  return refuse("CMD-OWN-REQUEST", `${person} has a part in it, so cannot ${doing} it.`);
}
