import type { Governance } from "../../model/governance.ts";
import type { Case } from "../case.ts";
import { personWithId } from "../people.ts";

/**
 * Says whether somebody reviewed the pull request, or somebody to whom they ever handed a role over did: they look at nothing
 * again that was decided in their name.
 */
export function hasReviewed({ snapshot }: Case, governance: Governance, person: string): boolean {
  const reviewers = snapshot.pull.reviews.flatMap(({ author, state }) =>
    author === null || state === "COMMENTED" ? [] : (personWithId(governance, author.id) ?? []),
  );
  return reviewers.some(
    (reviewer) =>
      reviewer === person ||
      governance.delegations.some(({ from, to }) => from === person && to === reviewer),
  );
}
