import type { World } from "./world.ts";

/**
 * Tells whether the check that a branch requires passes on a head: the newest run of that name by the
 * pinned App, and that App's newest status of that name if there is one. Another App's or a person's
 * check of the same name counts for nothing. A branch without such a rule lets everything pass.
 */
export function requiredCheckPasses(world: World, branch: string, head: string): "yes" | "no" {
  const rule = world.protection.find((one) => one.branch === branch)?.requiredCheck;
  if (rule === undefined) return "yes";
  const run = world.checkRuns.findLast(
    (one) => one.headSha === head && one.name === rule.context && one.app.slug === rule.app,
  );
  const status = world.statuses.findLast(
    (one) =>
      one.sha === head && one.context === rule.context && one.creator.login === `${rule.app}[bot]`,
  );
  if (run === undefined && status === undefined) return "no";
  const runPasses = run === undefined || passingConclusions.includes(run.conclusion ?? "");
  const statusPasses = status === undefined || status.state === "success";
  return runPasses && statusPasses ? "yes" : "no";
}

const passingConclusions = ["success", "neutral", "skipped"];
