import type { Git, GitRun } from "./run-git.ts";

/** How many answers are kept; the oldest goes first. */
const most = 20_000;

const answersOf = new WeakMap<Git, Map<string, Promise<GitRun>>>();

/**
 * Runs a command on objects. When each is named by its whole id the answer can never change, so it is remembered; a failure
 * is not, because the object may still come.
 */
export function runOnObjects(
  git: Git,
  command: readonly string[],
  objects: readonly string[],
): Promise<GitRun> {
  if (!objects.every((name) => wholeId.test(name))) return git.run([...command, ...objects]);
  const answers = answersOf.get(git) ?? new Map<string, Promise<GitRun>>();
  answersOf.set(git, answers);
  const key = [...command, ...objects].join("\0");
  const known = answers.get(key);
  if (known !== undefined) return known;
  const run = git.run([...command, ...objects]);
  answers.set(key, run);
  const [oldest] = answers.keys();
  if (answers.size > most && oldest !== undefined) answers.delete(oldest);
  const forget = (): boolean => answers.delete(key);
  run.then(({ code }) => (code === 0 ? true : forget()), forget);
  return run;
}

const wholeId = /^\^?[0-9a-f]{40}$/;
