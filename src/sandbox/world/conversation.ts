import type { Issue } from "./issue.ts";
import type { Pull } from "./pull.ts";
import type { World } from "./world.ts";

/** What a number of the shared sequence stands for: both have a title, a body, a state and comments. */
export type Conversation =
  | { readonly kind: "issue"; readonly issue: Issue }
  | { readonly kind: "pull"; readonly pull: Pull };

/** Finds what has a number; `null` when nothing has. */
export function conversationOf(world: World, number: number): Conversation | null {
  const issue = world.issues.get(number);
  if (issue !== undefined) return { kind: "issue", issue };
  const pull = world.pulls.get(number);
  return pull === undefined ? null : { kind: "pull", pull };
}

/** Lists everything that has a number, in the order of the numbers. */
export function conversations(world: World): readonly Conversation[] {
  const issues = [...world.issues.values()].map((issue) => ({ kind: "issue", issue }) as const);
  const pulls = [...world.pulls.values()].map((pull) => ({ kind: "pull", pull }) as const);
  return [...issues, ...pulls].sort((a, b) => partOf(a).number - partOf(b).number);
}

/** Gives the issue or the pull request itself, for what both have. */
export function partOf(one: Conversation): Issue | Pull {
  return one.kind === "issue" ? one.issue : one.pull;
}

/** Gives the next number: issues and pull requests share one sequence. */
export function nextNumber(world: World): number {
  return Math.max(0, ...world.issues.keys(), ...world.pulls.keys()) + 1;
}
