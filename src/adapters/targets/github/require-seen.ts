import { TargetRefused } from "../../../ports/target.ts";
import type { GitHubSession } from "./organisation.ts";

/**
 * Requires that a repository which GitHub does not show does not exist. An App on every repository sees all there are;
 * one on selected repositories cannot tell a deleted one from one that was taken out of the selection, where access goes
 * on: a person must say which it is. Throws TargetRefused.
 */
export function requireSeen(
  { repositorySelection }: GitHubSession,
  repository: string,
  deleted: readonly string[],
): void {
  if (repositorySelection === "all" || deleted.includes(repository)) return;
  throw new TargetRefused(
    `The target's App does not see the repository ${repository}: install it there. If the repository was deleted, ` +
      "name it in the target's DELETED as well.",
  );
}
